"""The queue of clients whose figures are to be computed again.

Rows are only ever added, in the transaction that changed something: two of them never
wait for each other. Who computes the figures takes rows away in the same transaction.
"""

from odoo.tools import SQL

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


def note_business(env, company, news):
    """Keep when there was new business with clients, also if it is cancelled later.

    What people decide by hand stands until that moment; by the date a client is quiet.

    :param news: moment (UTC) and date by id of the client
    """
    env.cr.execute(
        SQL(
            """
            UPDATE client_metric metric
               SET business_at = GREATEST(metric.business_at, news.at),
                   business_date = GREATEST(metric.business_date, news.date)
              FROM unnest(%s::int[], %s::timestamp[], %s::date[])
                   AS news(client_id, at, date)
             WHERE metric.company_id = %s
               AND metric.partner_id = news.client_id
               AND (news.at > COALESCE(metric.business_at, '-infinity')
                    OR news.date > COALESCE(metric.business_date, '-infinity'))
            """,
            list(news),
            [at for at, _date in news.values()],
            [date for _at, date in news.values()],
            company.id,
        )
    )
    env["client.metric"].invalidate_model(["business_at", "business_date"])
