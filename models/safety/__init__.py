from . import (
    client_text,
    client_record,
    client_guard,
    client_root_domain,
    res_users,
    ir_ui_view,
    ir_actions,
)
