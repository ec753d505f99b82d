"""Refreshes of the same company take turns, and crons try again."""

import random
import time

from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tools import SQL

from ..locks import check_rows

TURNS = 256
WAIT = 0.1  # seconds, at most, before the second attempt; twice as long before the next


def take_turn(env, company):
    """Wait for another refresh of the company; fail to serialize if it has written.

    A rank depends on everybody: two refreshes that do not see each other would write
    ranks that were never right, and perhaps no row in common.
    """
    turn = SQL(
        "SELECT FROM client_metric_turn WHERE id = %s FOR NO KEY UPDATE", _turn(company)
    )
    env.cr.execute(turn)
    check_rows("client.metric.turn", env.cr.rowcount, 1)


def end_turn(env, company):
    """Let those fail that wait for this refresh: what they see is out of date."""
    env.cr.execute(
        SQL(
            "UPDATE client_metric_turn SET version = version + 1 WHERE id = %s",
            _turn(company),
        )
    )


def _turn(company):
    """:return: id of the row that refreshes of a company lock; not the company's own,
    which other people write meanwhile
    """
    return company.id % TURNS + 1


def again(env, run, attempts=5):
    """Run something in a cron, again when another transaction was faster.

    Odoo repeats requests that fail to serialize or meet in a deadlock, but not crons.
    What ran before in the same transaction must be committed.

    :return: what `run()` returns
    """
    for attempt in range(1, attempts + 1):
        try:
            return run()
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            env.cr.rollback()
            if attempt == attempts:
                raise
            # By chance, or two who have met would meet again.
            time.sleep(random.uniform(0, WAIT * 2 ** (attempt - 1)))
