"""What a payment is, what is open, and how a client pays.

A **payment** is what settles an instalment of an order, without credit notes and
exchange differences. A credit note settles with an instalment of its own. A
reconciliation counts as long as it stands, also while the payment is a draft again.

- `days_to_pay`, `days_late`: means weighted by amount over what was paid in the window,
  each instalment with its own due date: days from the invoice date, and from the due
  date, to the day of the payment. Neither is negative: who pays early is not late. Of
  what is overdue on the as-of day, the open amount counts as if it were paid on that
  day, so that the figures grow as it ages. `payment_count`: due dates behind the two.
- `overdue`: open amount of orders, due before the as-of day, on that day.

The queries start from the lines and reconciliations that can matter: those of the
window, and what is open. What was settled years ago is never looked at.
"""

from odoo.tools import SQL

from ..catalogue import Figure, Source
from .documents import ORDERS


def instalment(line):
    """:return: SQL of the condition that a line of an order is an instalment; `line` is
    the alias of `account_move_line`
    """
    return SQL(
        "%(line)s.display_type = 'payment_term' AND %(line)s.balance > 0",
        line=SQL.identifier(line),
    )


def payment(line):
    """:return: SQL of the condition that what an instalment is reconciled with is a
    payment; `line` is the alias of that `account_move_line`
    """
    return SQL(
        """%(line)s.display_type != 'payment_term'
           AND NOT EXISTS (
               SELECT FROM account_partial_reconcile difference
                WHERE difference.exchange_move_id = %(line)s.move_id)""",
        line=SQL.identifier(line),
    )


def paid_by(partials):
    """The query of the entries that pay invoices by some reconciliations.

    :param partials: ids of `account.partial.reconcile`
    :return: SQL of a SELECT of `invoice_id`, `client_id` and `entry_id`, in their order
    """
    return SQL(
        "SELECT invoice_id, client_id, entry_id FROM (%s) paid ORDER BY partial_id",
        entries(
            SQL("part.id = ANY(%s)", list(partials)),
            SQL("invoice.move_type IN %s", ORDERS),
        ),
    )


def entries(partials, orders):
    """The query of the entries that pay invoices, such as those of a bank statement,
    without those of an `account.payment`.

    :param SQL partials: condition on the `account_partial_reconcile` `part`
    :param SQL orders: condition on the `account_move` `invoice`
    :return: SQL of a SELECT of `partial_id`, `invoice_id`, `client_id`, `entry_id`,
        and when they were reconciled, as `moment`
    """
    return SQL(
        """
        SELECT part.id AS partial_id, invoice.id AS invoice_id,
               invoice.commercial_partner_id AS client_id, entry.id AS entry_id,
               part.create_date AS moment
          FROM account_partial_reconcile part
          JOIN account_move_line line ON line.id = part.debit_move_id
          JOIN account_move invoice ON invoice.id = line.move_id
          JOIN account_move_line by_line ON by_line.id = part.credit_move_id
          JOIN account_move entry ON entry.id = by_line.move_id
         WHERE %s
           AND %s
           AND %s
           AND entry.origin_payment_id IS NULL
           AND %s
        """,
        partials,
        orders,
        instalment("line"),
        payment("by_line"),
    )


def _paid(scope):
    """One row for each payment of an instalment of an order in the window."""
    return SQL(
        """
        SELECT d.id AS document_id, d.partner_id, line.id AS line_id, part.amount,
               GREATEST(by_line.date - d.date, 0) AS days_to_pay,
               GREATEST(by_line.date - COALESCE(line.date_maturity, d.date), 0)
                   AS days_late
          FROM invoice d
          JOIN account_move_line line ON line.move_id = d.id
          JOIN account_partial_reconcile part ON part.debit_move_id = line.id
          JOIN account_move_line by_line ON by_line.id = part.credit_move_id
         WHERE d.is_order
           AND %(instalment)s
           AND part.max_date > %(window)s  -- the later of the two lines' dates
           AND part.max_date <= %(as_of)s
           AND part.amount > 0
           AND by_line.date > %(window)s
           AND %(payment)s
        """,
        instalment=instalment("line"),
        payment=payment("by_line"),
        window=scope.window,
        as_of=scope.as_of,
    )


def _overdue(scope):
    """One row for each overdue instalment of an order, with what was open that day:
    what is open now, and what was settled since."""
    return SQL(
        """
        SELECT d.id AS document_id, d.partner_id, line.id AS line_id,
               GREATEST(line.amount_residual, 0) + COALESCE(since.amount, 0) AS amount,
               %(as_of)s - d.date AS days_to_pay,
               %(as_of)s - COALESCE(line.date_maturity, d.date) AS days_late
          FROM invoice d
          JOIN account_move_line line ON line.move_id = d.id
     LEFT JOIN (
              SELECT debit_move_id, SUM(amount) AS amount
                FROM account_partial_reconcile
               WHERE max_date > %(as_of)s
            GROUP BY debit_move_id
          ) since ON since.debit_move_id = line.id
         WHERE d.is_order
           AND %(instalment)s
           AND COALESCE(line.date_maturity, d.date) < %(as_of)s
           AND (line.amount_residual > 0 OR since.amount > 0)
        """,
        instalment=instalment("line"),
        as_of=scope.as_of,
    )


def _payment(_scope):
    """One row for each amount that was paid in the window, or is overdue."""
    return SQL(
        """
        SELECT partner_id, line_id, amount, FALSE AS is_open, days_to_pay, days_late
          FROM paid
     UNION ALL
        SELECT partner_id, line_id, amount, TRUE, days_to_pay, days_late
          FROM overdue
        """
    )


def _weighted(days):
    return SQL("ROUND(SUM(amount * %s) / SUM(amount), 2)", SQL.identifier(days))


SOURCES = (
    Source("paid", _paid, reads=("invoice",)),
    Source("overdue", _overdue, reads=("invoice",)),
    Source("payment", _payment, reads=("paid", "overdue")),
)
FIGURES = (
    Figure("days_to_pay", "payment", _weighted("days_to_pay")),
    Figure("days_late", "payment", _weighted("days_late")),
    Figure("payment_count", "payment", SQL("COUNT(DISTINCT line_id)"), empty=0),
    Figure("overdue", "payment", SQL("SUM(amount) FILTER (WHERE is_open)"), empty=0),
)
