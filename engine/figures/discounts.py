"""The definition of a discount: what a client did not pay of the list.

- A **line discount**: the list amount of a product line minus its untaxed amount. A
  line at 100 % has a discount too. The list amount is quantity times price. If the
  price includes taxes, the untaxed amount is divided by the part that is left, because
  prices with and without tax have the same discount in per cent.
- A product line with a **negative price**: a global discount, a promotion, a loyalty
  reward. A negative quantity is no discount, but goods taken back: it has the discount
  of its line, with a minus sign.
- A line that deducts a down payment is none, see `down_payments`.

`average_discount`: the discounts of the orders of the window in per cent of their
amount before discount, which is their basket plus the discounts.

The figure and the report on discounts read the same lines, see `reductions`.
"""

from odoo.tools import SQL

from ..catalogue import BUSINESS, Figure, Source
from .documents import day, lines_of_clients
from .down_payments import is_deduction
from .reductions import reduction


def discount(line, currency):
    """The discount of a line that `reduction` selects, in the currency of its document.

    :param str line: alias of `account_move_line`
    :param str currency: alias of the `res_currency` of the document
    :return: SQL of an amount
    """
    return SQL(
        """
        CASE WHEN %(line)s.price_unit < 0 AND %(line)s.quantity > 0
             THEN -%(line)s.price_subtotal
             WHEN COALESCE(%(line)s.discount, 0) = 0 THEN 0
             ELSE %(list)s - %(line)s.price_subtotal END
        """,
        line=SQL.identifier(line),
        list=_list_amount(line, currency),
    )


def _list_amount(line, currency):
    """:return: SQL of the untaxed amount of a line before its line discount"""
    return SQL(
        """
        CASE WHEN %(line)s.discount >= 100
             THEN ROUND(%(line)s.quantity * %(line)s.price_unit
                        / (1 + COALESCE(%(taxes)s, 0) / 100),
                        %(currency)s.decimal_places)
             WHEN ABS(%(line)s.quantity * %(line)s.price_unit
                      * (1 - %(line)s.discount / 100)
                      - %(line)s.price_subtotal) <= %(currency)s.rounding
             THEN ROUND(%(line)s.quantity * %(line)s.price_unit,
                        %(currency)s.decimal_places)
             ELSE ROUND(%(line)s.price_subtotal
                        / (1 - %(line)s.discount / 100),
                        %(currency)s.decimal_places) END
        """,
        line=SQL.identifier(line),
        currency=SQL.identifier(currency),
        taxes=_included_taxes(line),
    )


def _included_taxes(line):
    """:return: SQL of the taxes, in per cent, that the price of a line includes"""
    return SQL(
        """
        (SELECT SUM(tax.amount)
           FROM account_move_line_account_tax_rel taxed
           JOIN account_tax tax ON tax.id = taxed.account_tax_id
           JOIN res_company company ON company.id = tax.company_id
          WHERE taxed.account_move_line_id = %s
            AND tax.amount_type = 'percent'
            AND COALESCE(tax.price_include_override, company.account_price_include)
                = 'tax_included')
        """,
        SQL.identifier(line, "id"),
    )


def _discount(scope):
    """One row per line of an order of the window that reduces its amount."""
    return SQL(
        """
        SELECT invoice.partner_id, line.discount / invoice.rate AS amount
          FROM (
              SELECT line.move_id, SUM(%(discount)s) AS discount
                FROM account_move_line line
                JOIN res_currency currency ON currency.id = line.currency_id
               WHERE %(reduction)s
                 AND %(in_company)s
                 AND %(of_clients)s
                 AND %(in_window)s
                 AND NOT %(deducts)s
            GROUP BY line.move_id
          ) line
          JOIN invoice ON invoice.id = line.move_id
         WHERE invoice.is_order AND invoice.date > %(before_window)s
        """,
        discount=discount("line", "currency"),
        reduction=reduction("line", scope.company.env),
        in_company=scope.in_company(SQL("line.company_id")),
        of_clients=lines_of_clients("line", scope),
        in_window=SQL("%s > %s", day("line"), scope.before_window),
        deducts=is_deduction("line", scope.company.env, SQL.identifier("deduction")),
        before_window=scope.before_window,
    )


def _ordered(scope):
    """Only invoices have discounts."""
    is_invoice = SQL("TRUE")
    if len(scope.catalogue.document_sources) > 1:
        is_invoice = SQL("source = 'invoice'")
    return SQL(
        "SUM(basket) FILTER (WHERE is_order AND date > %s AND %s)",
        scope.before_window,
        is_invoice,
    )


DISCOUNT = Source("discount", _discount, reads=("invoice", "deduction"))
FIGURES = (
    Figure("discounted", "discount", SQL("SUM(amount)"), stored=False),
    Figure("invoiced", BUSINESS, _ordered, stored=False),
    Figure(
        "average_discount",
        None,
        SQL(
            "ROUND(100 * COALESCE(discounted, 0)"
            " / NULLIF(invoiced + COALESCE(discounted, 0), 0), 2)"
        ),
    ),
)
