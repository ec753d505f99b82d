"""The duration of a refresh of figures and classes, compared with its query alone.

    python benchmarks/figures.py -c odoo.conf -d bench_addon

The baseline is *one pass*: PostgreSQL computes all columns for every client of the
company and counts the rows; nothing is written; with the settings of a refresh.
*barest SQL* is the same in plain SQL with indexes of its own, see `barest.py`, in turns
with the pass. *nothing changed* is a second nightly refresh; *a day later* is the
refresh of the next day, with other windows. The first refresh fills an empty table for
all companies, as the installation does. One client is refreshed in the same way as by
the queue. Nothing is committed.

Fails if the pass takes more than 1.3 times the barest SQL or if their results differ,
if the first refresh takes more than 1.5 times the pass or another one more than
twice, if a refresh without changes writes something, if one client takes 50 ms or the
classes of all clients take 1 s, if memory grows by 100 MB, or if `verify()` finds a
difference.
"""

# A command-line script prints its results.
# pylint: disable=print-used

import resource
import statistics
import sys
import time
from datetime import timedelta

import barest
from database import environment, parser, step

from odoo import fields
from odoo.tools import SQL

TIMES = 3
CLIENTS = 20


class Company:
    """Measures one company; `failures` are the limits that it missed."""

    def __init__(self, env, company):
        # Known since the configuration has told where the addons are.
        from odoo.addons.client_segmentation.engine.classes.query import classes
        from odoo.addons.client_segmentation.engine.figures.query import figures
        from odoo.addons.client_segmentation.engine.metric import refresh, verify
        from odoo.addons.client_segmentation.engine.planner import for_all_clients

        self.env, self.company = env, company
        self.engine = refresh
        self.verify = verify.verify
        self.for_all_clients = for_all_clients
        self.today = fields.Date.today()
        self.scope = env["client.metric"]._scope(company, as_of=self.today)
        self.query = classes(figures(self.scope), self.scope)
        self.failures = []
        self.seconds = None  # of one pass, once it is measured

    def run(self):
        memory = self._memory()
        self._empty()
        self.refresh()
        memory = self._memory() - memory
        [[clients]] = self.env.execute_query(
            SQL(
                "SELECT COUNT(*) FROM client_metric WHERE company_id = %s",
                self.company.id,
            )
        )
        print(f"\n{self.company.name}: {clients} clients with figures\n")
        times = {name: [] for name in ("pass", "barest", "same", "later")}
        for _time in range(TIMES):
            times["pass"].append(self._timed(self._pass)[0])
            times["barest"].append(self._timed(self._barest)[0])
            self.refresh()
            seconds, same = self._timed(self.refresh)
            times["same"].append(seconds)
            tomorrow = self.today + timedelta(days=1)
            seconds, later = self._timed(lambda day=tomorrow: self.refresh(day))
            times["later"].append(seconds)
        self.refresh()
        median = {name: statistics.median(some) for name, some in times.items()}
        print("| | seconds | times the pass | rows written |")
        print("|---|--:|--:|--:|")
        rows = {"same": same, "later": later, "pass": 0, "barest": 0}
        for name, what in (
            ("pass", "one pass"),
            ("barest", "barest SQL"),
            ("same", "refresh, nothing changed"),
            ("later", "refresh, a day later"),
        ):
            ratio = median[name] / median["pass"]
            print(f"| {what} | {median[name]:.2f} | {ratio:.2f} | {rows[name]} |")
            self._check(ratio <= 2, f"{what}: {ratio:.2f} times the pass")
        self.seconds = median["pass"]
        self._compare(median["pass"] / median["barest"])
        self._check(not same, f"{same} rows written although nothing changed")
        print(f"\nMemory: {memory:.0f} MB more after the first refresh.")
        self._check(memory < 100, f"memory grows by {memory:.0f} MB")
        self._one_client()

    def _compare(self, ratio):
        differing = barest.differing(self.company, self.today, self.query)
        print(f"\nThe pass takes {ratio:.2f} times the barest SQL, {differing} differ.")
        self._check(ratio <= 1.3, f"one pass: {ratio:.2f} times the barest SQL")
        self._check(not differing, f"barest SQL: {differing} clients differ")

    def _one_client(self):
        rows = self.env.execute_query(
            SQL(
                "SELECT partner_id FROM client_metric WHERE company_id = %s"
                " ORDER BY hashint8(partner_id) LIMIT %s",
                self.company.id,
                CLIENTS,
            )
        )
        figure_times = []
        for row in rows:
            seconds, _rows = self._timed(
                lambda ids=row: self.engine.write_figures(
                    self.env, self.scope.for_clients(ids)
                )
            )
            figure_times.append(seconds * 1000)
        ranked = statistics.median(
            self._timed(lambda: self.engine.write_classes(self.env, self.scope))[0]
            for _time in range(TIMES)
        )
        client = statistics.median(figure_times)
        print(
            f"One client: {client:.1f} ms for its figures (slowest of {len(rows)}:"
            f" {max(figure_times):.1f} ms), {ranked:.2f} s for the classes of all."
        )
        self._check(client < 50, f"one client takes {client:.0f} ms")
        self._check(ranked <= 1, f"the classes take {ranked:.2f} s")
        seconds, differing = self._timed(lambda: self.verify(self.env, self.scope))
        print(f"verify(): {len(differing)} differences, {seconds:.2f} s.")
        self._check(not differing, f"verify() finds {len(differing)} differences")

    def _barest(self):
        return barest.run(self.company, self.today)

    def _pass(self):
        self.for_all_clients(self.env)
        return self.env.execute_query(SQL("SELECT COUNT(x.*) FROM (%s) x", self.query))

    def refresh(self, as_of=None):
        """:return: number of rows written"""
        metrics = self.env["client.metric"]
        scope = metrics._scope(self.company, as_of=as_of or self.today)
        return self.engine.refresh(self.env, scope)["written"]

    def _empty(self):
        self.env.cr.execute(
            "DELETE FROM client_metric WHERE company_id = %s", [self.company.id]
        )

    def _timed(self, function):
        start = time.perf_counter()
        result = function()
        return time.perf_counter() - start, result

    def _memory(self):
        """:return: the most memory that this process has had, in MB"""
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

    def _check(self, fine, failure):
        if not fine:
            self.failures.append(f"{self.company.name}: {failure}")


