"""Invoices that credit notes take back as a whole.

A credit note takes back the invoice that it reverses, with its whole amount. A credit
note that reverses no invoice takes back the invoices that it is matched with, with the
matched amounts. Credit notes of any client count.
"""

from odoo.tools import SQL

from .documents import ORDERS, in_time, of_scope


def taken_back(scope):
    """The query of the invoices that credit notes take back as a whole, with their
    clients.

    The amounts are compared in the currency of the invoice, because the rate may have
    changed since; in the company's currency if the currencies differ.

    :return: SQL of a SELECT of `partner_id` and `id`
    """
    return SQL(
        """
        SELECT partner_id, id
          FROM ((%s) UNION ALL %s) back
      GROUP BY partner_id, id, total, total_signed
        HAVING CASE WHEN BOOL_AND(same_currency) THEN SUM(amount_currency) >= total
                    ELSE SUM(amount) >= total_signed
               END
        """,
        _linked(scope),
        _matched(scope),
    )


def _linked(scope):
    """One row per credit note that reverses an invoice of its company."""
    return SQL(
        """
        WITH refund AS MATERIALIZED (
            -- PostgreSQL expects few, and would not read them from their index.
            SELECT reversed_entry_id, currency_id, amount_total, amount_total_signed
              FROM account_move refund
             WHERE refund.reversed_entry_id IS NOT NULL
               AND %(of_clients)s
               AND %(in_company)s
               AND %(credit_note)s
        )
        SELECT %(invoice)s,
               refund.currency_id = invoice.currency_id AS same_currency,
               refund.amount_total AS amount_currency,
               -refund.amount_total_signed AS amount
          FROM refund
          JOIN account_move invoice ON invoice.id = refund.reversed_entry_id
         WHERE %(of_scope)s
        """,
        invoice=INVOICE,
        of_clients=_reverses_clients(scope),
        in_company=scope.in_company(SQL("refund.company_id")),
        credit_note=_credit_note(scope),
        of_scope=of_scope("invoice", scope, ORDERS),
    )


def _reverses_clients(scope):
    """:return: SQL of the condition that a credit note reverses an invoice of the
    clients. It says nothing new, but PostgreSQL would read all credit notes without it.
    """
    if scope.clients is None:
        return SQL("TRUE")
    return SQL(
        "refund.reversed_entry_id = ANY("
        "ARRAY(SELECT id FROM account_move own WHERE %s))",
        of_scope("own", scope, ORDERS),
    )


def _matched(scope):
    """One row per amount of a credit note that reverses no invoice, matched with an
    invoice of its company.
    """
    return SQL(
        """
        SELECT %(invoice)s, TRUE AS same_currency,
               part.debit_amount_currency AS amount_currency, part.amount
          FROM account_move refund
          JOIN account_move_line back ON back.move_id = refund.id
          JOIN account_partial_reconcile part ON part.credit_move_id = back.id
          JOIN account_move_line line ON line.id = part.debit_move_id
          JOIN account_move invoice ON invoice.id = line.move_id
         WHERE refund.reversed_entry_id IS NULL
           AND %(in_company)s
           AND %(credit_note)s
           AND back.display_type = 'payment_term'
           AND line.display_type = 'payment_term'
           AND %(of_scope)s
        """,
        invoice=INVOICE,
        in_company=scope.in_company(SQL("refund.company_id")),
        credit_note=_credit_note(scope),
        of_scope=of_scope("invoice", scope, ORDERS),
    )


INVOICE = SQL(
    "invoice.commercial_partner_id AS partner_id, invoice.id,"
    " invoice.amount_total AS total,"
    " invoice.amount_total_signed AS total_signed"
)


def _credit_note(scope):
    # The condition of the index `_client_credit_note_idx`.
    return SQL(
        "refund.move_type = 'out_refund' AND refund.state = 'posted' AND %s",
        in_time("refund", scope),
    )
