"""The discounts that a client got.

`average_discount`: in per cent, over the order lines of the window, weighted by the
amount before discount. A deduction, such as a down payment, is not a discount.
"""

from odoo.tools import SQL

from ..catalogue import Figure, Source


def order_line(line):
    """:return: SQL of the condition that a line of an order is a product line with a
    positive amount; `line` is the alias of `account_move_line`
    """
    return SQL(
        "%(line)s.display_type = 'product' AND %(amount)s > 0",
        line=SQL.identifier(line),
        amount=_amount(line),
    )


def gross(line, rate):
    """:return: SQL of the amount of a line before discount, in the company's currency

    :param str line: alias of `account_move_line`
    :param SQL rate: the currency rate of its document
    """
    return SQL("%s / COALESCE(NULLIF(%s, 0), 1)::numeric", _amount(line), rate)


def discount(line):
    """:return: SQL of the discount of a line, in per cent"""
    return SQL("COALESCE(%s, 0)::numeric", SQL.identifier(line, "discount"))


def _amount(line):
    return SQL("%(line)s.quantity * %(line)s.price_unit", line=SQL.identifier(line))


def _discount(scope):
    """One row per order line of the window."""
    return SQL(
        """
        SELECT d.partner_id, %s AS discount, %s AS gross
          FROM invoice d
          JOIN account_move_line line ON line.move_id = d.id
         WHERE d.date > %s
           AND d.is_order
           AND %s
        """,
        discount("line"),
        gross("line", SQL("d.rate")),
        scope.before_window,
        order_line("line"),
    )


DISCOUNT = Source("discount", _discount, reads=("invoice",))
FIGURES = (
    Figure(
        "average_discount",
        "discount",
        SQL("ROUND(SUM(gross * discount) / NULLIF(SUM(gross), 0), 2)"),
    ),
)
