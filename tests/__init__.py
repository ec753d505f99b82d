from . import (
    test_partner_name,
    test_status_rule,
    test_status_rule_switches,
)
