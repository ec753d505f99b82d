"""The revenue class: which clients make most of the revenue.

By shares: clients are put in the order of their revenue. VIP are those before whom less
than 80 % of the total are reached, Regular those before whom less than 95 % are, Small
the others: the client that crosses a cut is still above it. Clients with the same
revenue are never split. By amounts: VIP and Regular from their amount on. Clients
without positive revenue have no class and no part in the total.

- `revenue_share`: part of the total, in per cent; `revenue_cumulative`: that of the
  client and all that are as good or better; `revenue_rank`: the best client has 1.
"""

from odoo.tools import SQL

from ..catalogue import BUSINESS, Dimension, Limit, Reason

VALUES = ("vip", "regular", "small")
POSITIVE = SQL("CASE WHEN revenue > 0 THEN revenue END")
TOTAL = SQL("SUM(positive) OVER ()")
BEST = SQL("(ORDER BY positive DESC NULLS LAST)")
MEASURES = (
    ("revenue_share", SQL("ROUND(100 * positive / %s, 4)", TOTAL)),
    (
        "revenue_cumulative",
        SQL(
            """CASE WHEN positive > 0
                    THEN ROUND(100 * SUM(positive) OVER %s / %s, 4) END""",
            BEST,
            TOTAL,
        ),
    ),
    (
        # All as good or better, without those as good: a frame that excludes them would
        # add up anew for every client. In the same order, and so sorted once.
        "share_before",
        SQL(
            """100 * (SUM(positive) OVER %s - SUM(positive) OVER (
                          PARTITION BY positive ORDER BY positive DESC NULLS LAST))
                   / %s""",
            BEST,
            TOTAL,
        ),
    ),
    (
        "revenue_rank",
        SQL("CASE WHEN positive > 0 THEN RANK() OVER %s END", BEST),
    ),
)


def _class(scope):
    policy = scope.policy
    if policy.by_amount:
        is_vip = SQL("positive >= %s", policy.vip_amount)
        is_regular = SQL("positive >= %s", policy.regular_amount)
    else:
        is_vip = SQL("share_before < %s", policy.vip_share)
        is_regular = SQL("share_before < %s", policy.regular_share)
    return SQL(
        """CASE WHEN positive IS NULL THEN NULL
                WHEN %s THEN 'vip'
                WHEN %s THEN 'regular'
                ELSE 'small' END""",
        is_vip,
        is_regular,
    )


def _documents(scope):
    """The documents whose sum is the revenue of the window."""
    return SQL(
        "SELECT source, id FROM %s WHERE date > %s",
        SQL.identifier(BUSINESS),
        scope.window,
    )


def _explain(metric, scope):
    computed = metric.revenue_class_computed
    better = {"regular": "vip", "small": "regular"}.get(computed)
    count, entry, before = metric.env.execute_query(
        SQL(
            """
            SELECT COUNT(*),
                   MIN(revenue) FILTER (WHERE revenue_class_computed = %s),
                   100 * SUM(revenue) FILTER (WHERE revenue > %s) / SUM(revenue)
              FROM client_metric
             WHERE company_id = %s AND revenue > 0
            """,
            better,
            metric.revenue,
            scope.company.id,
        )
    )[0]
    policy = scope.policy
    if policy.by_amount and better:
        entry = policy.vip_amount if better == "vip" else policy.regular_amount
    facts = {
        "revenue": metric.revenue,
        "share": metric.revenue_share,
        "share_before": before or 0,
        "rank": metric.revenue_rank,
        "count": count,
    }
    distance = None
    if better and entry is not None:
        distance = float(entry) - metric.revenue
    return Reason(computed or None, facts, better, distance)


REVENUE_CLASS = Dimension(
    name="revenue_class",
    values=VALUES,
    sql=_class,
    reads=("revenue",),
    helpers=(("positive", POSITIVE),),
    measures=MEASURES,
    stored=("revenue_share", "revenue_cumulative", "revenue_rank"),
    documents=_documents,
    explain=_explain,
    limits=(
        Limit("by_amount", 0, 1),
        Limit("vip_share", 0, 100, when=("by_amount", False)),
        Limit("regular_share", 0, 100, when=("by_amount", False)),
        Limit("vip_amount", 0, 1e15, when=("by_amount", True)),
        Limit("regular_amount", 0, 1e15, when=("by_amount", True)),
        Limit("window_months", 1, 120, slider=36, changes_figures=True),
    ),
)
