"""Clients to which nobody has given a status yet, for `beginning`."""

from odoo.tools import SQL

from ..figures.documents import ORDERS, day, posted
from ..zone import start_of_day, zone_of

STATUS, TYPE = "client_status_id", "client_type_id"


def untouched(env, field, default):
    """:param PartnerField field: the status in a company
    :param SQL default: the status of new clients
    :return: SQL of a join of `collected.partner_id` with the partner `client`, if it
        has the default status, and neither a person nor a rule has set it
    """
    env["client.change"].flush_model()
    env["res.partner"].flush_model(
        [STATUS, TYPE, "client_status_pinned", "commercial_partner_id"]
    )
    return SQL(
        """
        JOIN res_partner client ON client.id = collected.partner_id
         AND client.commercial_partner_id = client.id
         -- an empty status is the default, however it became empty
         AND COALESCE(%(status)s, %(default)s) IS NOT DISTINCT FROM %(default)s
         AND NOT COALESCE(%(pinned)s, FALSE)
         AND %(last)s IS DISTINCT FROM %(default)s::text
        """,
        status=field.current("client"),
        default=default,
        pinned=field.partners._field_to_sql("client", "client_status_pinned"),
        last=_last_value(STATUS, SQL("%s", field.company.id)),
    )


def type_to_change():
    """:return: SQL of the type of `client`; NULL if somebody has set it, so that no
    rule changes it
    """
    return SQL(
        "CASE WHEN %s IS DISTINCT FROM client.client_type_id::text"
        " THEN client.client_type_id END",
        _last_value(TYPE, SQL("NULL")),
    )


def _last_value(qualifier, company):
    """:return: SQL of the value that the journal says was set last"""
    return SQL(
        """(SELECT change.new_value FROM client_change change
             WHERE change.partner_id = collected.partner_id
               AND change.qualifier = %s
               AND change.company_id IS NOT DISTINCT FROM %s
          ORDER BY change.date DESC, change.id DESC LIMIT 1)""",
        qualifier,
        company,
    )


def note_business(env, scope):
    """Store the last day of business of clients whose last invoice is no order, such as
    one that a credit note has taken back, as if the addon had seen its posting.
    """
    env["client.metric"].flush_model()
    at = start_of_day(SQL("posted.day"), zone_of(scope.company))
    env.cr.execute(
        SQL(
            """
            UPDATE client_metric metric
               SET business_date = posted.day,
                   business_at = GREATEST(
                       metric.business_at, LEAST(%(at)s, now() AT TIME ZONE 'UTC'))
              FROM (SELECT commercial_partner_id AS partner_id, MAX(%(day)s) AS day
                      FROM account_move move
                     WHERE %(posted)s AND %(in_company)s AND %(clients)s
                  GROUP BY commercial_partner_id) posted
             WHERE metric.company_id = %(company)s
               AND metric.partner_id = posted.partner_id
               AND posted.day > COALESCE(GREATEST(
                       metric.business_date, metric.last_invoice_date), '-infinity')
            """,
            at=at,
            day=day("move"),
            posted=posted("move", ORDERS),
            company=scope.company.id,
            in_company=scope.in_company(SQL("move.company_id")),
            clients=scope.of_clients(SQL("move.commercial_partner_id")),
        )
    )
    env["client.metric"].invalidate_model(["business_at", "business_date"])
