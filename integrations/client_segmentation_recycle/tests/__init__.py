from . import test_recycle
