"""The revenue class: which clients make most of the revenue.

By shares: clients are sorted by their revenue, the largest first. A client is VIP if
the clients before it make less than 80 % of the total, Regular if they make less than
95 %, else Small. So the client that crosses a limit still gets the better class.
Clients with the same revenue get the same class. By amounts: a client is VIP or Regular
if its revenue reaches the amount for it. Clients without positive revenue have no class
and do not count in the total.

- `revenue_share`: the client's revenue in per cent of the total; `revenue_cumulative`:
  the share of the client and of all clients with the same or more revenue;
  `revenue_rank`: 1 for the client with the most revenue.
"""

from odoo.tools import SQL

from ..catalogue import BUSINESS, Dimension, Limit, Reason

VALUES = ("vip", "regular", "small")
POSITIVE = SQL("CASE WHEN revenue > 0 THEN revenue END")
TOTAL = SQL("SUM(total) OVER ()")
# The sum up to a value, the best first.
SO_FAR = SQL("SUM(total) OVER (ORDER BY positive DESC)")
MEASURES = (
    ("revenue_share", SQL("ROUND(100 * positive / %s, 4)", TOTAL)),
    ("revenue_cumulative", SQL("ROUND(100 * %s / %s, 4)", SO_FAR, TOTAL)),
    # The share of all clients with more revenue.
    ("share_before", SQL("100 * (%s - total) / %s", SO_FAR, TOTAL)),
    (
        "revenue_rank",
        SQL("(SUM(clients) OVER (ORDER BY positive DESC) - clients + 1)::int"),
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
    """The documents in the window. Their sum is the revenue."""
    return SQL(
        "SELECT source, id FROM %s WHERE date > %s",
        SQL.identifier(BUSINESS),
        scope.before_window,
    )


def _explain(metric, scope):
    computed = metric.revenue_class_computed
    better = {"regular": "vip", "small": "regular"}.get(computed)
    count, share_before = metric.env.execute_query(
        SQL(
            """
            SELECT COUNT(*), 100 * SUM(revenue) FILTER (WHERE revenue > %s)
                   / SUM(revenue)
              FROM client_metric
             WHERE company_id = %s AND revenue_rank > 0
            """,
            metric.revenue,
            scope.company.id,
        )
    )[0]
    facts = {
        "revenue": metric.revenue,
        "share": metric.revenue_share,
        "share_before": share_before or 0,
        "rank": metric.revenue_rank,
        "count": count,
    }
    distance = None
    if better:
        kind = "amount" if scope.policy.by_amount else "share"
        query = _missing_amount if scope.policy.by_amount else _missing_share
        limit = getattr(scope.policy, f"{better}_{kind}")
        [(distance,)] = metric.env.execute_query(query(metric, scope, limit))
    return Reason(computed or None, facts, better, distance and float(distance))


def _missing_amount(metric, scope, limit):
    """:return: SQL of a SELECT of the revenue that is missing to an amount"""
    return SQL(
        "SELECT CEIL((%(limit)s - revenue) / %(unit)s) * %(unit)s"
        "  FROM client_metric WHERE id = %(metric)s",
        limit=_exact(limit),
        unit=_unit(scope),
        metric=metric.id,
    )


def _missing_share(metric, scope, limit):
    """The least additional revenue with which a client gets a class.

    With `extra` revenue the total grows as well, and the clients that it reaches are no
    longer before it. So the clients are passed one after the other, the smallest first:
    on each step the same clients stay before, and the class is reached with more than
    `100 * before / limit - total`. One row per step: `level` is the revenue of the
    clients that the client has reached, `next` of those that it reaches next.

    :return: SQL of a SELECT of the amount, a multiple of the currency's rounding
    """
    return SQL(
        """
        WITH client AS (
            SELECT revenue FROM client_metric WHERE id = %(metric)s
        ), other AS (
            SELECT revenue AS level, SUM(revenue) AS amount
              FROM client_metric
             WHERE company_id = %(company)s AND revenue_rank > 0 AND id != %(metric)s
          GROUP BY revenue
             UNION ALL
            SELECT 0, 0
        ), step AS (
            SELECT level,
                   LEAD(level) OVER (ORDER BY level) AS next,
                   SUM(amount) OVER () AS total,
                   SUM(amount) OVER (ORDER BY level DESC) - amount AS before
              FROM other
        ), least AS (
            SELECT step.next - client.revenue AS too_much,
                   GREATEST(
                       CEIL((step.level - client.revenue) / %(unit)s),
                       FLOOR((100 * step.before / %(limit)s - step.total
                              - client.revenue) / %(unit)s) + 1
                   ) * %(unit)s AS extra
              FROM step, client
        )
        SELECT MIN(extra) FROM least WHERE extra < too_much OR too_much IS NULL
        """,
        metric=metric.id,
        company=scope.company.id,
        limit=_exact(limit),
        unit=_unit(scope),
    )


def _exact(number):
    return SQL("%s::numeric", number)


def _unit(scope):
    """:return: SQL of the smallest amount of the company's currency"""
    return _exact(scope.company.currency_id.rounding)


REVENUE_CLASS = Dimension(
    name="revenue_class",
    values=VALUES,
    sql=_class,
    reads=("revenue",),
    helpers=(("positive", POSITIVE),),
    measures=MEASURES,
    ranked_by="positive",
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
        Limit("own_companies", 0, 1, changes_figures=True),
    ),
)
