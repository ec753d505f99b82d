from . import (
    test_button_walk_sales,
    test_order_choice,
    test_order_language,
    test_order_screen,
    test_rpc_walk_sales,
)
