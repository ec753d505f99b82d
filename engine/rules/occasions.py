"""Queries of occasions for the triggers, see `declaration`."""

from odoo.tools import SQL

from ..figures.documents import ORDERS, posted
from ..figures.meetings import held
from ..figures.orders import invoice
from ..figures.paying import entries, received
from ..scope import Scope, in_company
from ..zone import start_of_day, zone_of

# A cancelled or credited document also counts as business.
LAST_BUSINESS_DATE = SQL(
    "GREATEST(last_invoice_date, last_meeting_date, business_date)"
)
NOTHING = SQL("NULL::int")
# The history of an event that documents do not tell, see `Trigger.history`.
NEVER = "never"
NO_MOMENT = SQL("NULL::timestamp")


def last_business(scope):
    """:return: SQL of the moment of a client's last business, for `of_figures`"""
    return _not_before(scope, LAST_BUSINESS_DATE)


def silent_for(scope, months):
    """:return: SQL of the moment since when a client has had no business for a number
    of months. If its last document was posted later than that, nobody knew before.
    """
    end = SQL("%s + make_interval(months => %s)", LAST_BUSINESS_DATE, months)
    return _not_before(scope, end)


def _not_before(scope, day):
    zone = zone_of(scope.company)
    return SQL("GREATEST(business_at, %s)", start_of_day(day, zone))


def of_figures(scope, condition, *, happened=None, document=NOTHING):
    """Clients whose figures meet a condition.

    :param SQL condition: over the columns of `client_metric`
    :param SQL happened: the moment of the occasion, over the same columns; default is
        the last business
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
        happened or last_business(scope),
        last_business(scope),
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
    """Clients that are not in the class of a `ClassEvent`. There is no document,
    because a client can also leave a class by time or by the business of others.
    """
    condition = SQL("%s IS DISTINCT FROM %s", SQL.identifier(event.name), event.value)
    occasions = of_figures(scope, condition, happened=NO_MOMENT)
    if scope.clients is None:
        return occasions
    # A client whose last document was removed no longer has figures.
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
    """Clients with a held meeting, with the last meeting of each client."""
    return SQL(
        """
        SELECT DISTINCT ON (client_id) client_id, event_id AS document_id,
               stop AS happened, stop AS last_business
          FROM (%s) held
      ORDER BY client_id, stop DESC
        """,
        held(
            scope.env,
            since=scope.since,
            company=scope.company,
            clients=scope.clients,
        ),
    )


def payments(scope):
    """Clients that have paid, with the first document and the last time of each."""
    in_scope = in_company(SQL.identifier("invoice", "company_id"), scope.company)
    posted = SQL("%s AND %s", in_scope, _order("invoice"))
    return SQL(
        """
        SELECT client_id, (ARRAY_AGG(document_id ORDER BY moment))[1] AS document_id,
               MAX(moment) AS happened, MAX(moment) AS last_business
          FROM (%s
             UNION ALL
                SELECT client_id, entry_id, moment FROM (%s) entry) paid
      GROUP BY client_id
        """,
        _recorded_payments(scope.company),
        entries(SQL("TRUE"), posted),
    )


def posted_ever(scope):
    """Clients with a posted order, also one that credit notes have taken back."""
    order = SQL(
        """EXISTS (SELECT FROM account_move move
                    WHERE move.commercial_partner_id = client_metric.partner_id
                      AND %s AND %s)""",
        in_company(SQL("move.company_id"), scope.company),
        _order("move"),
    )
    return of_figures(scope, SQL("(order_count > 0 OR %s)", order))


def paid_ever(scope):
    """Clients that have paid. Clients with documents are only those of `scope.open`,
    because it takes long to look at every reconciliation.
    """
    posted = SQL(
        "%s AND %s AND invoice.commercial_partner_id = ANY(%s)",
        in_company(SQL("invoice.company_id"), scope.company),
        _order("invoice"),
        list(scope.open),
    )
    return SQL(
        """
        SELECT client_id FROM (%s) payment WHERE %s
         UNION
        SELECT client_id FROM (%s) entry
        """,
        _recorded_payments(scope.company),
        scope.includes(SQL("client_id")),
        entries(SQL("TRUE"), posted),
    )


def _recorded_payments(company):
    """One row per payment of a client."""
    return SQL(
        """
        SELECT partner.commercial_partner_id AS client_id,
               payment.move_id AS document_id, payment.create_date AS moment
          FROM account_payment payment
          JOIN res_partner partner ON partner.id = payment.partner_id
         WHERE %s AND %s
        """,
        in_company(SQL.identifier("payment", "company_id"), company),
        received("payment"),
    )


def _order(move):
    return posted(move, ORDERS)


def first_order(scope):
    """:return: SQL of the id of the client's first order, for `of_figures`"""
    return _nearest_order(scope, SQL("ASC"))


def last_order(scope):
    """:return: SQL of the id of the client's last order, for `of_figures`"""
    return _nearest_order(scope, SQL("DESC"))


def _nearest_order(scope, direction):
    # PostgreSQL runs it only for the clients that a rule changes in the end.
    documents = Scope(
        None,
        scope.company,
        as_of=scope.today,
        clients=SQL("client_metric.partner_id"),
    )
    return SQL(
        """(SELECT id
              FROM (%s) document
             WHERE is_order
          ORDER BY date %s, id
             LIMIT 1)""",
        invoice(documents),
        direction,
    )
