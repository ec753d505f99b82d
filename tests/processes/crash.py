"""A process that is killed while it computes figures: the next run makes them right."""

import random

import mass
from stage import check, scenario

from odoo.tools import SQL

# Rows that wait for one client and company: the queue is append-only.
QUEUED = 60

# Invoices of about half of the clients cost more now; their figures do not know yet.
CHANGE = """
    UPDATE account_move move
       SET amount_untaxed_signed = amount_untaxed_signed + 1
      FROM (SELECT id FROM res_partner WHERE ref = %s AND random() < 0.5) client
     WHERE client.id = move.commercial_partner_id AND random() < 0.3
 RETURNING move.commercial_partner_id, move.company_id
"""


@scenario("Killed in the middle of a refresh")
def killed_refresh(stage):
    """The nightly cron, which commits company by company."""
    return _play(stage, lambda env: env["client.metric"]._cron_refresh(), _change)


@scenario("Killed in the middle of a drain")
def killed_drain(stage):
    """The cron of the queue, which commits a part of the rows after the other."""
    return _play(
        stage,
        lambda env: env["client.metric.queue"]._cron_drain(pause=0),
        _change_and_queue,
    )


def _play(stage, run, prepare):
    """Kill `run` again and again; :return: the figures of the line"""
    books, times = stage.addon, stage.size(4, 50)
    clients, invoices = stage.size((500, 9_000), (20_000, 200_000))
    mass.ensure(books, clients, invoices)

    def cron(worker):
        return worker.cron(run)

    prepare(books)
    [whole] = books.together(cron)
    books.check_figures()
    in_the_middle = partly = 0
    for number in range(times):
        prepare(books)
        before = _wrong(books)
        moment = whole.seconds * (number + random.random()) / times
        if books.kill(cron, moment):
            in_the_middle += 1
            partly += 0 < _wrong(books) < before
        books.together(cron)
        books.check_figures(drain=False)
    figures = (
        f"{invoices} invoices of {clients} clients in {mass.COMPANIES} companies,"
        f" {whole.seconds:.2f} s a run: killed {in_the_middle} times of {times} in the"
        f" middle, {partly} times with a part committed; nothing lost"
    )
    check(in_the_middle >= times / 2, figures)
    return figures


def _change(books):
    with books.environment() as env:
        env.cr.execute(CHANGE, [mass.REF])


def _change_and_queue(books):
    with books.environment() as env:
        env.cr.execute(
            SQL(
                """
                WITH changed AS (%s)
                INSERT INTO client_metric_queue (partner_id, company_id)
                SELECT commercial_partner_id, company_id
                  FROM (SELECT DISTINCT * FROM changed) pair,
                       generate_series(1, %s)
              ORDER BY commercial_partner_id
                """,
                SQL(CHANGE, mass.REF),
                QUEUED,
            )
        )


def _wrong(books):
    """:return: how many clients have figures that differ from their documents"""
    with books.environment() as env:
        found = env["client.metric"].verify(env["res.company"].search([]))
    return sum(map(len, found.values()))
