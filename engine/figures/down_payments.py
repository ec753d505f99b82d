"""Down payments, and the lines of later invoices that deduct them.

- With Sales, its own mark on the lines decides: an invoice whose product lines are all
  down payments is a down payment, also before its final invoice exists, and a negative
  line with the mark deducts one.
- Lines that do not come from a sales order: **a negative product line deducts the
  latest earlier invoice of the same client whose untaxed amount is its own and that no
  other line deducts.** This invoice was a down payment. Until then it is an order,
  because nothing tells that another invoice will follow.

"The same client" includes the company and the currency; "earlier" is by day, then by
id. A down payment has no negative lines of its own, so a final invoice over the second
half is none. A line that deducts several invoices at once, or a part of one, is not
recognized: it is a discount like any other negative line.
"""

from odoo.tools import SQL

from ..catalogue import Source
from .documents import ORDERS, day, lines_of_clients, of_scope
from .reductions import is_negative, reduction


def by_sales(env):
    """:return: whether Sales is installed, which marks down payments"""
    return "is_downpayment" in env["account.move.line"]._fields


def is_deduction(line, env, pairs):
    """:param str line: alias of `account_move_line`
    :param SQL pairs: the rows of `deduction`
    :return: SQL of the condition that a line deducts a down payment
    """
    matched = SQL(
        "%s IN (SELECT line_id FROM %s deduction)", SQL.identifier(line, "id"), pairs
    )
    if not by_sales(env):
        return matched
    return SQL("(%s OR %s AND %s)", matched, _marked(line), is_negative(line))


def down_payments(scope, pairs):
    """:param SQL pairs: the rows of `deduction`
    :return: SQL of a SELECT of `partner_id` and `id`: invoices that are down payments
    """
    deducted = SQL("SELECT partner_id, invoice_id AS id FROM %s deduction", pairs)
    if not by_sales(scope.company.env):
        return deducted
    return SQL("%s UNION ALL %s", deducted, _marked_invoices(scope))


def _marked(line):
    return SQL("COALESCE(%s, FALSE)", SQL.identifier(line, "is_downpayment"))


def _marked_invoices(scope):
    """Invoices whose product lines are all down payments, by the mark of Sales."""
    return SQL(
        """
        SELECT move.commercial_partner_id AS partner_id, move.id
          FROM account_move move
          JOIN (
              SELECT move_id
                FROM account_move_line line
               WHERE %(reduction)s AND line.is_downpayment AND line.price_subtotal > 0
                 AND %(in_company)s AND %(of_clients)s
            GROUP BY move_id
          ) marked ON marked.move_id = move.id
         WHERE %(of_scope)s
           AND NOT EXISTS (
               SELECT FROM account_move_line other
                WHERE other.move_id = move.id
                  AND other.display_type = 'product'
                  AND other.price_subtotal != 0
                  AND NOT %(marked)s)
        """,
        reduction=reduction("line", scope.company.env),
        in_company=scope.in_company(SQL("line.company_id")),
        of_clients=lines_of_clients("line", scope),
        of_scope=of_scope("move", scope, ORDERS),
        marked=_marked("other"),
    )


def deduction(scope):
    """One row per line that deducts an earlier invoice: `line_id`, `invoice_id`, and
    the client as `partner_id`.

    Per client and amount, invoices and lines are like opening and closing brackets: a
    line closes the latest invoice that is still open. `level` counts the open ones, so
    a line belongs to the invoice that comes directly before it on the same level.
    """
    return SQL(
        """
        WITH reducing AS MATERIALIZED (
            SELECT line.id AS line_id, line.move_id, -line.price_subtotal AS amount,
                   %(by_hand)s AS by_hand
              FROM account_move_line line
             WHERE %(reduction)s
               AND %(is_negative)s
               AND %(in_company)s
               AND %(of_clients)s
        ), negative AS MATERIALIZED (
            SELECT reducing.line_id, move.id, %(day)s AS date,
                   move.company_id, move.commercial_partner_id, move.currency_id,
                   reducing.amount, reducing.by_hand
              FROM reducing
              JOIN account_move move ON move.id = reducing.move_id
             WHERE move.id = ANY(ARRAY(SELECT move_id FROM reducing))
               AND %(of_scope)s
        ), step AS (
            SELECT *, FALSE AS is_invoice
              FROM negative
             WHERE by_hand IS NOT NULL
         UNION ALL
            SELECT NULL, move.id, %(day)s,
                   move.company_id, move.commercial_partner_id, move.currency_id,
                   move.amount_untaxed, NULL, TRUE
              FROM account_move move
             WHERE move.commercial_partner_id = ANY(
                   ARRAY(SELECT commercial_partner_id FROM negative))
               AND %(of_scope)s
               AND (move.company_id, move.commercial_partner_id, move.currency_id,
                    move.amount_untaxed)
                   IN (SELECT company_id, commercial_partner_id, currency_id, amount
                         FROM negative)
               AND move.id NOT IN (SELECT id FROM negative)
        ), leveled AS (
            SELECT *, SUM(CASE WHEN is_invoice THEN 1 ELSE -1 END) OVER (
                          PARTITION BY company_id, commercial_partner_id, currency_id,
                                       amount
                          ORDER BY date, id, line_id
                          ROWS UNBOUNDED PRECEDING)
                      + CASE WHEN is_invoice THEN 0 ELSE 1 END AS level
              FROM step
        )
        SELECT line_id, invoice_id, commercial_partner_id AS partner_id
          FROM (
              SELECT line_id, commercial_partner_id, by_hand, is_invoice,
                     LAG(is_invoice) OVER same AS after_invoice,
                     LAG(id) OVER same AS invoice_id
                FROM leveled
              WINDOW same AS (
                     PARTITION BY company_id, commercial_partner_id, currency_id,
                                  amount, level
                     ORDER BY date, id, line_id)
          ) pair
         WHERE NOT is_invoice AND after_invoice AND by_hand
        """,
        day=day("move"),
        by_hand=_by_hand("line", scope),
        is_negative=is_negative("line"),
        of_clients=lines_of_clients("line", scope),
        reduction=reduction("line", scope.company.env),
        in_company=scope.in_company(SQL("line.company_id")),
        of_scope=of_scope("move", scope, ORDERS),
    )


def _by_hand(line, scope):
    """:return: SQL of whether a line was written by hand; FALSE for a deduction of
    Sales, NULL for any other line of a sales order
    """
    if not by_sales(scope.company.env):
        return SQL("TRUE")
    return SQL(
        """CASE WHEN %s THEN FALSE
                WHEN NOT EXISTS (
                     SELECT FROM sale_order_line_invoice_rel ordered
                      WHERE ordered.invoice_line_id = %s) THEN TRUE
           END""",
        _marked(line),
        SQL.identifier(line, "id"),
    )


DEDUCTION = Source("deduction", deduction, is_helper=True)
