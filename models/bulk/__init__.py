from . import (
    client_bulk_operation,
    client_bulk_operation_run,
    res_partner_bulk,
)
