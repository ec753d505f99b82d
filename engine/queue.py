"""The queue of clients whose figures are to be computed again.

Rows are only ever added, in the transaction that changed something: two of them never
wait for each other. Who computes the figures takes rows away in the same transaction.
"""

from odoo.tools import SQL


def add(env, pairs):
    """Queue clients.

    :param pairs: `(id of a commercial partner, id of a company)` each, at least one
    """
    env.cr.execute(
        SQL(
            "INSERT INTO client_metric_queue (partner_id, company_id) VALUES %s",
            SQL(", ").join(SQL("%s", pair) for pair in sorted(pairs)),
        )
    )


def claim(env):
    """Ask to be the only one who takes rows, until the end of the transaction.

    :return: whether nobody else does
    """
    env.cr.execute("SELECT pg_try_advisory_xact_lock(hashtext('client_metric_queue'))")
    return env.cr.fetchone()[0]


def take(env, limit):
    """Take the oldest rows out of the queue.

    :return: `(id of a commercial partner, id of a company)` each
    """
    return env.execute_query(
        SQL(
            """
            DELETE FROM client_metric_queue
             WHERE id IN (SELECT id FROM client_metric_queue ORDER BY id LIMIT %s)
         RETURNING partner_id, company_id
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
