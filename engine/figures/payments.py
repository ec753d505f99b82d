"""The definition of a payment, and how a client pays.

**Paid** is what came in as money. A reconciliation of an instalment of an invoice or a
receipt with another entry is a payment if that entry has money: lines on a bank, cash
or outstanding account, see `_money_account`. So the line of a payment or of a bank
statement pays, and so does an entry of the bank that was written by hand. A credit
note, a write-off, a transfer to doubtful receivables, a balance with a supplier, a
compensation, an exchange difference and a cash discount settle, but do not pay.

An entry may contain both: 980 at the bank and 20 of cash discount settle 1,000. Then
its **share of money** is 0.98, and 98 % of each reconciled amount is paid. The share is
the sum of its lines with money, divided by what it credits on receivable accounts,
rounded to six decimals, and at most 1.

A reconciliation counts as long as it exists, also while the payment is a draft again.

- `days_to_pay`, `days_late`: mean number of days from the invoice date, and from the
  due date, to the day of the payment. Both are weighted by the amounts paid in the
  window; each instalment has its own due date. Neither is negative: a payment before
  the due date is 0 days late. An amount that is overdue on the as-of day (see
  `receivable`) counts as if it were paid on that day, so the figures increase while it
  stays open. What was settled without money is in neither figure.
  `payment_count`: number of instalments in these two figures.

The queries start from the reconciliations of the window. They never read what was
settled before it.
"""

from odoo.tools import SQL

from ..catalogue import Figure, Source
from .documents import ORDERS
from .receivable import FIGURES as RECEIVABLE_FIGURES
from .receivable import OPEN_LINE, OVERDUE, RECEIVABLE_ACCOUNTS

# States of an `account.payment` that has been made.
RECORDED = ("in_process", "paid")
# Accounts that money comes in on: bank and cash, those that bank journals and payment
# methods name, and those that a company holds money on in between.
MONEY_ACCOUNTS = SQL(
    """ARRAY(
        SELECT id
          FROM (SELECT id FROM account_account WHERE account_type = 'asset_cash'
                 UNION
                SELECT UNNEST(ARRAY[default_account_id, suspense_account_id])
                  FROM account_journal WHERE type IN ('bank', 'cash', 'credit')
                 UNION
                SELECT payment_account_id FROM account_payment_method_line
                 UNION
                SELECT UNNEST(ARRAY[
                           account_journal_suspense_account_id, transfer_account_id,
                           account_default_pos_receivable_account_id])
                  FROM res_company
               ) account
         WHERE id IS NOT NULL)"""
)


def instalment(line):
    """:return: SQL of the condition that a line of an order is an instalment; `line` is
    the alias of `account_move_line`
    """
    return SQL(
        "%(line)s.display_type = 'payment_term' AND %(line)s.balance > 0",
        line=SQL.identifier(line),
    )


def _money_shares(entries):
    """The query of the shares of money of entries.

    :param SQL entries: condition on `line.move_id`, the id of the entry
    :return: SQL of a SELECT of `move_id` and `share`, one row per entry with money
    """
    # The account of a payment may no longer be one that a payment method names.
    return SQL(
        """
        SELECT move_id,
               LEAST(ROUND(SUM(balance) FILTER (WHERE is_money)
                           / -SUM(balance) FILTER (WHERE is_credit), 6), 1) AS share
          FROM (
              SELECT line.move_id, line.balance, is_money,
                     line.balance < 0 AND NOT is_money
                     AND line.account_id = ANY(%(receivable)s) AS is_credit
                FROM account_move_line line
           LEFT JOIN account_payment payment ON payment.id = line.payment_id
          CROSS JOIN LATERAL (
                    SELECT line.account_id = ANY(%(money)s)
                           OR COALESCE(
                               line.account_id = payment.outstanding_account_id, FALSE)
                           AS is_money
                    ) kind
               WHERE %(entries)s
                 AND line.account_id IS NOT NULL
          ) line
      GROUP BY move_id
        HAVING SUM(balance) FILTER (WHERE is_money) > 0
           AND SUM(balance) FILTER (WHERE is_credit) < 0
        """,
        receivable=RECEIVABLE_ACCOUNTS,
        money=MONEY_ACCOUNTS,
        entries=entries,
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
           AND %(payment)s.amount > 0
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
        WITH settled AS MATERIALIZED (
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
               AND part.amount > 0
               AND by_line.display_type != 'payment_term'
               AND entry.origin_payment_id IS NULL
        )
        SELECT settled.*
          FROM settled
          JOIN (%s) money ON money.move_id = settled.entry_id
        """,
        partials,
        orders,
        instalment("line"),
        _money_shares(SQL("line.move_id IN (SELECT entry_id FROM settled)")),
    )


def _settled(scope):
    """One row for each reconciliation of an instalment in the window."""
    return SQL(
        """
        SELECT d.id AS document_id, d.partner_id, line.id AS line_id, part.amount,
               by_line.move_id AS entry_id,
               GREATEST(by_line.date - d.date, 0) AS days_to_pay,
               GREATEST(by_line.date - COALESCE(line.date_maturity, d.date), 0)
                   AS days_late
          FROM invoice d
          JOIN account_move_line line ON line.move_id = d.id
          JOIN account_partial_reconcile part ON part.debit_move_id = line.id
          JOIN account_move_line by_line ON by_line.id = part.credit_move_id
         WHERE d.kind IN %(orders)s
           AND %(instalment)s
           AND part.max_date > %(window)s  -- the later of the two lines' dates
           AND part.max_date <= %(as_of)s
           AND part.amount > 0
           AND by_line.date > %(window)s
           AND by_line.display_type != 'payment_term'
        """,
        orders=ORDERS,
        instalment=instalment("line"),
        window=scope.before_window,
        as_of=scope.as_of,
    )


def _paid(_scope):
    """One row for each payment of an instalment in the window, with what was paid."""
    return SQL(
        """
        SELECT document_id, partner_id, line_id, amount * share AS amount,
               days_to_pay, days_late
          FROM settled
          JOIN (%s) money ON money.move_id = settled.entry_id
        """,
        _money_shares(SQL("line.move_id IN (SELECT entry_id FROM settled)")),
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
    OPEN_LINE,
    OVERDUE,
    Source("settled", _settled, reads=("invoice",)),
    Source("paid", _paid, reads=("settled",)),
    Source("payment", _payment, reads=("paid", "overdue")),
)
FIGURES = (
    Figure("days_to_pay", "payment", _weighted("days_to_pay")),
    Figure("days_late", "payment", _weighted("days_late")),
    Figure("payment_count", "payment", SQL("COUNT(DISTINCT line_id)"), empty=0),
    Figure("overdue", "payment", SQL("SUM(amount) FILTER (WHERE is_open)"), empty=0),
    *RECEIVABLE_FIGURES,
)
