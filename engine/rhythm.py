"""Own rhythm: a client's silence against its usual gap, and the revenue at risk.

- `days_silent`: days since the last order.
- `silence_ratio`: that silence in usual gaps (`order_gap_days`: from three days with
  orders on). A client with fewer has no rhythm and no ratio.
- Silent for too long is who has been silent for more than `PATIENCE` usual gaps; who
  has no rhythm, for longer than the limit of active clients in the settings.
- `in_pause`: silent for too long by its own rhythm, but so it was in the same weeks a
  year before, and came back: a seasonal client. Years do not repeat to the day, hence
  `GRACE_DAYS`.
- `revenue_at_risk`: of clients silent for too long, neither in their pause nor given up
  as lost: revenue of the window or of the year before, whichever is larger. Zero for
  all others.
- `revenue_lost`: what the revenue of the window is below that of the year before.
"""

from dateutil.relativedelta import relativedelta

from odoo.tools import SQL

from .taken_back import is_taken_back

RHYTHM = (
    "days_silent",
    "silence_ratio",
    "in_pause",
    "revenue_at_risk",
    "revenue_lost",
)
PATIENCE = 1.5
GRACE_DAYS = 15


def rhythm(metric, company, as_of, policy):
    """The figures of the rhythm, of rows of the metric table of one company.

    :param str metric: alias of `client_metric` in the query
    :param company: `res.company`; rows of other companies must not be asked
    :param date as_of: today, for the company
    :param Policy policy: the company's limits
    :return: dict of SQL expressions by name
    """
    column = {
        name: SQL.identifier(metric, name)
        for name in (
            "partner_id",
            "revenue",
            "revenue_previous",
            "first_invoice_date",
            "last_invoice_date",
            "order_gap_days",
            "engagement",
        )
    }
    silent = SQL("(%s::date - %s)", as_of, column["last_invoice_date"])
    patience = SQL("(%s * %s)", column["order_gap_days"], PATIENCE)
    is_late = SQL("(%s > COALESCE(%s, %s))", silent, patience, policy.active_days)
    in_pause = _in_pause(column, company, as_of, patience, is_late)
    return {
        "days_silent": silent,
        "silence_ratio": SQL(
            "ROUND(%s / NULLIF(%s, 0), 1)", silent, column["order_gap_days"]
        ),
        "in_pause": in_pause,
        # The cheap questions come first: CASE asks no more than it must.
        "revenue_at_risk": SQL(
            """CASE WHEN %(is_late)s IS NOT TRUE THEN 0
                    WHEN %(engagement)s = 'lost' THEN 0
                    WHEN %(in_pause)s THEN 0
                    ELSE GREATEST(%(revenue)s, %(revenue_previous)s, 0) END""",
            is_late=is_late,
            in_pause=in_pause,
            **{
                name: column[name]
                for name in ("engagement", "revenue", "revenue_previous")
            },
        ),
        "revenue_lost": SQL(
            "GREATEST(%s - %s, 0)", column["revenue_previous"], column["revenue"]
        ),
    }


def _in_pause(column, company, as_of, patience, is_late):
    """A year before as well, no order came for as long as the client has patience."""
    year_before = as_of - relativedelta(years=1)
    until = year_before + relativedelta(days=GRACE_DAYS)
    return SQL(
        """
        CASE WHEN %(is_late)s IS NOT TRUE
               OR %(patience)s IS NULL
               OR %(last)s <= %(year_before)s
               OR %(first)s > %(until)s::date - CEIL(%(patience)s)::int
             THEN FALSE
             ELSE NOT EXISTS (
                  SELECT FROM account_move move
                   WHERE move.company_id = %(company)s
                     AND move.commercial_partner_id = %(client)s
                     AND move.state = 'posted'
                     AND move.move_type IN ('out_invoice', 'out_receipt')
                     AND COALESCE(move.invoice_date, move.date)
                         > %(until)s::date - CEIL(%(patience)s)::int
                     AND COALESCE(move.invoice_date, move.date) <= %(until)s
                     AND NOT %(taken_back)s)
        END
        """,
        is_late=is_late,
        patience=patience,
        last=column["last_invoice_date"],
        first=column["first_invoice_date"],
        client=column["partner_id"],
        company=company.id,
        year_before=year_before,
        until=until,
        taken_back=is_taken_back("move"),
    )
