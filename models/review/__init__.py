from . import (
    work_list,
    client_review,
    client_review_steps,
    client_review_lists,
    client_review_list,
    work_lists,
    work_lists_checks,
    client_review_line,
    client_review_ten,
    client_review_cron,
    res_partner_review,
    res_partner_holidays,
)
