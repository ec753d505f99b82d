from . import test_order_screen
