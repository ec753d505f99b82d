from . import (
    client_figure_source,
    client_metric,
    client_metric_queue,
    client_metric_turn,
    res_partner_metric,
    res_partner_metric_sql,
    account_move,
    account_move_line,
    account_partial_reconcile,
    account_payment,
    calendar_event,
    res_users,
)
