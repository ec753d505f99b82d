from . import (
    client_quality,
    client_quality_checks,
    client_bulk_operation_quality,
    client_change_quality,
    client_root_domain_quality,
    client_field_usage,
    res_partner_quality,
    res_partner_quality_view,
)
