"""The duration of the analysis pages, compared with the nightly refresh.

    python benchmarks/history.py -c odoo.conf -d bench_addon

In a read-only transaction, as on a replica: the classes on past days, the matrix
between two days, the clients of a cell, previews of other limits, and the loss test.
*times the refresh* compares with a refresh of all clients without changes. Fails if the
classes of a day take more than twice as long.
"""

# A command-line script prints its results.
# pylint: disable=print-used

import sys
import time
from datetime import timedelta

from database import environment, median_ms, parser

from odoo.tools import SQL

# Days ago, from yesterday to before the first invoice of many clients.
AGES = (1, 30, 90, 365, 730)
TIMES = 3


class Company:
    """Measures the pages of one company; `failures` are the limits that it missed."""

    def __init__(self, env, company):
        self.company = company
        self.env = env(context={"allowed_company_ids": company.ids})
        self.today = self.env["client.metric"]._today(company)
        self.failures = []

    def run(self):
        self.env["client.metric"]._refresh(self.company)
        start = time.perf_counter()
        self.env["client.metric"]._refresh(self.company)
        self.nightly = (time.perf_counter() - start) * 1000
        self.env.cr.execute("SET LOCAL transaction_read_only = on")
        print(f"\n{self.company.name}: nightly refresh {self.nightly:.0f} ms\n")
        print("| what | ms | times the refresh |")
        print("|---|--:|--:|")
        for age in AGES:
            day = self.today - timedelta(days=age)
            what = f"classes {age} days ago"
            ratio = self.measure(what, lambda day=day: self._as_of(day))
            if ratio > 2:
                self.failures.append(f"{age} days ago: {ratio:.1f} times the refresh")
        self._matrix()
        self._preview()
        ids = self.env["client.metric"].search([], limit=100, order="revenue DESC")
        loss = self.env["client.loss.test"]
        self.measure(
            "loss test of the best 100", lambda: loss.without(ids.partner_id.ids)
        )

    def measure(self, what, function):
        """Print a row; :return: how many times the refresh it takes"""
        taken = median_ms(function, TIMES)
        print(f"| {what} | {taken:.0f} | {taken / self.nightly:.2f} |", flush=True)
        return taken / self.nightly

    def _as_of(self, day):
        analysis = self.env["client.analysis"]
        query = analysis._segments(analysis._moment(day))
        return self.env.execute_query(SQL("SELECT COUNT(x.*) FROM (%s) x", query))

    def _matrix(self):
        history = self.env["client.class.history"]
        year, month = (str(self.today - timedelta(days=ago)) for ago in (365, 30))
        self.measure(
            "matrix, a year ago and today",
            lambda: history.compare(year, str(self.today)),
        )
        self.measure(
            "matrix, a year and a month ago", lambda: history.compare(year, month)
        )
        cell = f"revenue_class_computed:{year}:vip>{self.today}:regular"
        self.measure("list of a cell, 80 clients", lambda: self._list(cell))

    def _list(self, cell):
        self.env.invalidate_all()
        domain = [("client_class_at", "=", cell)]
        return self.env["res.partner"].web_search_read(
            domain, {"complete_name": {}}, limit=80, count_limit=10001
        )

    def _preview(self):
        preview = self.env["client.what.if"].preview
        for what, changes in (
            ("other cuts", {"vip_share": 70, "regular_share": 90}),
            ("other days", {"fast_days": 5, "active_days": 60}),
            ("another window", {"window_months": 6}),
        ):
            self.measure(f"what if: {what}", lambda some=changes: preview(some))


def main():
    options = parser("Measure the pages next to the nightly refresh.").parse_args()
    failures = []
    companies = []
    with environment(options) as env:
        companies = env["res.company"].search([("name", "like", "Bench ")]).ids
    for company in companies:
        # A transaction of its own for each: it becomes read-only.
        with environment(options) as env:
            measured = Company(env, env["res.company"].browse(company))
            measured.run()
            failures += measured.failures
    for failure in failures:
        print(f"FAILED {failure}")
    return int(bool(failures))


if __name__ == "__main__":
    sys.exit(main())
