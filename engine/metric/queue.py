"""The queue of clients whose figures must be computed again.

A transaction that changes documents only inserts rows, so two such transactions never
wait for each other. The transaction that computes the figures deletes the rows.
"""

from contextlib import contextmanager

from odoo.tools import SQL

from ..figures.meetings import held
from ..scope import company_tree

CLAIM = SQL("hashtext('client_metric_queue')")

QUEUE = """
    INSERT INTO client_metric_queue (
        partner_id, company_id, business_date, business_at, reason)
    SELECT client, company, date,
           CASE WHEN date IS NOT NULL THEN %(now)s::timestamp END,
           CASE WHEN date IS NOT NULL THEN 'invoice' ELSE %(reason)s::varchar END
      FROM unnest(%(clients)s::int[], %(companies)s::int[], %(dates)s::date[])
           AS queued(client, company, date)
"""
# Triggers an `ir.cron`, unless it is inactive.
TRIGGER = """
    INSERT INTO ir_cron_trigger (cron_id, call_at)
    SELECT id, %(now)s FROM ir_cron WHERE id = %(cron)s AND active
"""


def add(env, pairs, business=None, now=None, cron=None, reason=None):
    """Queue clients and trigger the cron that processes the queue, in one query.

    :param pairs: at least one pair `(id of a commercial partner, id of a company)`
    :param business: dict of dates by pair, for pairs with a document that was posted
        for the first time
    :param datetime now: time of the posting, in UTC
    :param cron: id of the `ir.cron`; None if it does not need to be triggered
    :param reason: see `client.metric.queue`; pairs with a document have their own
    """
    business = business or {}
    pairs = sorted(pairs)
    query = SQL(
        QUEUE,
        now=now,
        reason=reason,
        clients=[client for client, _company in pairs],
        companies=[company for _client, company in pairs],
        dates=[business.get(pair) for pair in pairs],
    )
    if cron:
        query = SQL("WITH queued AS (%s) %s", query, SQL(TRIGGER, now=now, cron=cron))
    env.cr.execute(query)


def call(cr, cron, now):
    """Trigger the cron that processes the queue."""
    cr.execute(SQL(TRIGGER, now=now, cron=cron))


def claim(env):
    """Try to become the only transaction that takes rows, until the transaction ends.

    :return: whether this has succeeded
    """
    env.cr.execute(SQL("SELECT pg_try_advisory_xact_lock(%s)", CLAIM))
    return env.cr.fetchone()[0]


@contextmanager
def wait_for_claim(env):
    """Wait until nobody takes rows, and let nobody take rows meanwhile.

    A refresh whose turn comes after another one fails. Without this wait, it could fail
    each time, because those who take rows begin again at once.
    """
    # A lock of the session: the transaction that follows must see what the others have
    # committed while this one waited.
    env.cr.execute(SQL("SELECT pg_advisory_lock(%s)", CLAIM))
    env.cr.rollback()
    try:
        yield
    except BaseException:
        env.cr.rollback()  # PostgreSQL accepts no query in a failed transaction
        raise
    finally:
        env.cr.execute(SQL("SELECT pg_advisory_unlock(%s)", CLAIM))


def take(env, limit):
    """Take the oldest rows out of the queue.

    :return: list of tuples: id of a commercial partner, id of a company, reason or
        None, time of new business or None, its date or None
    """
    return env.execute_query(
        SQL(
            # With a limit on the id instead of a join: PostgreSQL would plan a join by
            # outdated statistics, because the table is sometimes full, sometimes empty.
            """
            DELETE FROM client_metric_queue
             WHERE id <= (SELECT MAX(id)
                            FROM (SELECT id FROM client_metric_queue
                                ORDER BY id LIMIT %s) oldest)
         RETURNING partner_id, company_id, reason, business_at, business_date
            """,
            limit,
        )
    )


