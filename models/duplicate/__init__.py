from . import (
    client_duplicate,
    client_duplicate_find,
    res_partner_duplicate,
    base_import,
)
