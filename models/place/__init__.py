from . import (
    client_region,
    client_place,
    res_country_state,
    res_partner_place,
)
