"""Figures and classes computed by several processes at the same time."""

from functools import partial

import mass
from harness import FORK
from stage import failures, post, scenario

from odoo.tools import SQL


@scenario("Two refreshes of a company at the same time")
def two_refreshes(stage):
    """A rank depends on everybody: of two clients, and on what the other process does.

    Neither of the two changes alone lets one client pass the other.
    """
    books, rounds = stage.addon, stage.size(2, 20)
    again = 0
    for _round in range(rounds):
        company, invoices = _company(books, 10**12, 200, 100)
        clients = list(invoices)
        _set_amount(books, invoices[clients[1]], 150)
        _set_amount(books, invoices[clients[2]], 160)
        outcomes = books.together(
            *(partial(_refresh, company=company, client=one) for one in clients[1:])
        )
        again += failures(outcomes)
        books.check_figures()
    return f"{rounds} times: ranks are right; tried again {again} times"


def _refresh(worker, company, client):
    worker.request(
        lambda env: env["client.metric"]._refresh(
            env["res.company"].browse(company), [client]
        ),
        at_once=True,
    )


def _company(books, *amounts):
    """:return: id of a new company, and ids of invoices of these amounts by client"""
    invoices = {}
    for _amount in amounts:
        client = books.client()
        [[invoices[client]]] = books.drafts(client, 1, 1)
    ids = list(invoices.values())
    books.together(lambda worker: worker.request(post(ids)))
    with books.environment() as env:
        company = env["res.company"].create({"name": f"Company of {ids[0]}"})
        env.cr.execute(
            SQL(
                "UPDATE account_move SET company_id = %s WHERE id = ANY(%s)",
                company.id,
                ids,
            )
        )
    for invoice, amount in zip(ids, amounts, strict=True):
        _set_amount(books, invoice, amount)
    with books.environment() as env:
        env["client.metric"]._cron_refresh()
    return company.id, invoices


def _set_amount(books, invoice, amount):
    with books.environment() as env:
        env.cr.execute(
            SQL(
                "UPDATE account_move SET amount_untaxed_signed = %s WHERE id = %s",
                amount,
                invoice,
            )
        )


@scenario("Everything at the same time")
def everything(stage):
    """The nightly refresh, two drains, and people who post, refresh and merge."""
    books, times = stage.addon, stage.size(3, 40)
    clients, invoices = stage.size((500, 9_000), (20_000, 200_000))
    mass.ensure(books, clients, invoices)
    with books.environment() as env:
        ids = env["res.partner"].search([("ref", "=", mass.REF)], order="id").ids
    posted = [ids[number] for number in range(5)]
    drafts = [batch for client in posted for batch in books.drafts(client, times, 1)]
    merged = [books.client() for _number in range(2 * times)]
    people = [
        partial(_post, batches=drafts),
        partial(_press_refresh, clients=posted * times),
        partial(_merge, clients=merged, into=posted),
    ]
    crons = [_refresh_all, _drain, _drain]
    left = FORK.Semaphore(0)  # one for each of the people who have finished
    outcomes = books.together(
        *(partial(_finish, job=job, left=left) for job in people),
        *(partial(_repeat, cron=cron, left=left, people=len(people)) for cron in crons),
    )
    books.check_posted(drafts)
    books.check_figures()
    again = [outcome.failures.total() for outcome in outcomes]
    runs = [outcome.value for outcome in outcomes[len(people) :]]
    return (
        f"{len(drafts)} postings, {len(posted) * times} refreshes by hand,"
        f" {len(merged)} merges, tried again {again[0]}, {again[1]}, {again[2]} times;"
        f" meanwhile {runs[0]} nightly refreshes, {runs[1]} and {runs[2]} drains"
    )


def _finish(worker, job, left):
    worker.meet()
    try:
        job(worker)
    finally:
        left.release()


def _repeat(worker, cron, left, people):
    """Run a cron while somebody is at work; :return: how often"""
    worker.meet()
    runs = 0
    while left.get_value() < people:
        worker.cron(cron)
        runs += 1
    return runs


def _refresh_all(env):
    env["client.metric"]._cron_refresh()


def _drain(env):
    env["client.metric.queue"]._cron_drain(pause=0)


def _post(worker, batches):
    for ids in batches:
        worker.request(post(ids))


def _press_refresh(worker, clients):
    for client in clients:
        worker.request(
            lambda env, client=client: (
                env["res.partner"].browse(client).action_refresh_client_figures()
            )
        )


def _merge(worker, clients, into):
    for number, client in enumerate(clients):
        target = into[number % len(into)]
        worker.request(
            lambda env, pair=(client, target): env[
                "base.partner.merge.automatic.wizard"
            ]._merge(list(pair), env["res.partner"].browse(pair[1]))
        )
