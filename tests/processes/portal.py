"""Customers of the portal who call whatever RPC lets them call, while others post."""

import itertools
import threading
from collections import Counter
from copy import deepcopy
from functools import partial
from importlib import import_module

from harness import FORK
from stage import check, failures, post, scenario

from odoo import SUPERUSER_ID, Command, api
from odoo.service.model import call_kw, retrying

POSTERS, THREADS = 4, 3
CLIENTS = 5
WALK = "odoo.addons.client_segmentation.tests.safety.rpc_walk"
# What changes much if it is written.
VALUES = (
    {"blocks_documents": True},
    {"client_blocked": True, "client_blocked_reason": "x"},
    {"client_status_id": 1, "state": "posted", "name": "x"},
    [],
    "x",
)
FOREIGN = ([], [1], [1, 2, 3])
# What the customers must not write.
GATES = "SELECT COALESCE(SUM(version), 0) FROM client_block_gate"


@scenario("Three threads of a portal customer call everything while four post")
def portal_calls(stage):
    """No posting fails, and none has to be tried again more often than in stock Odoo,
    where the threads call what there is of the same methods.
    """
    size = stage.size(30, 100)
    calls = {"addon": _calls(stage.addon)}
    calls["stock"] = [call for call in calls["addon"] if _is_there(stage.stock, call)]
    walked = {(model, name) for model, name, _arguments in calls["addon"]}
    before = _gates(stage.addon)
    figures, tried_again = [], {}
    for name, threads in (("stock", 0), ("stock", THREADS), ("addon", THREADS)):
        books = stage.both()[name]
        batches = _batches(books, size)
        seconds, again, called = _play(books, batches, calls[name], threads)
        books.check_posted(batches)
        tried_again[name] = max(again, tried_again.get(name, 0))
        beside = f"{called} calls" if threads else "no calls"
        figures.append(
            f"{name} {POSTERS * size / seconds:.1f} a second beside {beside}, "
            f"{again} tried again"
        )
        check(not threads or called, f"no thread has called {name}")
    stage.addon.check_figures()
    text = f"{POSTERS * size} invoices, {len(walked)} methods: {'; '.join(figures)}"
    check(_gates(stage.addon) == before, f"{text}; gates are closed")
    check(tried_again["addon"] <= tried_again["stock"], text)
    return text


def _calls(books):
    """:return: list of model, method and arguments: everything that a file of ours
    defines, as `rpc_walk` finds it
    """
    walk = import_module(WALK)
    with books.environment() as env:
        found = [
            (model, name, walk.is_about_model(env[model], name), count)
            for model, name in walk.public_methods(env)
            for count in [walk.parameters(env[model], name)]
        ]
    return [
        (model, name, [*([] if about_model else [ids]), *[value] * count])
        for model, name, about_model, count in found
        for ids in (FOREIGN[:1] if about_model else FOREIGN)
        for value in (VALUES if count else VALUES[:1])
    ]


def _is_there(books, call):
    model, name, _arguments = call
    return callable(getattr(books.registry.get(model), name, None))


def _gates(books):
    with books.environment() as env:
        env.cr.execute(GATES)
        return env.cr.fetchone()[0]


def _batches(books, size):
    """:return: lists of ids of drafts, one for each process: every other one is for a
    client that all of them post for, the rest for clients of their own who are new
    """
    known = books.client()
    books.together(partial(_post_each, ids=books.drafts(known, 1, 1)[0], over=None))
    shared = books.drafts(known, POSTERS, size // 2)
    batches = []
    for ids in shared:
        own = [books.client() for _client in range(CLIENTS)]
        new = [books.drafts(client, 1, size // 2 // CLIENTS)[0] for client in own]
        others = list(itertools.chain.from_iterable(new))
        pairs = itertools.zip_longest(ids, others)
        batches.append([one for pair in pairs for one in pair if one])
    return batches


def _play(books, batches, calls, threads):
    """Post the batches in processes, one invoice after the other, and call meanwhile.

    :return: seconds of the postings, how often they were tried again, number of calls
    """
    portal = _portal_user(books)
    over = [FORK.Event() for _batch in batches]
    jobs = [
        partial(_post_each, ids=ids, over=event)
        for ids, event in zip(batches, over, strict=True)
    ]
    if threads:
        jobs.append(
            partial(_call_all, portal=portal, calls=calls, threads=threads, over=over)
        )
    outcomes = books.together(*jobs)
    posters = outcomes[: len(batches)]
    called = sum(outcome.value for outcome in outcomes[len(batches) :])
    seconds = max(outcome.seconds for outcome in posters)
    return seconds, failures(posters), called


def _post_each(worker, ids, over):
    worker.meet()
    try:
        for one in ids:
            worker.request(post([one]))
    finally:
        if over:
            over.set()


def _portal_user(books):
    """:return: id of a user of the portal"""
    with books.environment() as env:
        users = env["res.users"].with_context(no_reset_password=True)
        login = "customer of the portal"
        found = users.search([("login", "=", login)])
        group = env.ref("base.group_portal")
        return (
            found
            or users.create(
                {"name": login, "login": login, "group_ids": [Command.set(group.ids)]}
            )
        ).id


def _call_all(worker, portal, calls, threads, over):
    """Call in threads until all have posted; :return: number of calls"""
    counts = Counter()

    def run(number):
        # Each begins elsewhere: in the end, all of them have called everything.
        start = number * len(calls) // threads
        for model, name, arguments in itertools.cycle(calls[start:] + calls[:start]):
            if all(event.is_set() for event in over):
                return
            _call(worker.database, portal, model, name, deepcopy(arguments))
            counts[number] += 1

    worker.meet()
    running = [threading.Thread(target=run, args=(n,)) for n in range(threads)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
    return counts.total()


def _call(database, portal, model, name, arguments):
    """One request as Odoo's server handles it: a transaction, retried, committed."""
    threading.current_thread().dbname = database.name
    database.registry.check_signaling()
    with database.registry.cursor() as cr:
        env = api.Environment(cr, portal, {})
        assert portal != SUPERUSER_ID
        context = {"client_visited_statuses": {}, "default_client_blocked": True}
        keywords = {"context": context}
        try:
            retrying(partial(call_kw, env[model], name, arguments, keywords), env)
        except Exception:  # a refusal, or the wrong arguments: all that is not ours
            cr.rollback()
