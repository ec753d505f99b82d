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
from ..partner.field import NOT_MERGED
from ..scope import Scope
from .discounts import discount, reduction
from .documents import ORDERS, day, lines_of_clients, of_scope
from .down_payments import by_sales, down_payments, is_deduction
from .taken_back import taken_back


def invoice(scope):
    """One row per document."""
    # PostgreSQL leaves out both subqueries where nobody reads what they say.
    return SQL(
        """
        SELECT move.id, move.company_id, move.commercial_partner_id AS partner_id,
               %(day)s AS date, move.amount_untaxed_signed AS amount,
               move.move_type != 'out_refund' AND no_order.id IS NULL
               AND %(basket)s > 0 AS is_order,
               %(basket)s AS basket,
               COALESCE(reduced.discount / %(rate)s, 0) AS discount,
               %(rate)s AS rate, move.name, move.move_type AS kind,
               move.invoice_user_id AS user_id
          FROM account_move move
     LEFT JOIN (%(reduced)s) reduced ON reduced.id = move.id
     LEFT JOIN (%(no_order)s) no_order ON no_order.id = move.id
         WHERE move.commercial_partner_id IS NOT NULL
           AND %(posted)s
        """,
        day=day("move"),
        basket=SQL("move.amount_untaxed_signed + COALESCE(reduced.deducted, 0)"),
        rate=rate("move"),
        reduced=_reduced(scope),
        no_order=_no_orders(scope),
        posted=of_scope("move", scope),
    )


INVOICE = Source("invoice", invoice, model="account.move", keeps=("kind", "discount"))


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


def _reduced(scope):
    """One row per document with lines that reduce its amount: its discount, in its own
    currency, and what it deducts for down payments, in the company's currency.
    """
    return SQL(
        """
        SELECT move_id AS id,
               SUM(discount) FILTER (WHERE NOT deducts) AS discount,
               SUM(balance) FILTER (WHERE deducts) AS deducted
          FROM (
              SELECT line.move_id, line.balance, %(discount)s AS discount,
                     %(deducts)s AS deducts
                FROM account_move_line line
                JOIN res_currency currency ON currency.id = line.currency_id
               WHERE %(reduction)s
                 AND %(in_company)s
                 AND %(of_clients)s
                     %(not_merged)s
          ) line
      GROUP BY move_id
        """,
        discount=discount("line", "currency"),
        deducts=is_deduction("line", scope),
        reduction=reduction("line", scope.company.env),
        in_company=scope.in_company(SQL("line.company_id")),
        of_clients=lines_of_clients("line", scope),
        not_merged=NOT_MERGED,
    )


def _no_orders(scope):
    """One row per invoice that is no order, though it has an amount."""
    queries = [taken_back(scope), down_payments(scope)]
    if "debit_origin_id" in scope.company.env["account.move"]._fields:
        queries.append(
            SQL(
                "SELECT id FROM account_move move"
                " WHERE debit_origin_id IS NOT NULL AND %s",
                of_scope("move", scope, ORDERS),
            )
        )
    return SQL(
        "SELECT id FROM (%s) no_order GROUP BY id", SQL(" UNION ALL ").join(queries)
    )
