"""How a client pays. See `paying` for what a payment is.

The client of a payment is that of the line that it pays, as in `receivable`.

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
from .documents import day
from .paying import instalment, paying
from .receivable import CLIENT, CONTACT, OPEN_LINE, OVERDUE, due, receivable
from .receivable import FIGURES as RECEIVABLE_FIGURES


def _settled(scope):
    """One row per reconciliation of the window with an instalment of an order. If an
    entry settles it, with its share of money and its date.
    """
    in_window = _in_window(scope)
    if scope.clients is None:
        # Entries have no invoice date, so an index finds their lines.
        entry = SQL("line.company_id IN %s", scope.relatives)
        condition = SQL("%s AND line.invoice_date IS NULL AND %s", entry, in_window)
        credit = paying(condition, scope.accounts)
    else:
        lines = SQL("SELECT credit_move_id FROM instalment")
        credit = _paying_of(lines, in_window, scope)
    return SQL(
        """
        WITH instalment AS (%s)
        SELECT instalment.*, credit.date AS paid_on, credit.share
          FROM instalment
     LEFT JOIN (%s) credit ON credit.line_id = instalment.credit_move_id
        """,
        _instalment(scope),
        credit,
    )


def _instalment(scope):
    """One row per reconciliation of the window with an instalment of an order. Its
    client is that of the line, as in `receivable`.
    """
    return SQL(
        """
        SELECT line.move_id AS document_id, %(client)s AS partner_id,
               line.id AS line_id, %(day)s AS date, %(due)s AS due,
               part.credit_move_id, part.amount
          FROM account_partial_reconcile part
          JOIN account_move_line line ON line.id = part.debit_move_id
     LEFT JOIN contact ON contact.id = line.partner_id
         WHERE part.max_date > %(before_window)s  -- the later of the two lines' dates
           AND part.max_date <= %(as_of)s
           AND part.amount > 0
           AND %(in_company)s  -- that of the invoice
           AND %(instalment)s
           AND %(receivable)s
           AND %(clients)s
        """,
        client=CLIENT,
        day=day("line"),
        due=due("line"),
        before_window=scope.before_window,
        as_of=scope.as_of,
        in_company=scope.in_company(SQL("part.company_id")),
        instalment=instalment("line"),
        receivable=receivable("line", scope),
        clients=scope.of_clients(CLIENT),
    )


def _in_window(scope):
    return SQL("line.date > %s AND line.date <= %s", scope.before_window, scope.as_of)


def _paying_of(lines, condition, scope):
    """:return: SQL of `paying` for the entries of some lines

    :param SQL lines: query of the ids of the lines
    :param SQL condition: on `line`, the same for all lines of an entry
    """
    return paying(
        SQL(
            """line.move_id = ANY(ARRAY(
                   SELECT line.move_id FROM account_move_line line
                    WHERE line.id IN (%s) AND %s))""",
            lines,
            condition,
        ),
        scope.accounts,
    )


def _paid(scope):
    """One row for each payment of an instalment in the window, with what was paid."""
    paid = SQL(
        """
        SELECT document_id, partner_id, line_id, amount * share AS amount,
               GREATEST(paid_on - date, 0) AS days_to_pay,
               GREATEST(paid_on - due, 0) AS days_late
          FROM settled
         WHERE share > 0
        """
    )
    if scope.clients is None:
        paid = SQL("%s UNION ALL %s", paid, _rest(scope))
    return paid


def _rest(scope):
    """The same for lines that are in no entry. Nearly all of them are lines of credit
    notes, and pay nothing.
    """
    return SQL(
        """
        SELECT document_id, partner_id, settled.line_id,
               settled.amount * other.share,
               GREATEST(other.date - settled.date, 0),
               GREATEST(other.date - settled.due, 0)
          FROM settled
          JOIN (%s) other ON other.line_id = settled.credit_move_id
         WHERE settled.share IS NULL
           AND other.share > 0
        """,
        _paying_of(
            SQL(
                """
                SELECT credit_move_id FROM settled
                 WHERE share IS NULL
                   AND NOT EXISTS (
                       SELECT FROM account_move_line back
                        WHERE back.id = settled.credit_move_id
                          AND back.display_type = 'payment_term'
                          AND back.balance < 0
                          AND back.company_id IN %s)
                """,
                scope.relatives,
            ),
            SQL(
                "line.invoice_date IS NOT NULL AND line.display_type != 'payment_term'"
                " AND %s",
                _in_window(scope),
            ),
            scope,
        ),
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
    CONTACT,
    OPEN_LINE,
    OVERDUE,
    Source("settled", _settled, reads=("contact",)),
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
