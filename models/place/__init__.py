from . import (
    client_shipped,
    client_region,
    client_place,
    res_company_place,
    res_country_state,
    res_partner_place,
    res_partner_distance,
)
