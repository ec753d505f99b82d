"""The client's own rhythm: days without an order compared with the usual gap between
orders, and the revenue at risk.

- `days_silent`: days since the last order.
- `silence_ratio`: `days_silent` divided by the usual gap (`order_gap_days`). A client
  with orders on fewer than three days has no rhythm and no ratio.
- A client is silent for too long when `days_silent` is more than `PATIENCE` usual gaps.
  For a client without rhythm, the limit of active clients in the settings applies.
- `in_pause`: the client is silent for too long by its own rhythm, but it was also
  silent in the same weeks of the year before, and ordered again later: a seasonal
  client. Seasons shift by some days from year to year, hence `GRACE_DAYS`.
- `revenue_at_risk`: for clients that are silent for too long, neither in their pause
  nor lost: the revenue of the window or of the year before, whichever is larger. Zero
  for all others.
- `revenue_lost`: by how much the revenue of the window is below that of the year
  before.
"""

from dateutil.relativedelta import relativedelta

from odoo.tools import SQL

from ..catalogue import BUSINESS, TODAY, Figure

PATIENCE = 1.5
GRACE_DAYS = 15


def _season_date(scope):
    """The last order up to the same weeks of the year before."""
    return SQL("MAX(date) FILTER (WHERE is_order AND date <= %s)", _season_end(scope))


def _season_end(scope):
    return scope.year_before + relativedelta(days=GRACE_DAYS)


def _in_pause(scope):
    """TRUE for a client that is silent, but was also silent a year before: it had no
    orders for `PATIENCE` usual gaps either.
    """
    return SQL(
        """
        CASE WHEN %(as_of)s::date - last_invoice_date > order_gap_days * %(patience)s
              AND last_invoice_date > %(year_before)s
              AND season_date <= %(season_end)s::date
                                 - CEIL(order_gap_days * %(patience)s)::int
             THEN TRUE END
        """,
        as_of=scope.as_of,
        patience=PATIENCE,
        year_before=scope.year_before,
        season_end=_season_end(scope),
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


FIGURES = (
    Figure("season_date", BUSINESS, _season_date, stored=False),
    Figure("in_pause", None, _in_pause),
    Figure("days_silent", TODAY, _days_silent),
    Figure("silence_ratio", TODAY, _silence_ratio),
    Figure("revenue_at_risk", TODAY, _revenue_at_risk),
    Figure("revenue_lost", TODAY, _revenue_lost),
)
