"""How long posting takes, next to stock Odoo on a database without the addon.

    python benchmarks/posting.py -c odoo.conf -d addon --stock stock

The databases have the same apps but for the addon; they get a chart of accounts if they
have none. The two are measured in turns, a batch each, committed: seconds by the clock,
and those that the processors worked, for Odoo and for its connection of PostgreSQL (on
this machine), which other work on the machine changes less. Fails when by these the
addon makes posting slower by more than a twentieth.
"""

# A script on the command line speaks by printing.
# pylint: disable=print-used,invalid-commit

import contextlib
import gc
import statistics
import sys
import time
from pathlib import Path

from database import environment, parser

from odoo import SUPERUSER_ID, Command, api, fields
from odoo.modules.registry import Registry

CLIENTS = 20
SLOWER = 1.05


class Books:
    """A database in which batches of invoices are posted."""

    def __init__(self, name):
        self.registry = Registry(name)
        with self._environment() as env:
            if not env.company.chart_template:
                env["account.chart.template"].try_loading("generic_coa", env.company)
            self.known = self._clients(env)
        self.post(self.known, 200)
        # Else it is chance which of the two PostgreSQL gets to know first.
        with self._environment() as env:
            env.cr.execute("ANALYZE")

    def post(self, clients, size):
        """Post invoices of these clients; :return: seconds by the clock, and worked"""
        with self._environment() as env:
            drafts = env["account.move"].create(
                [
                    {
                        "move_type": "out_invoice",
                        "partner_id": clients[number % len(clients)],
                        "invoice_date": fields.Date.today(),
                        "invoice_line_ids": [
                            Command.create({"name": "Work", "price_unit": 100})
                        ],
                    }
                    for number in range(size)
                ]
            )
            ids = drafts.ids
        gc.collect()
        with self._environment() as env:
            server = env.cr._cnx.info.backend_pid
            worked = time.process_time() + _worked(server)
            start = time.perf_counter()
            env["account.move"].browse(ids).action_post()
            env.cr.commit()
            return (
                time.perf_counter() - start,
                time.process_time() + _worked(server) - worked,
            )

    def new_clients(self):
        """:return: ids of clients who have never bought anything"""
        with self._environment() as env:
            return self._clients(env)

    def _clients(self, env):
        values = [{"name": f"Client {number}"} for number in range(CLIENTS)]
        return env["res.partner"].create(values).ids

    @contextlib.contextmanager
    def _environment(self):
        """An environment of the superuser; committed at the end."""
        with self.registry.cursor() as cr:
            yield api.Environment(cr, SUPERUSER_ID, {"tracking_disable": True})


def _worked(pid):
    """:return: seconds that the processors have worked for a process of this machine"""
    try:
        return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e9
    except OSError:
        return 0


def measure(books, size, times, new):
    """:return: for each of the databases, median seconds by the clock, and worked"""
    durations = [[] for _one in books]
    for number in range(times + 1):
        turn = list(zip(books, durations, strict=True))
        for one, taken in turn[:: 1 - 2 * (number % 2)]:
            clients = one.new_clients() if new else one.known
            taken.append(one.post(clients, size))
    return [
        [statistics.median(column) for column in zip(*taken[1:], strict=True)]
        for taken in durations
    ]


def main():
    command = parser("Measure posting next to stock Odoo's.")
    command.add_argument("--stock", required=True, help="database without the addon")
    command.add_argument("--size", type=int, default=200, help="invoices a batch")
    command.add_argument("--times", type=int, default=9, help="batches to measure")
    options = command.parse_args()
    slow = []
    with environment(options):
        books = [Books(options.database), Books(options.stock)]
        print(f"Batches of {options.size}; seconds, medians of {options.times}\n")
        print("| clients | seconds | addon | stock | ratio |")
        print("|---|---|--:|--:|--:|")
        for kind, new in (("known", False), ("new", True)):
            medians = measure(books, options.size, options.times, new)
            for what, ours, stock in zip(("clock", "worked"), *medians, strict=True):
                ratio = ours / stock
                print(f"| {kind} | {what} | {ours:.3f} | {stock:.3f} | {ratio:.3f} |")
            if ratio > SLOWER:
                slow.append(kind)
    for kind in slow:
        print(f"FAILED: slower than stock, {kind} clients")
    return int(bool(slow))


if __name__ == "__main__":
    sys.exit(main())
