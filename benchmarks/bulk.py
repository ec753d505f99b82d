"""The duration of bulk operations, compared with bare SQL and stock Odoo.

    python benchmarks/bulk.py -c odoo.conf -d bench

For 10,000 and for 100,000 clients: add a tag, set a status, undo both. *Bare SQL* is
the simplest statement for it, without a journal and without checking access rights;
*stock* is `write` on the partners. Everything is rolled back. Fails if an operation
takes more than three times as long as bare SQL, or if the number of its queries depends
on the number of clients.
"""

# A command-line script prints its results.
# pylint: disable=print-used

import statistics
import sys
import time

from database import environment, parser

from odoo import Command
from odoo.tools import SQL

FACTOR = 3  # maximum duration of an operation, as a multiple of bare SQL
TIMES = 3

BARE_TAG = """
    INSERT INTO res_partner_res_partner_category_rel (partner_id, category_id)
    SELECT id, %s FROM unnest(%s::int[]) id ON CONFLICT DO NOTHING
"""
BARE_STATUS = """
    UPDATE res_partner
       SET client_status_id = COALESCE(client_status_id, '{}'::jsonb)
                              || jsonb_build_object(%s, %s)
     WHERE commercial_partner_id = ANY(%s)
"""


class Runs:
    """Different ways to change the same clients; each run is rolled back.

    :param env: environment of a normal user, without superuser rights
    """

    def __init__(self, env, clients):
        self.env = env
        self.clients = clients
        self.tag = env["res.partner.category"].sudo().create({"name": "Benchmark"})
        self.status = env.ref("client_segmentation.client_status_vip")
        self.env.flush_all()

    def bare_tag(self):
        self.env.cr.execute(SQL(BARE_TAG, self.tag.id, self.clients))

    def tag_add(self):
        return self._operation("tag_add", {"tags": self.tag.ids})

    def stock_tag(self):
        partners = self.env["res.partner"].browse(self.clients)
        partners.write({"category_id": [Command.link(self.tag.id)]})

    def bare_status(self):
        company = str(self.env.company.id)
        values = (company, self.status.id, self.clients)
        self.env.cr.execute(SQL(BARE_STATUS, *values))

    def set_status(self):
        return self._operation("status", {"value": self.status.id})

    def stock_status(self):
        partners = self.env["res.partner"].browse(self.clients)
        partners.write({"client_status_id": self.status.id})

    def undo(self, operation):
        operation.action_undo()

    def _operation(self, action, values):
        operations = self.env["client.bulk.operation"]
        return operations._start(action, values, self.clients, "Benchmark")

    def measure(self, run, prepare=None, times=TIMES):
        """:return: median seconds and number of queries of a run"""
        durations, queries = [], []
        for _time in range(times):
            arguments = [prepare()] if prepare else []
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            start = time.perf_counter()
            run(*arguments)
            self.env.flush_all()
            durations.append(time.perf_counter() - start)
            queries.append(self.env.cr.sql_log_count - before)
            self.env.cr.rollback()
            self.env.invalidate_all()
        return statistics.median(durations), queries[-1]  # the first warms up caches


def person(env):
    """:return: the environment of the administrator, with normal record rules"""
    env["ir.config_parameter"].set_param("client_segmentation.bulk_limit", 10**9)
    return env(user=env.ref("base.user_admin"), su=False)


def main():
    command = parser("Measure bulk operations next to bare SQL and stock Odoo.")
    command.add_argument("--clients", type=int, nargs="+", default=[10_000, 100_000])
    command.add_argument("--no-stock", action="store_true", help="it takes minutes")
    options = command.parse_args()
    failures, counts = [], {}
    with environment(options) as env:
        env = person(env)
        domain = [("client_is_commercial", "=", True)]
        everybody = env["res.partner"].search(
            domain, limit=max(options.clients), order="id"
        )
        runs = Runs(env, everybody.ids)
        env.cr.commit()  # each run is rolled back to here
        print(
            "| clients | what | bare SQL, s | addon, s | times | queries | undo, s"
            " | stock, s | queries |"
        )
        print("|--:|---|--:|--:|--:|--:|--:|--:|--:|")
        for count in options.clients:
            runs.clients = everybody.ids[:count]
            for what, bare, ours, stock in (
                ("add a tag", runs.bare_tag, runs.tag_add, runs.stock_tag),
                ("set a status", runs.bare_status, runs.set_status, runs.stock_status),
            ):
                fast, _queries = runs.measure(bare)
                seconds, queries = runs.measure(ours)
                undo, _queries = runs.measure(runs.undo, prepare=ours)
                slow, many = 0, 0
                if not options.no_stock:
                    slow, many = runs.measure(stock, times=1)
                print(
                    f"| {count} | {what} | {fast:.2f} | {seconds:.2f}"
                    f" | {seconds / fast:.1f} | {queries} | {undo:.2f}"
                    f" | {slow:.1f} | {many} |",
                    flush=True,
                )
                if seconds > FACTOR * fast:
                    failures.append(f"{what}, {count}: {seconds / fast:.1f} times")
                if counts.setdefault(what, queries) != queries:
                    failures.append(f"{what}: {counts[what]} or {queries} queries")
        env["ir.config_parameter"].sudo().search(
            [("key", "=", "client_segmentation.bulk_limit")]
        ).unlink()
        runs.tag.unlink()
        env.cr.commit()
    for failure in failures:
        print("FAILED:", failure)
    return int(bool(failures))


if __name__ == "__main__":
    sys.exit(main())
