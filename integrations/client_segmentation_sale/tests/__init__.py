from . import test_order_screen, test_rpc_walk_sales
