from . import (
    client_analysis,
    client_what_if,
    client_class_history,
    client_loss_test,
    res_partner_analysis,
    spreadsheet_dashboard,
)
