from . import test_block_orders
