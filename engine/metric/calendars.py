"""The clients in the calendars of users, whose meetings depend on these users."""

from odoo.tools import SQL


def clients_in_calendars(env, users, partners):
    """The clients of the meetings that users have organised, written or attended.

    :param users: ids of `res.users`
    :param partners: ids of the `res.partner` of these users
    :return: set of pairs of ids: client, and company of the organiser
    """
    if not users:
        return set()
    for name in ("calendar.event", "calendar.attendee", "res.users", "res.partner"):
        env[name].flush_model()
    rows = env.execute_query(
        SQL(
            """
            SELECT DISTINCT partner.commercial_partner_id, organiser.company_id
              FROM calendar_event event
              JOIN res_users organiser ON organiser.id = event.user_id
              JOIN calendar_attendee attendee ON attendee.event_id = event.id
              JOIN res_partner partner ON partner.id = attendee.partner_id
             WHERE event.user_id = ANY(%(users)s)
                OR event.create_uid = ANY(%(users)s)
                OR event.write_uid = ANY(%(users)s)
                OR attendee.create_uid = ANY(%(users)s)
                OR attendee.partner_id = ANY(%(partners)s)
            """,
            users=list(users),
            partners=list(partners),
        )
    )
    return set(rows)


def internal_users(env):
    """:return: set of ids of the internal users"""
    env["res.users"].flush_model(["share"])
    query = SQL("SELECT id FROM res_users WHERE share IS NOT TRUE")
    return {user for (user,) in env.execute_query(query)}
