from . import (
    client_status_rule,
    client_status_rule_run,
    client_status_rule_begin,
    client_status_rule_failure,
    ir_actions_server,
)
