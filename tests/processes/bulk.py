"""A bulk operation that is killed again and again: it ends complete, nothing twice."""

import random

import mass
from stage import check, scenario

SLICES = 20
KILLS = 6


@scenario("Killed in the middle of a bulk operation")
def killed_bulk(stage):
    """Tags for some clients, and a status for others, then the undo of both."""
    books, count = stage.addon, stage.size(4_000, 100_000)
    model = books.client()
    with books.environment() as env:
        parameters = env["ir.config_parameter"]
        parameters.set_param("client_segmentation.bulk_limit", count // SLICES)
        mass.copy_clients(env, model, count, ref="bulk")
        clients = env["res.partner"].search([("ref", "=", "bulk")], order="id").ids
        tag = env["res.partner.category"].create({"name": "Fair"})
        vip = env.ref("client_segmentation.client_status_vip")
    with books.environment() as env:
        env.cr.execute("ANALYZE res_partner")
    figures = []
    for name, action, values in (
        ("category_id", "tag_add", {"tags": tag.ids}),
        ("client_status_id", "status", {"value": vip.id}),
    ):
        operation = _start(books, action, values, clients)
        kills = _run_and_kill(books, operation)
        _check(books, name, operation, count, lines=count)
        undo = _undo(books, operation)
        kills += _run_and_kill(books, undo)
        _check(books, name, undo, count, lines=2 * count)
        figures.append(f"{action} and its undo killed {kills} times in the middle")
        check(kills >= KILLS, figures[-1])
    return f"{count} clients: {', '.join(figures)}; each client once, all undone"


def _start(books, action, values, clients):
    with books.environment() as env:
        env = env(user=env.ref("base.user_admin"), su=False)
        operations = env["client.bulk.operation"]
        return operations._start(action, values, clients, "Test").id


def _undo(books, operation):
    with books.environment() as env:
        env = env(user=env.ref("base.user_admin"), su=False)
        return env["client.bulk.operation"].browse(operation).action_undo()["res_id"]


def _run_and_kill(books, operation):
    """Run the cron, killed at some moments; :return: how often in the middle"""

    def cron(worker):
        return worker.cron(lambda env: env["client.bulk.operation"]._cron_run())

    kills, seconds = 0, 0.1
    for _time in range(KILLS):
        before = _done(books, operation)
        at_work = books.kill(cron, seconds * random.uniform(0.5, 1.5))
        kills += at_work
        if at_work and _done(books, operation) == before:
            seconds *= 2  # too early to see a slice committed
    books.together(cron)
    return kills


def _done(books, operation):
    with books.environment() as env:
        return env["client.bulk.operation"].browse(operation).done_count


def _check(books, name, operation, count, lines):
    """Fail unless the operation is complete, and in the journal once."""
    with books.environment() as env:
        operation = env["client.bulk.operation"].browse(operation)
        check(operation.state == "done", f"it is {operation.state}: {operation.error}")
        check(operation.changed_count == count, f"{operation.changed_count} changed")
        domain = [("partner_id.ref", "=", "bulk"), ("qualifier", "=", name)]
        found = env["client.change"].search_count(domain)
        check(found == lines, f"{found} lines in the journal")
        if name == "category_id":
            domain = [("ref", "=", "bulk"), ("category_id", "!=", False)]
        else:
            domain = [("ref", "=", "bulk"), ("client_status_id.kind", "=", "vip")]
        changed = env["res.partner"].search_count(domain)
        expected = 0 if operation.undo_of_id else count
        check(changed == expected, f"{changed} clients have it, not {expected}")
