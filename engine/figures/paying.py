"""The definition of a payment.

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
"""

from odoo.tools import SQL

from ..partner.field import NOT_MERGED
from .accounts import EVERYWHERE
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


def paying(lines, accounts):
    """The query of the credits of entries with money, see above.

    :param SQL lines: condition on `account_move_line` with the alias `line`, which
        holds for all lines of an entry or for none
    :param Accounts accounts: those of the companies
    :return: SQL of a SELECT of `line_id`, `date` and `share`, one row per credit on a
        receivable account; it only pays if the share is above zero
    """
    # In the order of the index of entries.
    return SQL(
        """
        SELECT UNNEST(credits) AS line_id, date,
               -- Nearly always 1, and PostgreSQL divides slowly.
               CASE WHEN money >= credited THEN 1
                    ELSE ROUND(money / credited, 6)
                END AS share
          FROM (
              SELECT date,
                     ARRAY_AGG(id) FILTER (WHERE is_credit) AS credits,
                     COALESCE(SUM(balance) FILTER (WHERE is_money), 0) AS money,
                     -SUM(balance) FILTER (WHERE is_credit) AS credited
                FROM (
                    SELECT line.id, line.move_id, line.date, line.balance,
                           line.account_id = ANY(%(money)s::int[]) AS is_money,
                           line.account_id != ALL(%(money)s::int[]) AND line.balance < 0
                               AS is_credit
                      FROM account_move_line line
                     WHERE line.account_id = ANY(
                           %(money)s::int[] || %(receivable)s::int[])
                       AND %(lines)s
                       AND line.display_type != 'payment_term'
                  ORDER BY line.date, line.move_id
                       %(not_merged)s
                ) line
            GROUP BY date, move_id
          ) entry
        """,
        money=accounts.money,
        receivable=accounts.receivable,
        lines=lines,
        not_merged=NOT_MERGED,
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
          JOIN (%s) credit ON credit.line_id = settled.by_line_id
         WHERE credit.share > 0
        """,
        partials,
        orders,
        instalment("line"),
        paying(SQL("line.move_id IN (SELECT entry_id FROM settled)"), EVERYWHERE),
    )
