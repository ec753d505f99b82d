"""Own rhythm: a client's silence against its usual gap, and the revenue at risk.

- `days_silent`: days since the last order.
- `silence_ratio`: that silence in usual gaps (`order_gap_days`: from three days with
  orders on). A client with fewer has no rhythm and no ratio.
- Silent for too long is who has been silent for more than `PATIENCE` usual gaps; who
  has no rhythm, for longer than the limit of active clients in the settings.
- In its pause, a figure of the engine: silent for too long by its own rhythm, but so it
  was in the same weeks a year before, and came back: a seasonal client. Years do not
  repeat to the day, hence `GRACE_DAYS`.
- `revenue_at_risk`: of clients silent for too long, neither in their pause nor given up
  as lost: revenue of the window or of the year before, whichever is larger. Zero for
  all others.
- `revenue_lost`: what the revenue of the window is below that of the year before.
"""

from dateutil.relativedelta import relativedelta

from odoo.tools import SQL

RHYTHM = (
    "days_silent",
    "silence_ratio",
    "revenue_at_risk",
    "revenue_lost",
)
PATIENCE = 1.5
GRACE_DAYS = 15


def rhythm(metric, as_of, policy):
    """The figures of the rhythm, of rows of the metric table of one company.

    :param str metric: alias of `client_metric` in the query
    :param date as_of: today, for the company
    :param Policy policy: the company's limits
    :return: dict of SQL expressions by name
    """
    column = {
        name: SQL.identifier(metric, name)
        for name in (
            "in_pause",
            "revenue",
            "revenue_previous",
            "last_invoice_date",
            "order_gap_days",
            "engagement",
        )
    }
    silent = SQL("(%s::date - %s)", as_of, column["last_invoice_date"])
    patience = SQL("(%s * %s)", column["order_gap_days"], PATIENCE)
    is_late = SQL("(%s > COALESCE(%s, %s))", silent, patience, policy.active_days)
    return {
        "days_silent": silent,
        "silence_ratio": SQL(
            "ROUND(%s / NULLIF(%s, 0), 1)", silent, column["order_gap_days"]
        ),
        "revenue_at_risk": SQL(
            """CASE WHEN %(is_late)s IS NOT TRUE THEN 0
                    WHEN %(engagement)s = 'lost' THEN 0
                    WHEN %(in_pause)s THEN 0
                    ELSE GREATEST(%(revenue)s, %(revenue_previous)s, 0) END""",
            is_late=is_late,
            **{
                name: column[name]
                for name in ("engagement", "in_pause", "revenue", "revenue_previous")
            },
        ),
        "revenue_lost": SQL(
            "GREATEST(%s - %s, 0)", column["revenue_previous"], column["revenue"]
        ),
    }


def pause(as_of):
    """One row a client that is in its pause, over the `sale` and `document` of
    `engine.figures`.

    A year before as well, no order came for as long as the client has patience.
    """
    year_before = as_of - relativedelta(years=1)
    return SQL(
        """
        SELECT late.partner_id
          FROM (
              SELECT *, %(until)s::date - CEIL(order_gap_days * %(patience)s)::int
                        AS silent_from
                FROM sale
               WHERE %(as_of)s::date - last_invoice_date > order_gap_days * %(patience)s
                 AND last_invoice_date > %(year_before)s
          ) late
         WHERE first_invoice_date <= silent_from
           AND NOT EXISTS (
               SELECT FROM document
                WHERE document.partner_id = late.partner_id
                  AND is_order
                  AND date > silent_from
                  AND date <= %(until)s)
        """,
        as_of=as_of,
        patience=PATIENCE,
        year_before=year_before,
        until=year_before + relativedelta(days=GRACE_DAYS),
    )