def first_refresh(env, measured):
    """The first refresh of all companies, as the installation does it: keys and indexes
    are created once, for all of them. Each company bears an equal part of this.

    :return: the limits that it missed, of each company
    """
    from odoo.addons.client_segmentation.engine.metric.first import empty_table

    times = {company: [] for company in measured}
    for _time in range(TIMES):
        env.cr.execute("TRUNCATE client_metric")
        seconds = {}
        with empty_table(env):
            for company in measured:
                start = time.perf_counter()
                company.refresh()
                seconds[company] = time.perf_counter() - start
            start = time.perf_counter()
        shared = (time.perf_counter() - start) / len(measured)
        for company in measured:
            times[company].append(seconds[company] + shared)
    failures = []
    print()
    for company in measured:
        name = company.company.name
        seconds = statistics.median(times[company])
        ratio = seconds / company.seconds
        print(f"First refresh of {name}: {seconds:.2f} s, {ratio:.2f} times the pass.")
        if ratio > 1.5:
            failures.append(f"{name}: first refresh: {ratio:.2f} times the pass")
    return failures


def main():
    options = parser("Measure the figures next to the query alone.").parse_args()
    failures = []
    with environment(options) as env:
        companies = env["res.company"].search([("name", "like", "Bench ")])
        with step("indexes of the barest SQL"):
            barest.create_indexes(env.cr, companies)
        measured = [Company(env, company) for company in companies]
        for company in measured:
            company.run()
            failures += company.failures
        barest.drop_indexes(env.cr)
        failures += first_refresh(env, measured)
    for failure in failures:
        print(f"FAILED {failure}")
    return int(bool(failures))


if __name__ == "__main__":
    sys.exit(main())
