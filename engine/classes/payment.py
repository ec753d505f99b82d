"""The payment class: how fast a client pays.

A client is fast if it pays within some days after the invoice date, else standard if it
pays within some days after the due date, else slow. It has no class if there are too
few payments. See `engine.figures.payments` for what the figures count.
"""

from odoo.tools import SQL

from ..catalogue import Dimension, Limit, Reason

VALUES = ("fast", "standard", "slow")


def _class(scope):
    policy = scope.policy
    return SQL(
        """CASE WHEN payment_count < %s OR days_to_pay IS NULL THEN NULL
                WHEN days_to_pay <= %s THEN 'fast'
                WHEN days_late <= %s THEN 'standard'
                ELSE 'slow' END""",
        policy.payment_evidence,
        policy.fast_days,
        policy.standard_days,
    )


def _documents(_scope):
    """The invoices that were paid in the window or are overdue."""
    return SQL(
        """
        SELECT 'invoice' AS source, document_id AS id FROM paid
         UNION
        SELECT 'invoice', document_id FROM overdue
        """
    )


def _explain(metric, scope):
    computed = metric.payment_class_computed
    names = ("days_to_pay", "days_late", "payment_count", "overdue", "open_credit")
    facts = {name: metric[name] for name in names}
    better = {"standard": "fast", "slow": "standard"}.get(computed)
    distance = None
    if better == "fast":
        distance = metric.days_to_pay - scope.policy.fast_days
    elif better == "standard":
        distance = metric.days_late - scope.policy.standard_days
    return Reason(computed or None, facts, better, distance)


PAYMENT_CLASS = Dimension(
    name="payment_class",
    values=VALUES,
    sql=_class,
    reads=("days_to_pay", "days_late", "payment_count"),
    documents=_documents,
    explain=_explain,
    limits=(
        Limit("fast_days", 0, 3650, slider=60),
        Limit("standard_days", 0, 3650, slider=60),
        Limit("payment_evidence", 1, 1000, slider=12),
    ),
)
