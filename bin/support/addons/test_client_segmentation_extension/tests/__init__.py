from . import test_classes, test_figures, test_reports
