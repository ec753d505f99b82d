"""What a client owes: open credit, and what is overdue.

An **open line** is a posted line on a receivable account with an amount that is not
reconciled: Odoo's *Total Receivable* of a partner is the sum of the same lines. Open
lines are invoices, opening balances and other entries, transferred debts, and, on the
other side, payments, credit notes and other credits that match nothing yet. The client
is the current commercial partner of the line's partner. On a day in the past, what was
reconciled later is open; a line counts from the date of its document.

A line that the accountant took out of the follow-up (*No Follow-Up*) does not count.
Odoo itself sets this flag on all lines of miscellaneous journals, so there it says
nothing, and the line counts.

- `open_credit`: the sum of the open credits, before they cover any debt.
- `overdue`: the open debts that were due before the as-of day, less the open credit,
  which covers the oldest due date first. The due date is that of the line, else the
  date of its document.

A debt that was **transferred** to another receivable account, for example to doubtful
receivables, keeps its date and its due date, unless the new line has its own due date:
the entry credits the old line and debits the new one. If one line replaces several, a
later payment pays the oldest of them first, and what the new line has more than they
have has the date of the oldest. A debt that was transferred twice has the date of the
first transfer.
"""

from odoo.tools import SQL

from ..catalogue import Figure, Source
from ..scope import of_clients
from .documents import day, in_time

# What is read of an open line.
COLUMNS = (
    "id",
    "partner_id",
    "move_id",
    "account_id",
    "journal_id",
    "currency_id",
    "date",
    "invoice_date",
    "date_maturity",
    "no_followup",
)
# The client of `line`, if it is joined with `contact`.
CLIENT = SQL("COALESCE(contact.commercial_partner_id, line.partner_id)")


def _contact(scope):
    """One row per partner that is no client, with its client. They have an index of
    their own. From the first condition PostgreSQL knows that they are few; the second
    one implies it.
    """
    return SQL(
        """
        SELECT id, commercial_partner_id
          FROM res_partner
         WHERE parent_id IS NOT NULL
           AND commercial_partner_id != id
           AND %s
        """,
        of_clients(SQL("commercial_partner_id"), scope.clients),
    )


def _open_line(scope):
    """One row per open line with its amount on the as-of day; credits are negative. A
    transferred debt has one row for each line that it replaces, with the identity and
    the dates of that line.
    """
    return SQL(
        """
        WITH settled_since AS MATERIALIZED (
            SELECT line_id, SUM(amount) AS amount
              FROM (SELECT debit_move_id AS line_id, amount
                      FROM account_partial_reconcile WHERE %(later)s
                 UNION ALL
                    SELECT credit_move_id, -amount
                      FROM account_partial_reconcile WHERE %(later)s
                   ) partial
          GROUP BY line_id
        ), line AS (
            -- The condition of the index `_client_open_line_idx`.
            SELECT %(line)s, line.amount_residual + COALESCE(since.amount, 0) AS amount
              FROM account_move_line line
         LEFT JOIN settled_since since ON since.line_id = line.id
             WHERE line.amount_residual != 0
               AND %(receivable)s
         UNION ALL
            SELECT %(line)s, since.amount
              FROM settled_since since
              JOIN account_move_line line ON line.id = since.line_id
             WHERE line.amount_residual = 0
               AND %(receivable)s
        ), posted AS (
            SELECT %(client)s AS partner_id, %(columns)s,
                   line.move_id, line.account_id, line.currency_id,
                   line.amount,
                   CASE WHEN line.date_maturity IS NULL AND line.amount > 0
                        THEN (SELECT move_type = 'entry' FROM account_move move
                               WHERE move.id = line.move_id)
                        ELSE FALSE END AS may_be_transferred
              FROM line
         LEFT JOIN contact ON contact.id = line.partner_id
              JOIN account_journal journal ON journal.id = line.journal_id
             WHERE line.amount != 0
               AND %(clients)s
        ), credit AS MATERIALIZED (
            -- The entries in an array, or PostgreSQL would read all lines: it expects
            -- that half of the open lines may be transferred.
            SELECT credit.id, credit.move_id, credit.account_id, credit.currency_id,
                   COALESCE(contact.commercial_partner_id, credit.partner_id)
                       AS partner_id
              FROM account_move_line credit
         LEFT JOIN contact ON contact.id = credit.partner_id
             WHERE credit.move_id = ANY(ARRAY(
                   SELECT DISTINCT move_id FROM posted WHERE may_be_transferred))
               AND credit.account_id = ANY(%(accounts)s::int[])
               AND credit.balance < 0
        ), origin AS (
            SELECT posted.partner_id, posted.line_id AS new_line_id, %(columns)s,
                   posted.is_out AS is_new_out, posted.amount AS new_amount,
                   part.amount, SUM(part.amount) OVER newest_first AS so_far,
                   LEAD(part.id) OVER newest_first IS NULL AS is_oldest
              FROM posted
              JOIN credit
                ON credit.move_id = posted.move_id
               AND credit.partner_id = posted.partner_id
               AND credit.currency_id = posted.currency_id
               AND credit.account_id != posted.account_id
              JOIN account_partial_reconcile part ON part.credit_move_id = credit.id
              JOIN account_move_line line ON line.id = part.debit_move_id
              JOIN account_journal journal ON journal.id = line.journal_id
             WHERE posted.may_be_transferred
            WINDOW newest_first AS (
                       PARTITION BY posted.line_id
                       ORDER BY %(due)s DESC, line.id DESC, part.id DESC)
        )
        SELECT partner_id, line_id, document_id, date, due,
               CASE WHEN is_oldest THEN new_amount - so_far + amount
                    ELSE LEAST(amount, new_amount - so_far + amount) END AS amount
          FROM origin
         WHERE new_amount - so_far + amount > 0
           AND NOT is_out
           AND NOT is_new_out
     UNION ALL
        SELECT partner_id, line_id, document_id, date, due, amount
          FROM posted
         WHERE NOT is_out
           AND NOT (may_be_transferred
                    AND EXISTS (SELECT FROM origin
                                 WHERE origin.new_line_id = posted.line_id))
        """,
        later=SQL("company_id IN %s AND max_date > %s", scope.relatives, scope.as_of),
        line=SQL(", ").join(SQL.identifier("line", name) for name in COLUMNS),
        receivable=receivable("line", scope),
        accounts=scope.accounts.receivable,
        columns=SQL(
            """line.id AS line_id, line.move_id AS document_id,
               %s AS date, %s AS due,
               COALESCE(line.no_followup, FALSE) AND journal.type != 'general'
                   AS is_out""",
            day("line"),
            due("line"),
        ),
        due=due("line"),
        client=CLIENT,
        clients=scope.of_clients(CLIENT),
    )


