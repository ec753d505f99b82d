"""Own rhythm: a client's silence against its usual gap, and the revenue at risk.

- `days_silent`: days since the last order.
- `silence_ratio`: that silence in usual gaps (`order_gap_days`: from three days with
  orders on). A client with fewer has no rhythm and no ratio.
- A client is silent for too long when it has been silent for more than `PATIENCE` usual
  gaps; a client without rhythm, for longer than the limit of active clients in the
  settings.
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

from ..catalogue import BUSINESS, TODAY, Figure, Source, by_client

PATIENCE = 1.5
GRACE_DAYS = 15


def _pause(scope):
    """One row per client that is in its pause.

    A year before as well, no order came for as long as the client has patience.
    """
    return SQL(
        """
        SELECT late.partner_id
          FROM (
              SELECT *, %(until)s::date - CEIL(order_gap_days * %(patience)s)::int
                        AS silent_from
                FROM %(sales)s
               WHERE %(as_of)s::date - last_invoice_date > order_gap_days * %(patience)s
                 AND last_invoice_date > %(year_before)s
          ) late
         WHERE first_invoice_date <= silent_from
           AND NOT EXISTS (
               SELECT FROM %(business)s document
                WHERE document.partner_id = late.partner_id
                  AND is_order
                  AND date > silent_from
                  AND date <= %(until)s)
        """,
        sales=SQL.identifier(by_client(BUSINESS)),
        business=SQL.identifier(BUSINESS),
        as_of=scope.as_of,
        patience=PATIENCE,
        year_before=scope.year_before,
        until=scope.year_before + relativedelta(days=GRACE_DAYS),
    )


def _days_silent(scope, column):
    return SQL("(%s::date - %s)", scope.as_of, column("last_invoice_date"))


def _silence_ratio(scope, column):
    return SQL(
        "ROUND(%s / NULLIF(%s, 0), 1)",
        _days_silent(scope, column),
        column("order_gap_days"),
    )


def _revenue_at_risk(scope, column):
    return SQL(
        """CASE WHEN (%(silent)s > COALESCE(%(gap)s * %(patience)s, %(active_days)s))
                     IS NOT TRUE THEN 0
                WHEN %(engagement)s = 'lost' THEN 0
                WHEN %(in_pause)s THEN 0
                ELSE GREATEST(%(revenue)s, %(revenue_previous)s, 0) END""",
        silent=_days_silent(scope, column),
        gap=column("order_gap_days"),
        patience=PATIENCE,
        active_days=scope.policy.active_days,
        engagement=column("engagement"),
        in_pause=column("in_pause"),
        revenue=column("revenue"),
        revenue_previous=column("revenue_previous"),
    )


def _revenue_lost(_scope, column):
    return SQL("GREATEST(%s - %s, 0)", column("revenue_previous"), column("revenue"))


PAUSE = Source("pause", _pause, reads=(BUSINESS, by_client(BUSINESS)))
FIGURES = (
    Figure("in_pause", "pause", SQL("TRUE")),
    Figure("days_silent", TODAY, _days_silent),
    Figure("silence_ratio", TODAY, _silence_ratio),
    Figure("revenue_at_risk", TODAY, _revenue_at_risk),
    Figure("revenue_lost", TODAY, _revenue_lost),
)
