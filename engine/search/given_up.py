"""Stop queries whose result nobody waits for any more.

PostgreSQL notices only when it sends rows that its connection is lost (for example
because the worker was killed). With this setting it checks once per second.
"""

import psycopg2

from odoo.tools import SQL

MINIMUM = 140_000  # PostgreSQL 14 knows the setting
INTERVAL = 1000  # milliseconds


def can_end(cr):
    """:return: whether this PostgreSQL can check the connection during a query"""
    if cr._cnx.server_version < MINIMUM:
        return False
    try:  # PostgreSQL refuses the setting on systems that do not support it
        with cr.savepoint(flush=False):
            end_with_client(cr)
    except psycopg2.Error:
        return False
    return True


def end_with_client(cr):
    """Make the queries of this transaction stop when their connection is lost. Only
    valid if `can_end`. It needs no special rights and works on read-only connections.
    """
    cr.execute(SQL("SET LOCAL client_connection_check_interval = %s", INTERVAL))
