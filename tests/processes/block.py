"""Postings while somebody blocks the client: none gets through after the block."""

import random
import time
from functools import partial

from stage import check, failures, post, scenario

from odoo.exceptions import UserError

ROUNDS = 20  # by one pair of processes


@scenario("One process posts while another blocks the client")
def block_race(stage):
    return _race(stage)


@scenario("One process posts in a branch while another blocks at its company")
def block_branch_race(stage):
    return _race(stage, stage.addon.branch())


def _race(stage, company=None):
    """Both processes start together. The blocking process waits for a random part of
    the duration of a posting.

    In one of five rounds the posting starts late, in another one the blocking. So both
    orders occur also on a busy machine.
    """
    books, rounds = stage.addon, stage.size(12, 200)
    clients = [books.client() for _round in range(rounds)]
    drafts = [books.drafts(client, 1, 2, company)[0] for client in clients]
    with books.environment() as env:
        on_hold = env["client.status"].create(
            {"name": f"On hold {company}", "blocks_documents": True}
        )
        ways = [_flag, _status(on_hold.id), _bulk_flag, _bulk_status(on_hold.id)]

    def poster(worker, numbers):
        return [
            worker.request(
                _try_to_post(drafts[number], 0.5 if number % 5 == 0 else 0),
                at_once=True,
            )
            for number in numbers
        ]

    def blocker(worker, numbers):
        ends = []
        for number in numbers:
            block = ways[number % len(ways)]
            late = 1 if number % 5 == 1 else 0
            ends.append(
                worker.request(
                    _after_a_while(block, clients[number], late), at_once=True
                )
            )
        return ends

    posted, blocked, outcomes = [], [], []
    for start in range(0, rounds, ROUNDS):
        numbers = range(start, min(start + ROUNDS, rounds))
        both = books.together(
            partial(poster, numbers=numbers), partial(blocker, numbers=numbers)
        )
        posted += both[0].value
        blocked += both[1].value
        outcomes += both
    late = [
        number
        for number, (posting, blocking) in enumerate(zip(posted, blocked, strict=True))
        if posting and posting > blocking
    ]
    with books.environment() as env:
        for number, ids in enumerate(drafts):
            states = set(env["account.move"].browse(ids).mapped("state"))
            expected = {"posted" if posted[number] else "draft"}
            check(states == expected, f"round {number}: {states}")
    before = sum(map(bool, posted))
    figures = (
        f"{rounds} rounds: {before} posted before the block, {rounds - before} refused,"
        f" {failures(outcomes)} tried again"
    )
    check(not late, f"{figures}; POSTED AFTER THE BLOCK: rounds {late}")
    check(0 < before < rounds, f"{figures}; one of them was always first")
    books.check_figures()
    return figures


def _try_to_post(ids, late):
    """:return: when the posting was about to be committed, None if it is refused"""

    def run(env):
        time.sleep(late)
        try:
            post(ids)(env)
            env.cr.flush()
            return time.perf_counter()
        except UserError as error:
            assert "block" in str(error), error
            env.cr.rollback()
            return None

    return run


def _after_a_while(block, client, late):
    """:return: when the block was about to be committed"""

    def run(env):
        time.sleep(late + random.uniform(0, 0.15))
        block(env, client)
        env.cr.flush()
        return time.perf_counter()

    return run


def _flag(env, client):
    env["res.partner"].browse(client).write(
        {"client_blocked": True, "client_blocked_reason": "Unpaid"}
    )


def _status(status):
    def block(env, client):
        env["res.partner"].browse(client).client_status_id = status

    return block


def _bulk_flag(env, client):
    _bulk(env, "block", {"reason": "Unpaid"}, client)


def _bulk_status(status):
    return lambda env, client: _bulk(env, "status", {"value": status}, client)


def _bulk(env, action, values, client):
    env["client.bulk.operation"]._start(action, values, [client], "Test")
