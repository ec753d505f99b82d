from . import (
    test_rental,
    client_metric,
    client_report_mixin,
    res_company,
    res_config_settings,
    res_partner,
    client_status_rule,
    client_bulk_operation,
)
