"""What the oracle knows: the figures and classes of this addon."""

DECISIONS = ("revenue_class", "payment_class", "engagement")
ZEROS = (
    "revenue",
    "revenue_previous",
    "revenue_total",
    "invoice_count",
    "order_count",
    "payment_count",
    "overdue",
    "open_credit",
)
EMPTY = (
    "revenue_growth",
    "average_basket",
    "first_invoice_date",
    "last_invoice_date",
    "order_gap_days",
    "in_pause",
    "days_to_pay",
    "days_late",
    "average_discount",
    "last_meeting_date",
)


FIGURES = (*ZEROS, *EMPTY)
COMPUTED = (
    "revenue_share",
    "revenue_cumulative",
    "revenue_rank",
    *(f"{name}_computed" for name in DECISIONS),
)
