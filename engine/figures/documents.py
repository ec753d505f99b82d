"""The definition of a posted document and an order, for figures, rules and reports.

- A **document** of a client is a posted customer invoice, receipt or credit note. Its
  client is the current commercial partner: invoices of contacts belong to their
  company. A client that becomes a contact brings its invoices to the company. The
  invoices of a contact that leaves stay with the company, as they do in accounting.
- A company has the documents of its branches as well. The documents of partners that
  are companies of this database do not count, see `engine.companies`.
- Its **day** is the invoice date. Drafts, cancelled documents and documents after the
  as-of day do not count.
- An **order** is an invoice or a receipt. It is no longer an order when credit notes
  reverse its whole amount, in its own currency, because the rate may have changed.
- Amounts are untaxed, in the company's currency, as posted.
"""

from odoo.tools import SQL

from ..catalogue import Source

# Values of `move_type`.
ORDERS = ("out_invoice", "out_receipt")
DOCUMENTS = (*ORDERS, "out_refund")


def invoice(scope):
    """One row per document."""
    return SQL(
        """
        SELECT move.id, move.company_id, move.commercial_partner_id AS partner_id,
               %(day)s AS date, move.amount_untaxed_signed AS amount,
               move.move_type != 'out_refund' AND reversed.id IS NULL AS is_order,
               move.invoice_currency_rate AS rate,
               move.name, move.move_type AS kind, move.invoice_user_id AS user_id
          FROM account_move move
     LEFT JOIN (%(reversed)s) reversed ON reversed.id = move.id
         WHERE move.commercial_partner_id IS NOT NULL
           AND %(posted)s
        """,
        day=day("move"),
        reversed=_reversed(scope),
        posted=_of_scope("move", scope),
    )


INVOICE = Source("invoice", invoice, model="account.move", keeps=("kind", "rate"))


def day(move):
    """:return: SQL of the day of a document; `move` is its alias"""
    return SQL(
        "COALESCE(%s, %s)",
        SQL.identifier(move, "invoice_date"),
        SQL.identifier(move, "date"),
    )


def posted(move, types=DOCUMENTS):
    """:return: SQL of the condition that the `account_move` with the alias `move` is a
    posted document
    """
    # The same spelling as in the index `_client_figures_idx`.
    return SQL(
        "%s = 'posted' AND %s IN %s",
        SQL.identifier(move, "state"),
        SQL.identifier(move, "move_type"),
        types,
    )


def _of_scope(move, scope):
    """:return: SQL of the condition that a move is a document of the scope"""
    invoice_date = SQL.identifier(move, "invoice_date")
    company = SQL.identifier(move, "company_id")
    in_time = SQL("TRUE")
    if scope.as_of is not None:  # on plain columns, because they have statistics
        in_time = SQL(
            "(%s OR %s IS NULL AND %s)",
            scope.until(invoice_date),
            invoice_date,
            scope.until(SQL.identifier(move, "date")),
        )
    return SQL(
        "%s AND %s AND %s AND %s",
        scope.in_company(company),
        posted(move),
        in_time,
        scope.of_clients(SQL.identifier(move, "commercial_partner_id"), company),
    )


def _reversed(scope):
    """One row per invoice that credit notes of any client reverse completely."""
    return SQL(
        """
        SELECT invoice.id
          FROM account_move refund
          JOIN account_move invoice ON invoice.id = refund.reversed_entry_id
         WHERE %s
           AND refund.reversed_entry_id IS NOT NULL
           AND %s
           AND %s
           AND invoice.move_type != 'out_refund'
           AND %s
      GROUP BY invoice.id
        HAVING %s
        """,
        _credit_note("refund"),
        scope.in_company(SQL("refund.company_id")),
        scope.until(day("refund")),
        _of_scope("invoice", scope),
        _takes_all("invoice"),
    )


def is_taken_back(move):
    """Whether posted credit notes reverse the whole amount of an invoice.

    :param str move: alias of `account_move` in the query
    :return: SQL of a condition
    """
    return SQL(
        """
        EXISTS (
            SELECT FROM account_move refund
             WHERE refund.reversed_entry_id = %s
               AND %s
            HAVING %s)
        """,
        SQL.identifier(move, "id"),
        _credit_note("refund"),
        _takes_all(move),
    )


def _credit_note(move):
    move_type = SQL.identifier(move, "move_type")
    state = SQL.identifier(move, "state")
    return SQL("%s = 'out_refund' AND %s = 'posted'", move_type, state)


def _takes_all(invoice):
    """Whether the credit notes `refund` reverse the whole amount of an invoice.

    The amounts are compared in the currency of the invoice, because the rate may have
    changed since; in the company's currency if the currencies differ.

    :param str invoice: alias of `account_move` in the query
    :return: SQL of a condition over the group of its credit notes
    """
    return SQL(
        """CASE WHEN BOOL_AND(refund.currency_id = %(invoice)s.currency_id)
                THEN SUM(refund.amount_total) >= %(invoice)s.amount_total
                ELSE -SUM(refund.amount_total_signed)
                     >= %(invoice)s.amount_total_signed
           END""",
        invoice=SQL.identifier(invoice),
    )
