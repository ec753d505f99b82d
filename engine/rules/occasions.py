"""Queries of occasions, see `declaration`; triggers are made of them."""

from odoo.fields import Datetime
from odoo.tools import SQL

from ..figures.meetings import held

ORDERS = ("out_invoice", "out_receipt")
# A cancelled or credited document has been business as well.
LAST_BUSINESS_DATE = SQL(
    "GREATEST(last_invoice_date, last_meeting_date, business_date)"
)
LAST_BUSINESS = SQL("GREATEST(business_at, %s::timestamp)", LAST_BUSINESS_DATE)
NOTHING = SQL("NULL::int")
NO_MOMENT = SQL("NULL::timestamp")


def of_figures(scope, condition, *, happened=LAST_BUSINESS, document=NOTHING):
    """Clients whose figures meet a condition.

    :param SQL condition: over the columns of `client_metric`
    :param SQL happened: the moment of the occasion, over the same columns
    :param SQL document: the id of the document, over the same columns
    """
    scope.env["client.metric"].flush_model()
    return SQL(
        """
        SELECT partner_id AS client_id, %s AS document_id,
               %s AS happened, %s AS last_business
          FROM client_metric
         WHERE company_id = %s AND %s AND %s
        """,
        document,
        happened,
        LAST_BUSINESS,
        scope.company.id,
        scope.includes(SQL("partner_id")),
        condition,
    )


def in_class(scope, event):
    """Clients that are in the class of a `ClassEvent`."""
    condition = SQL("%s = %s", SQL.identifier(event.name), event.value)
    document = last_order(scope)
    return of_figures(scope, condition, happened=NO_MOMENT, document=document)


def not_in_class(scope, event):
    """Clients that are not in the class of a `ClassEvent`. It names no document,
    because time or the business of others can cause it.
    """
    condition = SQL("%s IS DISTINCT FROM %s", SQL.identifier(event.name), event.value)
    occasions = of_figures(scope, condition, happened=NO_MOMENT)
    if scope.clients is None:
        return occasions
    # A client that has lost its last document has no figures any more.
    return SQL(
        """
        %s
         UNION ALL
        SELECT id, NULL::int, NULL::timestamp, NULL::timestamp
          FROM UNNEST(%s::int[]) id
         WHERE NOT EXISTS (
               SELECT FROM client_metric WHERE company_id = %s AND partner_id = id)
        """,
        occasions,
        list(scope.clients),
        scope.company.id,
    )


def meetings(scope):
    """Clients with whom somebody held a meeting; the last one of each."""
    over = SQL("event.stop <= %s", Datetime.now())
    return SQL(
        """
        SELECT DISTINCT ON (client_id) client_id, event_id AS document_id,
               stop AS happened, stop AS last_business
          FROM (%s) held
      ORDER BY client_id, stop DESC
        """,
        held(over, since=scope.since, company=scope.company, clients=scope.clients),
    )


def payments(scope):
    """Clients that have paid; the first document of each, and the last moment."""
    return SQL(
        """
        SELECT client_id, (ARRAY_AGG(document_id ORDER BY moment))[1] AS document_id,
               MAX(moment) AS happened, MAX(moment) AS last_business
          FROM (%s UNION ALL %s) paid
      GROUP BY client_id
        """,
        _recorded_payments(scope.company),
        _settling_entries(scope.company),
    )


def _recorded_payments(company):
    """One row per payment of a client."""
    return SQL(
        """
        SELECT partner.commercial_partner_id AS client_id,
               payment.move_id AS document_id, payment.create_date AS moment
          FROM account_payment payment
          JOIN res_partner partner ON partner.id = payment.partner_id
         WHERE payment.company_id = %s AND %s
        """,
        company.id,
        _is_received(),
    )


def _settling_entries(company):
    """One row per invoice and entry, such as that of a bank statement, that pays it."""
    return SQL(
        """
        SELECT invoice.commercial_partner_id AS client_id,
               entry.id AS document_id, part.create_date AS moment
          FROM account_move invoice
          JOIN account_move_line line ON line.move_id = invoice.id
          JOIN account_partial_reconcile part ON part.debit_move_id = line.id
          JOIN account_move_line by_line ON by_line.id = part.credit_move_id
          JOIN account_move entry ON entry.id = by_line.move_id
         WHERE %s AND %s
        """,
        _posted("invoice", company),
        _settles("entry"),
    )


def _is_received():
    """:return: SQL of the condition that `payment` is a client's recorded payment"""
    return SQL(
        """payment.payment_type = 'inbound'
           AND payment.partner_type = 'customer'
           AND payment.state IN ('in_process', 'paid')"""
    )


def _posted(move, company):
    """:param str move: alias of `account_move` in the query
    :return: SQL of the condition that it is a posted order of a company
    """
    return SQL(
        """%(move)s.company_id = %(company)s
           AND %(move)s.state = 'posted'
           AND %(move)s.move_type IN %(orders)s""",
        move=SQL.identifier(move),
        company=company.id,
        orders=ORDERS,
    )


def _settles(entry):
    """:param str entry: alias of the `account_move` that an invoice is reconciled with
    :return: SQL of the condition that it pays the invoice: it is neither a credit note
        nor an exchange difference, and does not belong to a recorded payment
    """
    return SQL(
        """%(entry)s.move_type = 'entry'
           AND %(entry)s.origin_payment_id IS NULL
           AND NOT EXISTS (
               SELECT FROM account_partial_reconcile difference
                WHERE difference.exchange_move_id = %(entry)s.id)""",
        entry=SQL.identifier(entry),
    )


def first_order(scope):
    """:return: SQL of the id of the client's first order, for `of_figures`"""
    return _order(scope.company, SQL("ASC"))


def last_order(scope):
    """:return: SQL of the id of the client's last order, for `of_figures`"""
    return _order(scope.company, SQL("DESC"))


def _order(company, direction):
    return SQL(
        """(SELECT move.id
              FROM account_move move
             WHERE move.commercial_partner_id = client_metric.partner_id AND %s
          ORDER BY COALESCE(move.invoice_date, move.date) %s, move.id
             LIMIT 1)""",
        _posted("move", company),
        direction,
    )
