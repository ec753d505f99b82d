"""Figures and classes computed by several processes at the same time."""

from functools import partial

import mass
from stage import failures, post, scenario

from odoo.tools import SQL


@scenario("Two refreshes of a company at the same time")
def two_refreshes(stage):
    """A rank depends on everybody: of two clients, and on what the other process does.

    Neither of the two changes alone lets one client pass the other.
    """
    books, rounds = stage.addon, stage.size(3, 20)
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
    books, times = stage.addon, stage.size(4, 40)
    clients, invoices = stage.size((800, 15_000), (20_000, 200_000))
    mass.ensure(books, clients, invoices)
    with books.environment() as env:
        ids = env["res.partner"].search([("ref", "=", mass.REF)], order="id").ids
    posted = [ids[number] for number in range(5)]
    drafts = [batch for client in posted for batch in books.drafts(client, times, 1)]
    merged = [books.client() for _number in range(2 * times)]
    outcomes = books.together(
        partial(
            _run, times=times, run=lambda env: env["client.metric"]._cron_refresh()
        ),
        partial(_run, times=times, run=_drain),
        partial(_run, times=times, run=_drain),
        partial(_post, batches=drafts),
        partial(_press_refresh, clients=posted * times),
        partial(_merge, clients=merged, into=posted),
    )
    books.check_posted(drafts)
    books.check_figures()
    names = ("refresh", "drain", "drain", "posting", "button", "merge")
    counts = ", ".join(
        f"{name} {outcome.failures.total() + (outcome.value or 0)}"
        for name, outcome in zip(names, outcomes, strict=True)
    )
    return f"{len(drafts)} posted, {len(merged)} merged; tried again: {counts}"


def _drain(env):
    env["client.metric.queue"]._cron_drain()


def _run(worker, times, run):
    worker.meet()
    for _time in range(times):
        worker.cron(run)


def _post(worker, batches):
    worker.meet()
    for ids in batches:
        worker.request(post(ids))


def _press_refresh(worker, clients):
    worker.meet()
    for client in clients:
        worker.request(
            lambda env, client=client: env["client.metric"]._refresh(
                env.company, [client]
            )
        )


def _merge(worker, clients, into):
    worker.meet()
    for number, client in enumerate(clients):
        target = into[number % len(into)]
        worker.request(
            lambda env, pair=(client, target): env[
                "base.partner.merge.automatic.wizard"
            ]._merge(list(pair), env["res.partner"].browse(pair[1]))
        )
