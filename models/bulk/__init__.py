from . import (
    client_bulk_operation,
    client_bulk_operation_action,
    client_bulk_operation_run,
    ir_actions_actions,
)
