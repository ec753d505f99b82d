"""The definition of a payment, and how a client pays.

**Paid** is what came in as money. A reconciliation of an instalment of an invoice or a
receipt with another entry is a payment if that entry has money: lines on a bank, cash
or outstanding account, see `accounts`. So the line of a payment or of a bank
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
from .accounts import MONEY_IDS, RECEIVABLE_IDS, of_scope, relatives
from .documents import ORDERS
from .receivable import FIGURES as RECEIVABLE_FIGURES
from .receivable import OPEN_LINE, OVERDUE

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


def _paying(lines, scope=None):
    """The query of the credits of entries with money, see the beginning of this file.

    :param SQL lines: condition on `account_move_line` with the alias `line`, which
        holds for all lines of an entry or for none
    :param Scope scope: the companies of the accounts, or None for all
    :return: SQL of a SELECT of `line_id`, `entry_id`, `date` and `share`, one row per
        line on a receivable account that may pay
    """
    return SQL(
        """
        SELECT id AS line_id, move_id AS entry_id, date,
               LEAST(ROUND(money / credited, 6), 1) AS share
          FROM (
              SELECT id, move_id, date, is_credit,
                     SUM(balance) FILTER (WHERE is_money) OVER entry AS money,
                     -SUM(balance) FILTER (WHERE is_credit) OVER entry AS credited
                FROM (
                    SELECT line.id, line.move_id, line.date, line.balance,
                           line.account_id = ANY(%(money)s) AS is_money,
                           line.account_id != ALL(%(money)s) AND line.balance < 0
                               AS is_credit
                      FROM account_move_line line
                     WHERE line.account_id = ANY(%(money)s || %(receivable)s)
                       AND %(lines)s
                       AND line.display_type != 'payment_term'
                ) line
              WINDOW entry AS (PARTITION BY move_id)
          ) line
         WHERE is_credit
           AND ROUND(money / credited, 6) > 0
        """,
        money=of_scope(MONEY_IDS, scope),
        receivable=of_scope(RECEIVABLE_IDS, scope),
        lines=lines,
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
                   by_line.id AS by_line_id, part.create_date AS moment
              FROM account_partial_reconcile part
              JOIN account_move_line line ON line.id = part.debit_move_id
              JOIN account_move invoice ON invoice.id = line.move_id
              JOIN account_move_line by_line ON by_line.id = part.credit_move_id
              JOIN account_move entry ON entry.id = by_line.move_id
             WHERE %s
               AND %s
               AND %s
               AND part.amount > 0
               AND entry.origin_payment_id IS NULL
        )
        SELECT partial_id, invoice_id, client_id, settled.entry_id, moment
          FROM settled
          JOIN (%s) paying ON paying.line_id = settled.by_line_id
        """,
        partials,
        orders,
        instalment("line"),
        _paying(SQL("line.move_id IN (SELECT entry_id FROM settled)")),
    )


def _settled(scope):
    """One row per reconciliation of the window. For some clients, only those of the
    instalments of their invoices.
    """
    of_clients = SQL()
    if scope.clients is not None:
        of_clients = SQL(
            """
              JOIN (SELECT line.id
                      FROM invoice d
                      JOIN account_move_line line ON line.move_id = d.id
                     WHERE %s) line ON line.id = part.debit_move_id
            """,
            instalment("line"),
        )
    return SQL(
        """
        SELECT part.debit_move_id, part.credit_move_id, part.amount
          FROM account_partial_reconcile part %s
         WHERE part.max_date > %s  -- the later of the two lines' dates
           AND part.max_date <= %s
           AND part.amount > 0
           AND %s  -- that of the invoice
        """,
        of_clients,
        scope.before_window,
        scope.as_of,
        scope.in_company(SQL("part.company_id")),
    )


def _credit(scope):
    """One row per line of the window that may pay, with its share of money."""
    in_window = SQL(
        "line.date > %s AND line.date <= %s", scope.before_window, scope.as_of
    )
    if scope.clients is not None:
        return _paying_of(SQL("SELECT credit_move_id FROM settled"), in_window, scope)
    # Entries have no invoice date, so an index finds their lines. Of what is settled by
    # anything else, little is no credit note.
    entries = SQL(
        "line.company_id = ANY(%s) AND line.invoice_date IS NULL AND %s",
        relatives(scope),
        in_window,
    )
    no_entry = SQL(
        "line.invoice_date IS NOT NULL AND line.display_type != 'payment_term' AND %s",
        in_window,
    )
    others = SQL(
        """
        SELECT credit_move_id FROM settled
         WHERE NOT EXISTS (SELECT FROM entry_credit
                            WHERE entry_credit.line_id = settled.credit_move_id)
        """
    )
    return SQL(
        """
        WITH entry_credit AS MATERIALIZED (%s)
        SELECT * FROM entry_credit
     UNION ALL
        %s
        """,
        _paying(entries, scope),
        _paying_of(others, no_entry, scope),
    )


def _paying_of(lines, condition, scope):
    """:return: SQL of `_paying` for the entries of some lines

    :param SQL lines: query of the ids of the lines
    :param SQL condition: on `line`, the same for all lines of an entry
    """
    return _paying(
        SQL(
            """line.move_id = ANY(ARRAY(
                   SELECT line.move_id FROM account_move_line line
                    WHERE line.id IN (%s) AND %s))""",
            lines,
            condition,
        ),
        scope,
    )


def _paid(scope):
    """One row for each payment of an instalment in the window, with what was paid."""
    # PostgreSQL expects few rows of `invoice`, and would join all instalments with it.
    return SQL(
        """
        WITH instalment AS MATERIALIZED (
            SELECT line.id, line.move_id, line.date_maturity,
                   settled.credit_move_id, settled.amount
              FROM settled
              JOIN account_move_line line ON line.id = settled.debit_move_id
             WHERE %(company)s
               AND %(instalment)s
        )
        SELECT d.id AS document_id, d.partner_id, instalment.id AS line_id,
               instalment.amount * credit.share AS amount,
               GREATEST(credit.date - d.date, 0) AS days_to_pay,
               GREATEST(credit.date - COALESCE(instalment.date_maturity, d.date), 0)
                   AS days_late
          FROM instalment
          JOIN invoice d ON d.id = instalment.move_id
          JOIN credit ON credit.line_id = instalment.credit_move_id
         WHERE d.kind IN %(orders)s
        """,
        orders=ORDERS,
        company=scope.in_company(SQL("line.company_id")),
        instalment=instalment("line"),
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
    Source("credit", _credit, reads=("settled",)),
    Source("paid", _paid, reads=("invoice", "settled", "credit")),
    Source("payment", _payment, reads=("paid", "overdue")),
)
FIGURES = (
    Figure("days_to_pay", "payment", _weighted("days_to_pay")),
    Figure("days_late", "payment", _weighted("days_late")),
    Figure("payment_count", "payment", SQL("COUNT(DISTINCT line_id)"), empty=0),
    Figure("overdue", "payment", SQL("SUM(amount) FILTER (WHERE is_open)"), empty=0),
    *RECEIVABLE_FIGURES,
)
