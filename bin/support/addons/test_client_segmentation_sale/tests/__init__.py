from . import test_block_orders, test_order_portal
