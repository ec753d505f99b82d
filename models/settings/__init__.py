from . import (
    client_first_steps,
    client_limit_change,
    res_company,
    res_company_review,
    res_company_tree,
    res_config_settings,
    res_config_settings_review,
    res_partner_own_company,
)
