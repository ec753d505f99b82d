"""Meetings that are over: the end of a meeting passes without anybody writing it."""

from odoo.tools import SQL


def held(now, *, since=None, company=None, clients=None):
    """The query of meetings that are over, one row a meeting, client and company.

    The client did not decline it, and the company is that of its organiser. Group
    meetings count for each client who attends.

    :param datetime now: in UTC; a meeting that ends later is not over
    :param datetime since: only meetings that ended after it
    :param company: `res.company`, or None for all
    :param clients: ids of commercial partners, or None for all
    :return: SQL of a SELECT of `client_id`, `company_id`, `event_id` and `stop`
    """
    conditions = [SQL("event.stop <= %s", now)]
    if since:
        # The start has an index and the end has none; no meeting takes longer.
        conditions.append(
            SQL("event.start > %s::timestamp - interval '31 days'", since)
        )
        conditions.append(SQL("event.stop > %s", since))
    if company:
        conditions.append(SQL("organiser.company_id = %s", company.id))
    if clients is not None:
        conditions.append(
            SQL("partner.commercial_partner_id = ANY(%s::int[])", list(clients))
        )
    return SQL(
        """
        SELECT partner.commercial_partner_id AS client_id,
               organiser.company_id, event.id AS event_id, event.stop
          FROM calendar_event event
          JOIN res_users organiser ON organiser.id = event.user_id
          JOIN calendar_attendee attendee ON attendee.event_id = event.id
          JOIN res_partner partner ON partner.id = attendee.partner_id
         WHERE event.active
           AND attendee.state != 'declined'
           AND partner.partner_share
           AND %s
        """,
        SQL(" AND ").join(conditions),
    )


def queue(env, now, since=None):
    """Queue the clients of meetings that are over and not known of yet.

    :param datetime since: look only at meetings that ended after it
    :return: how many clients
    """
    env["calendar.event"].flush_model()
    env["calendar.attendee"].flush_model()
    env.cr.execute(
        SQL(
            """
            INSERT INTO client_metric_queue (
                partner_id, company_id, business_at, business_date)
            SELECT held.client_id, held.company_id, MAX(held.stop), MAX(held.stop)::date
              FROM (%s) held
         LEFT JOIN client_metric metric
                ON metric.partner_id = held.client_id
               AND metric.company_id = held.company_id
          GROUP BY held.client_id, held.company_id
            HAVING MAX(held.stop) > COALESCE(MAX(metric.business_at), '-infinity')
            """,
            held(now, since=since),
        )
    )
    return env.cr.rowcount
