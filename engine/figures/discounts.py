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

The figure and the report on discounts read the same lines. Only lines that reduce the
amount of their document are read: `_client_reduction_idx` is an index of them.
"""

from odoo.tools import SQL

from ..catalogue import Figure, Source

# On a customer invoice, a negative line is a debit. The lines of a payment are product
# lines too, but their subtotal has the sign of the balance.
REDUCTION = (
    "display_type = 'product'"
    " AND (discount != 0 OR price_subtotal < 0 AND balance > 0%s)"
)
# With Sales, the lines of down payments are read in the same way.
DOWN_PAYMENT = " OR is_downpayment"


def reduction_index(registry):
    """:return: definition of the index of the lines that `reduction` selects"""
    return (
        "(company_id, move_id) INCLUDE (id, currency_id, quantity, price_unit,"
        " discount, price_subtotal, balance) WHERE "
        + REDUCTION
        % _down_payment(registry["account.move.line"])
    )


def reduction(line, env):
    """:return: SQL of the condition that a line may reduce the amount of its document;
    `line` is the alias of `account_move_line`
    """
    # The same spelling as in the index, with the alias before each column.
    columns = {
        name: SQL.identifier(line, name)
        for name in ("display_type", "discount", "is_downpayment")
    }
    more = SQL()
    if _down_payment(env["account.move.line"]):
        more = SQL(" OR %s", columns["is_downpayment"])
    return SQL(
        "%s = 'product' AND (%s != 0 OR %s%s)",
        columns["display_type"],
        columns["discount"],
        is_negative(line),
        more,
    )


def is_negative(line):
    """:return: SQL of the condition that a line of an invoice is negative"""
    return SQL(
        "%s < 0 AND %s > 0",
        SQL.identifier(line, "price_subtotal"),
        SQL.identifier(line, "balance"),
    )


def _down_payment(lines):
    return DOWN_PAYMENT if "is_downpayment" in lines._fields else ""


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
    """One row per order of the window."""
    return SQL(
        """
        SELECT partner_id, discount, basket + discount AS gross
          FROM invoice
         WHERE is_order AND date > %s
        """,
        scope.before_window,
    )


DISCOUNT = Source("discount", _discount, reads=("invoice",))
FIGURES = (
    Figure(
        "average_discount",
        "discount",
        SQL("ROUND(100 * SUM(discount) / NULLIF(SUM(gross), 0), 2)"),
    ),
)
