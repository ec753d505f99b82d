"""What a held meeting is: one definition for figures, rules and the queue.

`last_meeting_date`: day of the last meeting that was over on the as-of day.
"""

from odoo import SUPERUSER_ID
from odoo.tools import SQL

from ..catalogue import Figure, Source
from ..scope import of_clients


def held(over, *, since=None, company=None, clients=None):
    """The query of meetings that were held, one row per meeting and client.

    A meeting counts for each client who attends and has not declined it, for the
    company of its organiser. It counts only when people who work for that company have
    written it, also the last time, and have invited the client: whoever may write into
    the calendar of another company says nothing about its clients.

    :param over: SQL of the condition on `event.stop` that the meeting is over
    :param datetime since: in UTC; only meetings that ended after it
    :param company: `res.company`, or None for all
    :param clients: ids of commercial partners, or None for all
    :return: SQL of a SELECT of `client_id`, `company_id`, `event_id` and `stop`
    """
    conditions = [over]
    if since:
        # The start has an index and the end has none; no meeting takes longer.
        conditions.append(
            SQL("event.start > %s::timestamp - interval '31 days'", since)
        )
        conditions.append(SQL("event.stop > %s", since))
    if company:
        conditions.append(SQL("organiser.company_id = %s", company.id))
    conditions.append(of_clients(SQL("partner.commercial_partner_id"), clients))
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
           AND %s
           AND %s
        """,
        SQL(
            "%s AND %s",
            _by_colleague(SQL("event.create_uid")),
            _by_colleague(SQL("event.write_uid")),
        ),
        _by_colleague(SQL("attendee.create_uid")),
        SQL(" AND ").join(conditions),
    )


def _by_colleague(author):
    """:return: SQL of the condition that the organiser, a colleague or Odoo itself has
    written something
    """
    return SQL(
        """(%(author)s = organiser.id
            OR COALESCE(%(author)s, %(odoo)s) = %(odoo)s
            OR EXISTS (
               SELECT FROM res_company_users_rel works
                 JOIN res_users colleague ON colleague.id = works.user_id
                WHERE works.user_id = %(author)s
                  AND works.cid = organiser.company_id
                  AND NOT colleague.share))""",
        author=author,
        odoo=SUPERUSER_ID,
    )


def _meeting(scope):
    """One row per meeting and client, until the as-of day."""
    over = scope.until(SQL("event.stop::date"))
    return SQL(
        "SELECT client_id AS partner_id, stop FROM (%s) held",
        held(over, company=scope.company, clients=scope.clients),
    )


MEETING = Source("meeting", _meeting)
FIGURES = (Figure("last_meeting_date", "meeting", SQL("MAX(stop::date)")),)
