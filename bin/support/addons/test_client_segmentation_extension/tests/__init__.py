from . import test_bulk, test_classes, test_figures, test_reports, test_rules