def receivable(line, scope):
    """:return: SQL of the condition that a line is what a client of the scope owes or
    has paid; `line` is its alias. It may be a client that `scope.of_clients` excludes.
    """
    # For the indexes: they begin with the partner, and not with the client.
    partners = SQL("%s IS NOT NULL", SQL.identifier(line, "partner_id"))
    if scope.clients is not None:
        partners = SQL(
            "%s = ANY(ARRAY(SELECT id FROM res_partner WHERE %s))",
            SQL.identifier(line, "partner_id"),
            of_clients(SQL("commercial_partner_id"), scope.clients),
        )
    return SQL(
        """%(line)s.parent_state = 'posted'
           AND %(line)s.account_id = ANY(%(accounts)s::int[])
           AND %(in_company)s
           AND %(partners)s
           AND %(in_time)s""",
        line=SQL.identifier(line),
        accounts=scope.accounts.receivable,
        in_company=scope.in_company(SQL.identifier(line, "company_id")),
        partners=partners,
        in_time=in_time(line, scope),
    )


def due(line):
    """:return: SQL of the due date of a line; `line` is its alias"""
    return SQL("COALESCE(%s, %s)", SQL.identifier(line, "date_maturity"), day(line))


def _overdue(scope):
    """One row for each overdue amount that no open credit covers."""
    return SQL(
        """
        SELECT document_id, partner_id, line_id, amount,
               GREATEST(%(as_of)s - date, 0) AS days_to_pay,
               %(as_of)s - due AS days_late
          FROM (
              SELECT debt.document_id, debt.partner_id, debt.line_id, debt.date,
                     debt.due,
                     LEAST(debt.amount,
                           SUM(debt.amount) OVER (
                               PARTITION BY debt.partner_id
                               ORDER BY debt.due, debt.date, debt.line_id
                               ROWS UNBOUNDED PRECEDING
                           ) - COALESCE(figures.open_credit, 0)) AS amount
                FROM open_line debt
           LEFT JOIN open_line_by_client figures USING (partner_id)
               WHERE debt.amount > 0
                 AND debt.due < %(as_of)s
          ) debt
         WHERE amount > 0
        """,
        as_of=scope.as_of,
    )


CONTACT = Source("contact", _contact, is_helper=True)
OPEN_LINE = Source("open_line", _open_line, reads=("contact",))
OVERDUE = Source("overdue", _overdue, reads=("open_line", "open_line_by_client"))
FIGURES = (
    Figure(
        "open_credit",
        "open_line",
        SQL("-SUM(amount) FILTER (WHERE amount < 0)"),
        empty=0,
    ),
)
