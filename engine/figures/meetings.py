"""The definition of a held meeting, for figures, rules and the queue.

`last_meeting_date`: day of the last meeting that had ended on the as-of day. It is the
day of the company, see `engine.zone`. A meeting of whole days ends with its last day.
"""

from odoo import SUPERUSER_ID
from odoo.fields import Datetime
from odoo.tools import SQL

from ..catalogue import Figure, Source
from ..scope import company_tree, in_company, of_clients
from ..zone import local_day, start_of_day, zone_of


def held(env, *, since=None, company=None, clients=None):
    """The query of held meetings, one row per meeting and client; without a company,
    one row per meeting, client and company that counts it.

    A meeting counts for each client that attends it and has not declined it, for the
    company of its organiser. It only counts if users of this company have created it,
    have changed it last and have invited the client. A user of another company may be
    able to write in this calendar, but must not change figures of the company.

    :param datetime since: in UTC; only meetings that ended after this time
    :param company: `res.company`, which has the meetings of its branches as well, or
        None for all
    :param clients: ids of commercial partners, or None for all
    :return: SQL of a SELECT of `client_id`, `company_id`, `event_id`, `stop`, the time
        (UTC) of its end, and `day`, the date of its end in the company
    """
    if company is None:
        counts, company_id, zone = _counting(env), SQL("counts.id"), SQL("counts.zone")
    else:
        counts, company_id = SQL(), SQL("organiser.company_id")
        zone = SQL("%s", zone_of(company))
    # Odoo stores days without a time zone as 18:00 of the last day.
    ended = SQL(
        "CASE WHEN event.allday THEN %s ELSE event.stop END",
        start_of_day(SQL("event.stop::date + 1"), zone),
    )
    day = SQL(
        "CASE WHEN event.allday THEN event.stop::date ELSE %s END",
        local_day(SQL("event.stop"), zone),
    )
    conditions = [SQL("%s <= %s", ended, Datetime.now())]
    if since:
        # The start has an index, the end has none. No meeting takes more than 31 days.
        conditions.append(
            SQL("event.start > %s::timestamp - interval '31 days'", since)
        )
        conditions.append(SQL("%s > %s", ended, since))
    if company:
        conditions.append(in_company(SQL("organiser.company_id"), company))
    conditions.append(of_clients(SQL("partner.commercial_partner_id"), clients))
    return SQL(
        """
        SELECT partner.commercial_partner_id AS client_id,
               %s AS company_id, event.id AS event_id, %s AS stop, %s AS day
          FROM calendar_event event
          JOIN res_users organiser ON organiser.id = event.user_id
          JOIN calendar_attendee attendee ON attendee.event_id = event.id
          JOIN res_partner partner ON partner.id = attendee.partner_id
               %s
         WHERE event.active
           AND attendee.state != 'declined'
           AND partner.partner_share
           AND %s
           AND %s
           AND %s
        """,
        company_id,
        ended,
        day,
        counts,
        SQL(
            "%s AND %s",
            _by_colleague(SQL("event.create_uid")),
            _by_colleague(SQL("event.write_uid")),
        ),
        _by_colleague(SQL("attendee.create_uid")),
        SQL(" AND ").join(conditions),
    )


def _counting(env):
    """:return: SQL of a join of the companies that count the meetings of an organiser:
    his company and those above it, each with its time zone
    """
    companies = env["res.company"].sudo().search([("active", "=", True)])
    zone = {company.id: zone_of(company) for company in companies}
    pairs = [pair for pair in company_tree(companies).pairs() if pair[1] in zone]
    return SQL(
        """JOIN unnest(%s::int[], %s::int[], %s::varchar[])
                AS counts(branch_id, id, zone)
             ON counts.branch_id = organiser.company_id""",
        [branch for branch, _above in pairs],
        [above for _branch, above in pairs],
        [zone[above] for _branch, above in pairs],
    )


def _by_colleague(author):
    """:return: SQL of the condition that `author` is the organiser, a colleague or Odoo
    itself
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
    return SQL(
        "SELECT client_id AS partner_id, day FROM (%s) held WHERE %s AND %s",
        held(scope.company.env, company=scope.company, clients=scope.clients),
        scope.until(SQL("day")),
        scope.is_client(SQL("client_id"), SQL("company_id")),
    )


MEETING = Source("meeting", _meeting)
FIGURES = (Figure("last_meeting_date", "meeting", SQL("MAX(day)")),)
