"""The rules of the status while several people invoice the same new client."""

import math
from functools import partial

from posting import post_each
from stage import check, failures, scenario

PROCESSES = 4


@scenario("Four processes post for the same new client")
def four_post(stage):
    """They all begin before the first has ended; after that everybody goes on alone."""
    return _play(stage)


@scenario("Four processes post while a fifth edits the client")
def four_post_one_edits(stage):
    """A person changes the phone number all the time."""
    return _play(stage, editing=True)


def _play(stage, editing=False):
    """:return: the figures of the line"""
    clients, batches, size = stage.size((3, 3, 2), (3, 10, 10))
    again, edits_again = {}, {}
    for name, books in stage.both().items():
        again[name] = edits_again[name] = 0
        for _client in range(clients):
            client = books.client()
            drafts = books.drafts(client, PROCESSES * batches, size)
            jobs = [
                partial(_post, batches=drafts[first::PROCESSES])
                for first in range(PROCESSES)
            ]
            if editing:
                jobs.append(partial(_edit, client=client, times=batches))
            outcomes = books.together(*jobs)
            again[name] += failures(outcomes[:PROCESSES])
            edits_again[name] += failures(outcomes[PROCESSES:])
            books.check_posted(drafts)
            if editing:
                _check_edited(books, client, batches)
            if books is stage.addon:
                _check_activated(books, client)
    stage.addon.check_figures()
    figures = (
        f"{clients} times {PROCESSES * batches * size} invoices: one change each;"
        " serialization failures {addon}, stock {stock}".format(**again)
    )
    if editing:
        figures += " (of the person {addon}, stock {stock})".format(**edits_again)
    ours, theirs = again["addon"], again["stock"]
    # Who writes first is chance when a person writes, too.
    chance = 2 * math.sqrt(theirs) if editing else 0
    check(ours <= theirs + chance, figures)
    return figures


def _post(worker, batches):
    post_each(worker, batches[:1])
    post_each(worker, batches[1:], at_once=False)


def _edit(worker, client, times):
    for number in range(1, times + 1):
        worker.request(
            lambda env, phone=f"+41 44 100 00 {number:02}": (
                env["res.partner"].browse(client).write({"phone": phone})
            ),
            at_once=number == 1,
        )


def _check_edited(books, client, times):
    with books.environment() as env:
        phone = env["res.partner"].browse(client).phone
    check(phone == f"+41 44 100 00 {times:02}", f"the phone number is {phone}")


def _check_activated(books, client):
    changes = books.changes(client)
    check(changes == [("Prospect", "Active")], f"the journal says {changes}")
    check(books.status(client) == "Active", "the client is not active")
