"""The definition of a payment and of an overdue amount, and how a client pays.

A **payment** is an entry that is reconciled with an instalment of an order, but neither
a credit note nor an exchange difference. (The line of a credit note is an instalment
too.) A reconciliation counts as long as it exists, also while the payment is a draft
again.

- `days_to_pay`, `days_late`: mean number of days from the invoice date, and from the
  due date, to the day of the payment. Both are weighted by the amounts paid in the
  window; each instalment has its own due date. Neither is negative: a payment before
  the due date is 0 days late. An amount that is overdue on the as-of day counts as if
  it were paid on that day, so the figures increase while it stays open.
  `payment_count`: number of instalments in these two figures.
- `overdue`: open amount of orders that was due before the as-of day, on that day.

The queries start from the lines and reconciliations that can matter: those in the
window, and the open ones. They never read what was settled years ago.
"""

from odoo.tools import SQL

from ..catalogue import Figure, Source
from .documents import ORDERS

# States of an `account.payment` that has been made.
RECORDED = ("in_process", "paid")


def instalment(line):
    """:return: SQL of the condition that a line of an order is an instalment; `line` is
    the alias of `account_move_line`
    """
    return SQL(
        "%(line)s.display_type = 'payment_term' AND %(line)s.balance > 0",
        line=SQL.identifier(line),
    )


def payment(line):
    """:return: SQL of the condition that a line is a payment; `line` is the alias of an
    `account_move_line` that is reconciled with an instalment
    """
    return SQL(
        """%(line)s.display_type != 'payment_term'
           AND NOT EXISTS (
               SELECT FROM account_partial_reconcile difference
                WHERE difference.exchange_move_id = %(line)s.move_id)""",
        line=SQL.identifier(line),
    )


def paid_by(partials):
    """The query of the entries that pay invoices through given reconciliations.

    :param partials: ids of `account.partial.reconcile`
    :return: SQL of a SELECT of `invoice_id`, `client_id` and `entry_id`, in the order
        of the reconciliations
    """
    return SQL(
        "SELECT invoice_id, client_id, entry_id FROM (%s) paid ORDER BY partial_id",
        entries(
            SQL("part.id = ANY(%s)", list(partials)),
            SQL("invoice.move_type IN %s", ORDERS),
        ),
    )


def received(payment):
    """:return: SQL of the condition that an `account_payment` comes from a client and
    has been made, see `RECORDED`
    """
    return SQL(
        """%(payment)s.payment_type = 'inbound'
           AND %(payment)s.partner_type = 'customer'
           AND %(payment)s.state IN %(recorded)s""",
        payment=SQL.identifier(payment),
        recorded=RECORDED,
    )


def entries(partials, orders):
    """The query of the entries that pay invoices and do not belong to an
    `account.payment`, for example the entries of a bank statement.

    :param SQL partials: condition on `account_partial_reconcile`, with the alias `part`
    :param SQL orders: condition on `account_move`, with the alias `invoice`
    :return: SQL of a SELECT of `partial_id`, `invoice_id`, `client_id`, `entry_id`, and
        `moment`, the time of the reconciliation
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
        window=scope.before_window,
        as_of=scope.as_of,
    )


def _overdue(scope):
    """One row for each overdue instalment of an order, with the amount that was open on
    the as-of day: the amount that is open now plus the amount settled since.
    """
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
    """One row for each amount that was paid in the window or is overdue."""
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
