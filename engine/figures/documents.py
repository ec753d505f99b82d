"""The documents that count, and which of them are orders, see `figures`."""

from odoo.tools import SQL

DOCUMENTS = ("out_invoice", "out_refund", "out_receipt")


def of_clients(column, clients):
    """:return: SQL of the condition that a column is of `clients`; of all if None"""
    return (
        SQL("TRUE") if clients is None else SQL("%s = ANY(%s)", column, list(clients))
    )


def _posted(alias, company, as_of, clients):
    """:return: SQL of the condition that a move is a document that counts

    Spelt as the index `_client_figures_idx` is.
    """
    return SQL(
        """%(company_id)s = %(company)s
           AND %(state)s = 'posted'
           AND %(move_type)s IN %(types)s
           AND (%(invoice_date)s <= %(as_of)s
                OR %(invoice_date)s IS NULL AND %(date)s <= %(as_of)s)
           AND %(clients)s""",
        **{
            name: SQL.identifier(alias, name)
            for name in ("company_id", "state", "move_type", "invoice_date", "date")
        },
        company=company.id,
        types=DOCUMENTS,
        as_of=as_of,
        clients=of_clients(SQL.identifier(alias, "commercial_partner_id"), clients),
    )


def document(company, as_of, clients):
    """One row a document, and whether it is an order."""
    return SQL(
        """
        SELECT move.id, move.commercial_partner_id AS partner_id, move.move_type,
               COALESCE(move.invoice_date, move.date) AS date,
               move.amount_untaxed_signed, move.invoice_currency_rate,
               move.move_type != 'out_refund' AND reversed.id IS NULL AS is_order
          FROM account_move move
     LEFT JOIN (%s) reversed ON reversed.id = move.id
         WHERE move.commercial_partner_id IS NOT NULL AND %s
        """,
        _reversed(company, as_of, clients),
        _posted("move", company, as_of, clients),
    )


def _reversed(company, as_of, clients):
    """One row an invoice that credit notes took back as a whole, whosever they are."""
    return SQL(
        """
        SELECT invoice.id
          FROM account_move refund
          JOIN account_move invoice ON invoice.id = refund.reversed_entry_id
         WHERE refund.move_type = 'out_refund'
           AND refund.state = 'posted'
           AND refund.reversed_entry_id IS NOT NULL
           AND COALESCE(refund.invoice_date, refund.date) <= %s
           AND invoice.move_type != 'out_refund'
           AND %s
      GROUP BY invoice.id
        HAVING %s
        """,
        as_of,
        _posted("invoice", company, as_of, clients),
        _takes_all("invoice"),
    )


def is_taken_back(move):
    """Whether posted credit notes that reverse one invoice take all of it back.

    :param str move: alias of `account_move` in the query
    :return: SQL of a condition
    """
    return SQL(
        """
        EXISTS (
            SELECT FROM account_move refund
             WHERE refund.reversed_entry_id = %s
               AND refund.move_type = 'out_refund'
               AND refund.state = 'posted'
            HAVING %s)
        """,
        SQL.identifier(move, "id"),
        _takes_all(move),
    )


def _takes_all(invoice):
    """Whether credit notes `refund` take all of an invoice back.

    In the currency of the invoice, because the rate may have changed since; in the
    company's, if they are in another one.

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
