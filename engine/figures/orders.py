"""The definition of an order, for figures, rules and reports.

- An **order** is a sale: an invoice or a receipt with an amount above zero. No orders
  are a down payment (see `down_payments`), a debit note, for example for late fees, and
  an invoice that credit notes take back as a whole (see `taken_back`). Their revenue
  counts all the same, on their day.
- Amounts are untaxed, in the company's currency, as posted. The **basket** of an order
  is its amount plus what it deducts for down payments.
- The **discount** is what the client did not pay of the list, see `discounts`.
"""

from odoo.tools import SQL

from ..catalogue import Source
from ..scope import Scope
from .documents import ORDERS, day, lines_of_clients, of_scope
from .down_payments import DEDUCTION, by_sales, deduction, down_payments, is_deduction
from .reductions import reduction
from .taken_back import taken_back


def invoice(scope):
    """:return: SQL of a SELECT of one row per document, a query of its own"""
    # PostgreSQL leaves out the subquery where nobody reads what it says.
    special = _special_of(scope, SQL("(%s)", deduction(scope)))
    return _documents(scope, SQL("(%s)", special))


def _invoice(scope):
    return _documents(scope, SQL.identifier("special"))


def _documents(scope, special):
    """One row per document.

    :param SQL special: the rows of `_special`
    """
    # With the client in the join, PostgreSQL can join in the order of the index.
    return SQL(
        """
        SELECT move.id, move.company_id, move.commercial_partner_id AS partner_id,
               %(day)s AS date, move.amount_untaxed_signed AS amount,
               move.move_type != 'out_refund' AND special.no_order IS NOT TRUE
               AND (%(basket)s) > 0 AS is_order,
               %(basket)s AS basket, %(rate)s AS rate,
               move.name, move.move_type AS kind, move.invoice_user_id AS user_id
          FROM account_move move
     LEFT JOIN %(special)s special
            ON special.partner_id = move.commercial_partner_id
           AND special.id = move.id
         WHERE move.commercial_partner_id IS NOT NULL
           AND %(posted)s
        """,
        day=day("move"),
        # Without COALESCE, to add nothing to nearly all of them.
        basket=SQL(
            "CASE WHEN special.deducted IS NULL THEN move.amount_untaxed_signed"
            " ELSE move.amount_untaxed_signed + special.deducted END"
        ),
        rate=rate("move"),
        special=special,
        posted=of_scope("move", scope),
    )


def rate(move):
    """:return: SQL of the currency rate of a document; `move` is its alias"""
    column = SQL.identifier(move, "invoice_currency_rate")
    return SQL("COALESCE(NULLIF(%s, 0), 1)::numeric", column)


def is_business(move):
    """Whether an invoice or a receipt is business: not a debit note, nor without
    amounts. A down payment is business, though it is no order.

    :param move: `account.move`
    """
    if "debit_origin_id" in move._fields and move.debit_origin_id:
        return False
    return any(line.price_subtotal for line in move.invoice_line_ids)


def sales_among(env, moves):
    """The orders among documents that are being posted, which no other document has
    deducted or taken back yet.

    :param moves: `account.move` that are business, invoices and receipts
    :return: `account.move`
    """
    if by_sales(env):
        moves = moves.filtered(
            lambda move: (
                not all(
                    line.is_downpayment
                    for line in move.invoice_line_ids
                    if line.balance
                )
            )
        )
    sales = moves.filtered(lambda move: move.amount_untaxed > 0)
    if others := moves - sales:  # perhaps down payments have paid all of them
        env.flush_all()
        scope = Scope(None, others.company_id, clients=others.commercial_partner_id.ids)
        query = SQL(
            "SELECT id FROM (%s) document WHERE is_order AND id = ANY(%s)",
            invoice(scope),
            others.ids,
        )
        sales += others.browse(id_ for [id_] in env.execute_query(query))
    return sales


def _special(scope):
    return _special_of(scope, SQL.identifier("deduction"))


def _special_of(scope, pairs):
    """One row per document that is no order, though it has an amount, or that deducts
    down payments: its client, and the deducted amount in the company's currency.

    :param SQL pairs: the rows of `deduction`
    """
    queries = [taken_back(scope), down_payments(scope, pairs)]
    if "debit_origin_id" in scope.company.env["account.move"]._fields:
        queries.append(_debit_notes(scope))
    return SQL(
        """
        SELECT partner_id, id, BOOL_OR(no_order) AS no_order, SUM(deducted) AS deducted
          FROM (%s) special
      GROUP BY partner_id, id
        """,
        SQL(" UNION ALL ").join(
            (
                *(
                    SQL(
                        "SELECT partner_id, id, TRUE AS no_order,"
                        " NULL::numeric AS deducted FROM (%s) no_order",
                        query,
                    )
                    for query in queries
                ),
                _deducted(scope, pairs),
            )
        ),
    )


def _debit_notes(scope):
    """Debit notes: their client and their id."""
    return SQL(
        """
        SELECT move.commercial_partner_id AS partner_id, move.id
          FROM account_move move
         WHERE move.debit_origin_id IS NOT NULL
           AND %s
        """,
        of_scope("move", scope, ORDERS),
    )


def _deducted(scope, pairs):
    """One row per line that deducts a down payment."""
    return SQL(
        """
        SELECT move.commercial_partner_id, move.id, FALSE, line.balance
          FROM account_move_line line
          JOIN account_move move ON move.id = line.move_id
         WHERE %(reduction)s
           AND %(in_company)s
           AND %(of_clients)s
           AND %(deducts)s
        """,
        reduction=reduction("line", scope.company.env),
        in_company=scope.in_company(SQL("line.company_id")),
        of_clients=lines_of_clients("line", scope),
        deducts=is_deduction("line", scope.company.env, pairs),
    )


SPECIAL = Source("special", _special, reads=("deduction",), is_helper=True)
INVOICE = Source(
    "invoice",
    invoice,
    model="account.move",
    keeps=("kind", "rate"),
    reads=("special",),
    within=_invoice,
)
SOURCES = (DEDUCTION, SPECIAL, INVOICE)
