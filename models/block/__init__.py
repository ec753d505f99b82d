from . import (
    client_block_gate,
    client_blocked_document,
    client_document_guard,
    account_move_block,
    res_partner_block,
    res_partner_choice,
)
