from . import (
    res_partner,
    res_partner_name,
    res_partner_personal,
    res_partner_write,
    res_partner_journal,
    base_import,
    client_change,
    res_country,
    ir_qweb_field_contact,
)
