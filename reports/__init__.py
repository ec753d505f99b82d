from . import (
    client_report_mixin,
    client_document_mixin,
    client_revenue_report,
    client_revenue_comparison,
    client_discount_report,
    client_pareto_report,
    client_review_report,
    account_invoice_report,
)
