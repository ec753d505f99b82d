from . import test_block_orders, test_order_portal, test_sale_figures
