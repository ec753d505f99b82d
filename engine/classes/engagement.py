"""Engagement: how long ago the last business with a client was.

Active, recent or dormant by the days since the last order or meeting. Lost is what
people decide, and say why.
"""

from dateutil.relativedelta import relativedelta

from odoo.tools import SQL

from ..catalogue import BUSINESS, Dimension, Limit, Reason

VALUES = ("active", "recent", "dormant", "lost")


def _class(scope):
    policy = scope.policy
    return SQL(
        """CASE WHEN last_business IS NULL THEN NULL
                WHEN %s - last_business <= %s THEN 'active'
                WHEN last_business >= %s THEN 'recent'
                ELSE 'dormant' END""",
        scope.as_of,
        policy.active_days,
        scope.as_of - relativedelta(months=policy.recent_months),
    )


def _documents(_scope):
    """All orders."""
    return SQL("SELECT source, id FROM %s WHERE is_order", SQL.identifier(BUSINESS))


def _explain(metric, scope):
    invoice, meeting = metric.last_invoice_date, metric.last_meeting_date
    days = [day for day in (invoice, meeting) if day]
    facts = {
        "last_invoice_date": invoice,
        "last_meeting_date": meeting,
        "days": (scope.as_of - max(days)).days if days else None,
        "order_gap_days": metric.order_gap_days,
    }
    return Reason(metric.engagement_computed or None, facts)


ENGAGEMENT = Dimension(
    name="engagement",
    values=VALUES,
    sql=_class,
    reads=("last_invoice_date", "last_meeting_date"),
    helpers=(("last_business", SQL("GREATEST(last_invoice_date, last_meeting_date)")),),
    documents=_documents,
    explain=_explain,
    only_decided=("lost",),
    limits=(
        Limit("active_days", 1, 3650, slider=365),
        Limit("recent_months", 1, 120, slider=36),
    ),
)
