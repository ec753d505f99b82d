from . import (
    client_region,
    client_place,
    res_country_state,
    res_partner_place,
    # Completion and language
    client_place_completion,
    res_lang,
    res_partner_completion,
    res_partner_language,
    res_partner_import_places,
    client_bulk_language,
    client_language_document,
    account_move_language,
    client_language_mail,
    mail_compose_language,
)
