from . import (
    base_partner_merge,
    client_block_wizard,
    client_bulk_wizard,
    client_class_wizard,
    client_status_rule_try,
)
