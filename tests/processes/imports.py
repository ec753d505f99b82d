"""Postings while somebody imports blocked clients: nobody waits for the import."""

import time
from functools import partial

from stage import check, failures, post, scenario


@scenario("Postings go on while another process imports blocked clients")
def import_of_blocks(stage):
    """Twice: an import whose last row is wrong, and one that is good.

    The postings are for a client who shares a gate with the first one of the import.
    One that waits for another transaction for longer than half a second fails.
    """
    books, rows = stage.addon, stage.size(400, 1500)
    with books.environment() as env:
        names = [{"name": f"Imported {number}"} for number in range(rows)]
        imported = env["res.partner"].create(names).ids
        neighbour = imported[0] + env["client.block.gate"].search_count([])
        env.cr.execute("SELECT setval('res_partner_id_seq', %s, false)", [neighbour])
    client = books.client()
    check(client == neighbour, "they share no gate")
    figures = []
    for last in ("nine", "5"):
        batches = books.drafts(client, stage.size(60, 200), 1)
        importer, poster = books.together(
            partial(_import, clients=imported, last=last),
            partial(_post_all, batches=batches),
        )
        (began, ended, good), posted = importer.value, poster.value
        during = sum(began < moment < ended for moment in posted)
        figures.append(f"{during} posted during {ended - began:.1f} s")
        check(good == (last == "5"), f"the import with {last}: {good}")
        check(during > 1, f"{figures[-1]}: they did not meet")
        check(good or not failures([poster]), f"{failures([poster])} had to wait")
        check(failures([poster]) < 3, f"{failures([poster])} had to wait")
        books.check_posted(batches)
    with books.environment() as env:
        blocked = env["res.partner"].browse(imported).filtered("client_blocked")
    check(len(blocked) == rows, f"{len(blocked)} of {rows} are blocked")
    books.check_figures()
    return f"{rows} rows each; a wrong import: {figures[0]}; a good one: {figures[1]}"


def _import(worker, clients, last):
    """:return: begin, end, and whether the rows were imported"""
    columns = [".id", "client_blocked", "client_blocked_reason", "client_rating"]
    rows = [[str(client), "1", "Unpaid", "5"] for client in clients]
    rows[-1][-1] = last
    began = time.perf_counter()

    def load(env):
        return bool(env["res.partner"].load(columns, rows)["ids"])

    worker.meet()
    good = worker.request(load)
    return began, time.perf_counter(), good


def _post_all(worker, batches):
    """:return: when each document was posted"""

    def impatient(env, ids):
        env.cr.execute("SET LOCAL lock_timeout = '500ms'")
        post(ids)(env)

    worker.meet()
    posted = []
    for ids in batches:
        worker.request(partial(impatient, ids=ids))
        posted.append(time.perf_counter())
    return posted
