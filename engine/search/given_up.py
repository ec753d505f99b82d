"""A query that nobody waits for any more ends.

PostgreSQL notices that its client has gone (a worker that was killed, a lost network)
only when it has rows to send. Until then it goes on; here it looks once a second.
"""

import psycopg2

from odoo.tools import SQL

MINIMUM = 140_000  # PostgreSQL 14 knows the setting
INTERVAL = 1000  # milliseconds


def can_end(cr):
    """:return: whether this PostgreSQL can look for its client while it works"""
    if cr._cnx.server_version < MINIMUM:
        return False
    try:  # some systems cannot, and PostgreSQL refuses the setting there
        with cr.savepoint(flush=False):
            end_with_client(cr)
    except psycopg2.Error:
        return False
    return True


def end_with_client(cr):
    """Let the queries from now until the end of the transaction end when their client
    has gone. Needs `can_end`; no rights, and works on read-only connections.
    """
    cr.execute(SQL("SET LOCAL client_connection_check_interval = %s", INTERVAL))
