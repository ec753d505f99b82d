"""Lines that reduce the amount of their document: discounts, and what is deducted.

There are few of them. `_client_reduction_idx` is an index of them.
"""

from odoo.tools import SQL

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
        " discount, price_subtotal, balance, invoice_date, date) WHERE "
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