def companies(env, clients):
    """:return: ids of the companies that have figures of at least one of these clients
    (ids), or have such a client in the queue
    """
    rows = env.execute_query(
        SQL(
            """
            SELECT company_id FROM client_metric WHERE partner_id = ANY(%(ids)s)
             UNION
            SELECT company_id FROM client_metric_queue WHERE partner_id = ANY(%(ids)s)
            """,
            ids=list(clients),
        )
    )
    return [company for (company,) in rows]


def enqueue_held(env, since=None):
    """Queue the clients of meetings that have ended and do not count in figures yet,
    for the company of each meeting and the companies above it.

    :param datetime since: only consider meetings that ended after this time
    :return: number of queued clients
    """
    env["calendar.event"].flush_model()
    env["calendar.attendee"].flush_model()
    companies = env["res.company"].sudo()
    counting = companies.search([("client_own_companies", "=", True)])
    env.cr.execute(
        SQL(
            """
            INSERT INTO client_metric_queue (
                partner_id, company_id, business_at, business_date)
            SELECT held.client_id, held.company_id, MAX(held.stop), MAX(held.day)
              FROM (%(held)s) held
         LEFT JOIN client_metric metric
                ON metric.partner_id = held.client_id
               AND metric.company_id = held.company_id
             WHERE held.client_id != ALL(%(own)s) OR held.company_id = ANY(%(counting)s)
          GROUP BY held.client_id, held.company_id
            HAVING MAX(held.stop) > COALESCE(MAX(metric.business_at), '-infinity')
                -- an invoice may have been posted since it ended
                OR MAX(held.day) > COALESCE(MAX(metric.last_meeting_date), '-infinity')
            """,
            held=held(env, since=since),
            own=list(company_tree(companies).partners),
            counting=counting.ids,
        )
    )
    return env.cr.rowcount


def keep_last_business(env, company, last_business):
    """Store the time and date of the last new business with clients. They stay when the
    document is cancelled later.

    A status that a person has set by hand is valid until this time. The date tells how
    long a client has been quiet.

    :param last_business: dict of pairs by id of the client: time (UTC) and date
    """
    env.cr.execute(
        SQL(
            """
            UPDATE client_metric metric
               SET business_at = GREATEST(metric.business_at, last.at),
                   business_date = GREATEST(metric.business_date, last.date)
              FROM unnest(%s::int[], %s::timestamp[], %s::date[])
                   AS last(client_id, at, date)
             WHERE metric.company_id = %s
               AND metric.partner_id = last.client_id
               AND (last.at > COALESCE(metric.business_at, '-infinity')
                    OR last.date > COALESCE(metric.business_date, '-infinity'))
            """,
            list(last_business),
            [at for at, _date in last_business.values()],
            [date for _at, date in last_business.values()],
            company.id,
        )
    )
    env["client.metric"].invalidate_model(["business_at", "business_date"])


def forget_invoices(env, clients, company):
    """Make invoices that wait in the queue old news: somebody decides about the clients
    now, and knows them. Call this before the metric table is written: a refresh locks
    both in this order too.
    """
    env.cr.execute(
        SQL(
            """
            UPDATE client_metric_queue SET reason = NULL
             WHERE partner_id = ANY(%s) AND company_id = %s AND reason = 'invoice'
            """,
            clients.ids,
            company.id,
        )
    )


def waiting_invoices(env, clients):
    """:param clients: ids
    :return: list of pairs of ids, client and company, with a new invoice in the queue
    """
    return env.execute_query(
        SQL(
            """
            SELECT DISTINCT partner_id, company_id FROM client_metric_queue
             WHERE partner_id = ANY(%s) AND reason = 'invoice'
            """,
            list(clients),
        )
    )


def merge_queue(env, sources, target):
    """Give the rows of merged clients to the remaining one, with their business. Their
    new invoices are none of the remaining client.
    """
    env.cr.execute(
        SQL(
            """
            UPDATE client_metric_queue
               SET partner_id = %s, reason = NULLIF(reason, 'invoice')
             WHERE partner_id = ANY(%s)
            """,
            target,
            list(sources),
        )
    )
