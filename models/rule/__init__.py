from . import (
    client_status_rule,
    client_status_rule_run,
    client_status_rule_begin,
    client_status_rule_failure,
    client_status_rule_try,
    ir_actions_server,
)
