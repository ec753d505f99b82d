from . import test_block_orders, test_rpc_walk_sales
