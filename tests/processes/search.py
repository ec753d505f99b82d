"""A client that is killed while it searches: PostgreSQL does not go on without it."""

import contextlib
import time

import psycopg2
from harness import FORK, Child
from stage import check, scenario

from odoo import sql_db

# A word that no index finds: the search that takes longest.
TEXT = "qx"
SECONDS = 10
WAITING = """
    SELECT pid
      FROM pg_stat_activity
     WHERE datname = current_database()
       AND wait_event_type = 'Lock'
       AND query LIKE '%FROM "res_partner"%'
       AND query LIKE '%ORDER BY "res_partner"."complete_name"%'
"""


@scenario("Killed in the middle of a search")
def killed_search(stage):
    """The search takes as long as one likes: it waits for a table that is locked."""
    with _waiting_search(stage.stock) as stock, _waiting_search(stage.addon) as addon:
        start = time.perf_counter()
        addon.child.kill(0)
        stock.child.kill(0)
        ended = _until(lambda: not addon.waiting())
        seconds = time.perf_counter() - start
        check(ended, f"PostgreSQL goes on after {SECONDS} s")
        # It is not that PostgreSQL always does so.
        check(stock.waiting(), "stock Odoo's search ended, too")
    return f"PostgreSQL gave it up after {seconds:.1f} s, and stock Odoo's not at all"


class _Search:
    """A search that waits, in a process of its own."""

    def __init__(self, connection, child):
        self.child = child
        self._cursor = connection.cursor()

    def waiting(self):
        """:return: whether PostgreSQL is at work for it"""
        self._cursor.execute(WAITING)
        return bool(self._cursor.fetchall())


@contextlib.contextmanager
def _waiting_search(database):
    with _connection(database) as locks, _connection(database) as looks:
        child = Child(database, _search, FORK.Barrier(1))
        try:
            locks.autocommit, looks.autocommit = False, True
            locks.cursor().execute("LOCK TABLE res_partner IN ACCESS EXCLUSIVE MODE")
            search = _Search(looks, child)
            check(_until(search.waiting), "the search does not wait")
            yield search
        finally:
            child.kill(0)
            locks.rollback()


def _search(worker):
    """Search again and again, each time as a request of its own."""
    while True:
        worker.request(lambda env: env["res.partner"].name_search(TEXT, limit=8))


def _connection(database):
    """:return: a connection that no process shares"""
    _name, info = sql_db.connection_info_for(database.name)
    return contextlib.closing(psycopg2.connect(**info))


def _until(condition):
    """:return: whether the condition is met in time"""
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.05)
    return False
