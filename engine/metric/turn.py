"""Refreshes of the same company run one after another; crons retry after conflicts."""

import random
import time
from contextlib import nullcontext

from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tools import SQL

from ..locks import check_rows

TURNS = 256
WAIT = 0.1  # maximum seconds before the second attempt; doubles before each next one


def take_turn(env, company):
    """Wait for another refresh of the company. If that one has written something, this
    transaction fails with a serialization error and has to be repeated.

    A rank depends on all clients. Two refreshes that do not see each other would write
    wrong ranks, and PostgreSQL would not notice it if they write different rows.
    """
    turn = SQL(
        "SELECT FROM client_metric_turn WHERE id = %s FOR NO KEY UPDATE", _turn(company)
    )
    env.cr.execute(turn)
    check_rows("client.metric.turn", env.cr.rowcount, 1)


def is_turn_free(env, company):
    """Take the turn if nobody has it.

    :return: whether nobody had it. A request does not wait for it: each time, it would
        see the state before the other refresh, and fail
    """
    turn = SQL(
        "SELECT FROM client_metric_turn WHERE id = %s FOR NO KEY UPDATE SKIP LOCKED",
        _turn(company),
    )
    env.cr.execute(turn)
    return bool(env.cr.rowcount)


def end_turn(env, company):
    """Make waiting refreshes fail, because their snapshot is now out of date."""
    env.cr.execute(
        SQL(
            "UPDATE client_metric_turn SET version = version + 1 WHERE id = %s",
            _turn(company),
        )
    )


def _turn(company):
    """:return: id of the row that refreshes of a company lock. They do not lock the row
    of the company itself, because other transactions write it
    """
    return company.id % TURNS + 1


def again(env, run, attempts=5, alone=None):
    """Run a function in a cron. Repeat it after a conflict with another transaction.

    Odoo repeats requests after a serialization error or a deadlock, but not crons.
    Everything before in the same transaction must be committed.

    :param alone: context manager around each attempt after the first one; it takes the
        environment and keeps away those who could conflict again and again
    :return: the result of `run()`
    """
    for attempt in range(1, attempts + 1):
        try:
            with alone(env) if alone and attempt > 1 else nullcontext():
                return run()
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            env.cr.rollback()
            if attempt == attempts:
                raise
            # A random time, or the same two transactions would conflict again.
            time.sleep(random.uniform(0, WAIT * 2 ** (attempt - 1)))
