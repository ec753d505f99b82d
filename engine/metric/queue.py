"""The queue of clients whose figures are to be computed again.

Rows are only ever added, in the transaction that changed something: two of them never
wait for each other. Who computes the figures takes rows away in the same transaction.
"""

from odoo.tools import SQL

from ..figures.meetings import held

QUEUE = """
    INSERT INTO client_metric_queue (partner_id, company_id, business_date, business_at)
    SELECT client, company, date, CASE WHEN date IS NOT NULL THEN %(now)s::timestamp END
      FROM unnest(%(clients)s::int[], %(companies)s::int[], %(dates)s::date[])
           AS queued(client, company, date)
"""
# What the trigger of an `ir.cron` is, unless it is switched off.
TRIGGER = """
    INSERT INTO ir_cron_trigger (cron_id, call_at)
    SELECT id, %(now)s FROM ir_cron WHERE id = %(cron)s AND active
"""


def add(env, pairs, business=None, now=None, cron=None):
    """Queue clients, and call the cron that drains the queue: one query.

    :param pairs: `(id of a commercial partner, id of a company)` each, at least one
    :param business: for those of the pairs with new business, a document that has
        never been posted before: its date
    :param datetime now: when that was, in UTC
    :param cron: id of the `ir.cron`, or None when it need not be called
    """
    business = business or {}
    pairs = sorted(pairs)
    query = SQL(
        QUEUE,
        now=now,
        clients=[client for client, _company in pairs],
        companies=[company for _client, company in pairs],
        dates=[business.get(pair) for pair in pairs],
    )
    if cron:
        query = SQL("WITH queued AS (%s) %s", query, SQL(TRIGGER, now=now, cron=cron))
    env.cr.execute(query)


def call(cr, cron, now):
    """Call the cron that drains the queue."""
    cr.execute(SQL(TRIGGER, now=now, cron=cron))


def claim(env):
    """Ask to be the only one who takes rows, until the end of the transaction.

    :return: whether nobody else does
    """
    env.cr.execute("SELECT pg_try_advisory_xact_lock(hashtext('client_metric_queue'))")
    return env.cr.fetchone()[0]


def take(env, limit):
    """Take the oldest rows out of the queue.

    :return: `(id of a commercial partner, id of a company, moment and date of new
        business or None)` each
    """
    return env.execute_query(
        SQL(
            # Up to an id: a join would be planned by what PostgreSQL last knew of a
            # table that is empty now and full then.
            """
            DELETE FROM client_metric_queue
             WHERE id <= (SELECT MAX(id)
                            FROM (SELECT id FROM client_metric_queue
                                ORDER BY id LIMIT %s) oldest)
         RETURNING partner_id, company_id, business_at, business_date
            """,
            limit,
        )
    )


def companies(env, clients):
    """:return: ids of the companies that have figures of one of these clients (ids),
    or will have them
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


def enqueue_held(env, now, since=None):
    """Queue the clients of meetings that are over and that it does not know yet.

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
            held(SQL("event.stop <= %s", now), since=since),
        )
    )
    return env.cr.rowcount


def keep_last_business(env, company, last_business):
    """Keep when there was new business with clients, also if it is cancelled later.

    What a person sets by hand stands until that moment. The date tells how long a
    client has been quiet.

    :param last_business: moment (UTC) and date by id of the client
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
