"""Sales figures of a client: revenue, orders, basket.

- `revenue`: untaxed amount of the documents in the window; a credit note and a down
  payment count on their own day. `revenue_previous`: the same for the same window a
  year before; if the window is longer than a year, for the window before, so that the
  two never overlap. `revenue_growth`: the difference in per cent of
  `revenue_previous`, if that is positive. `revenue_total`: over all time. All of them
  may be negative.
- `invoice_count`: number of orders in the window (see `orders`); `average_basket`:
  their untaxed amount with what their down payments had billed, before credit notes,
  divided by their number.
- `order_count`, `first_invoice_date`, `last_invoice_date`: over all orders.
- `order_gap_days`: mean number of days between the days with orders, if there are at
  least three such days.
"""

from odoo.tools import SQL

from ..catalogue import BUSINESS, Figure

ORDERED = SQL("(WHERE is_order)")


def _in_window(scope):
    return SQL("date > %s", scope.before_window)


def _revenue(scope):
    return SQL("SUM(amount) FILTER (WHERE %s)", _in_window(scope))


def _revenue_previous(scope):
    return SQL(
        "SUM(amount) FILTER (WHERE date > %s AND date <= %s)", *scope.window_year_before
    )


def _revenue_growth(_scope):
    return SQL(
        """CASE WHEN revenue_previous > 0
                THEN ROUND(100 * (COALESCE(revenue, 0) - revenue_previous)
                           / revenue_previous, 2)
           END"""
    )


def _invoice_count(scope):
    return SQL("COUNT(*) FILTER (WHERE is_order AND %s)", _in_window(scope))


def _average_basket(scope):
    return SQL(
        """ROUND(SUM(basket) FILTER (WHERE is_order AND %(in_window)s)
                 / NULLIF(%(count)s, 0), %(decimals)s)""",
        in_window=_in_window(scope),
        count=_invoice_count(scope),
        decimals=scope.decimals,
    )


def _order_gap_days(_scope):
    return SQL(
        """CASE WHEN COUNT(DISTINCT date) FILTER %(ordered)s > 2
                THEN ROUND(
                    (MAX(date) FILTER %(ordered)s
                     - MIN(date) FILTER %(ordered)s)::numeric
                    / (COUNT(DISTINCT date) FILTER %(ordered)s - 1), 2)
           END""",
        ordered=ORDERED,
    )


FIGURES = (
    Figure("revenue", BUSINESS, _revenue, empty=0),
    Figure("revenue_previous", BUSINESS, _revenue_previous, empty=0),
    Figure("revenue_growth", None, _revenue_growth),
    Figure("revenue_total", BUSINESS, SQL("SUM(amount)"), empty=0),
    Figure("invoice_count", BUSINESS, _invoice_count, empty=0),
    Figure("average_basket", BUSINESS, _average_basket),
    Figure("order_count", BUSINESS, SQL("COUNT(*) FILTER %s", ORDERED), empty=0),
    Figure("first_invoice_date", BUSINESS, SQL("MIN(date) FILTER %s", ORDERED)),
    Figure("last_invoice_date", BUSINESS, SQL("MAX(date) FILTER %s", ORDERED)),
    Figure("order_gap_days", BUSINESS, _order_gap_days),
)
