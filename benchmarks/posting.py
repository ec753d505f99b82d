"""The cost of posting, compared with stock Odoo on a database without the addon.

    python benchmarks/posting.py -c odoo.conf -d addon --stock stock

Both databases have the same apps, except the addon. They get a chart of accounts if
they have none. They are measured in turns: batches of 1, 20 and 200 invoices, of
clients with earlier orders and of new clients, each batch with a commit. The results
are the queries, the processor time of Odoo and of its PostgreSQL connection (on this
machine), and the elapsed time, in milliseconds. Then four processes post one invoice
after another, each for its own clients, with and without another process that processes
the queue like the cron: invoices per second, and processor time per invoice.

Exit code 1 if posting needs 5 % more processor time with the addon, or if the four
processes reach less than 0.95 of the rate of stock Odoo.
"""

# A command-line script prints its results.
# pylint: disable=print-used,invalid-commit

import contextlib
import gc
import statistics
import sys
import time
from functools import partial
from pathlib import Path

import psycopg2
from database import parser

import odoo
from odoo import SUPERUSER_ID, Command, api, fields
from odoo.modules.registry import Registry

sys.path.append(str(Path(__file__).parents[1] / "tests" / "processes"))
from harness import FORK, Database  # noqa: E402

CLIENTS = 20
SIZES = {1: 60, 20: 15, 200: 5}  # invoices at once, and how often
PROCESSES = 4
SLOWER, RATE = 1.05, 0.95


class Books:
    """A database in which batches of invoices are posted."""

    def __init__(self, name):
        self.name = name
        self.registry = Registry(name)
        with self._environment() as env:
            if not env.company.chart_template:
                env["account.chart.template"].try_loading("generic_coa", env.company)
            self.has_addon = "client.status.rule" in env
            if self.has_addon:
                rules = env["client.status.rule"].with_context(active_test=False)
                rules.search([("active", "=", False)]).active = True
            self.known = self._clients(env)
        self.post(self.known, 200)
        # Else it is chance which of the two PostgreSQL gets to know first.
        with self._environment() as env:
            env.cr.execute("ANALYZE")

    def drafts(self, clients, size):
        """:return: ids of drafts, as many for each of the clients"""
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
            return drafts.ids

    def post(self, clients, size):
        """Post invoices of these clients.

        :return: number of queries, milliseconds worked and by the clock
        """
        ids = self.drafts(clients, size)
        gc.collect()
        with self._environment() as env:
            server = env.cr._cnx.info.backend_pid
            queries = env.cr.sql_log_count
            before = time.process_time() + worked(server)
            start = time.perf_counter()
            env["account.move"].browse(ids).action_post()
            env.cr.commit()
            return (
                env.cr.sql_log_count - queries,
                (time.process_time() + worked(server) - before) * 1000,
                (time.perf_counter() - start) * 1000,
            )

    def new_clients(self, number=CLIENTS):
        """:return: ids of clients who have never bought anything"""
        with self._environment() as env:
            return self._clients(env, number)

    def post_together(self, size, drain):
        """Processes post one invoice after the other, of known clients of their own.

        :param drain: whether the queue is drained meanwhile, where there is one
        :return: invoices a second, milliseconds worked for one
        """
        if self.has_addon:  # what the batches have left
            with self._environment() as env:
                env["client.metric.queue"]._cron_drain(pause=0)
        over = [FORK.Event() for _process in range(PROCESSES)]
        each = CLIENTS // PROCESSES
        jobs = [
            partial(
                _post_each,
                ids=self.drafts(self.known[number * each :][:each], size),
                over=event,
            )
            for number, event in enumerate(over)
        ]
        if drain:
            jobs.append(partial(_drain_until, over=over, drains=self.has_addon))
        database = Database(self.name)
        outcomes = database.together(*jobs)
        seconds = max(outcome.value[0] for outcome in outcomes[:PROCESSES])
        work = sum(outcome.value[1] for outcome in outcomes)
        posted = PROCESSES * size
        return posted / seconds, work / posted

    def _clients(self, env, number=CLIENTS):
        values = [{"name": f"Client {one}"} for one in range(number)]
        return env["res.partner"].create(values).ids

    @contextlib.contextmanager
    def _environment(self):
        """An environment of the superuser; committed at the end."""
        with self.registry.cursor() as cr:
            yield api.Environment(cr, SUPERUSER_ID, {"tracking_disable": True})


def worked(pid):
    """:return: seconds that the processors have worked for a process of this machine"""
    try:
        return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e9
    except OSError:
        return 0


def _post_each(worker, ids, over):
    """:return: seconds from the common start to the end, milliseconds worked"""
    for one in ids[:2]:  # fills the caches
        worker.request(_post(one))
    worker.meet()
    start, before = time.perf_counter(), time.process_time()
    servers = 0
    for one in ids[2:]:
        servers += worker.request(_post(one))
    seconds = time.perf_counter() - start
    over.set()
    worker.meet()
    return seconds, (time.process_time() - before + servers) * 1000


def _post(one):
    def run(env):
        server = env.cr._cnx.info.backend_pid
        before = worked(server)
        env["account.move"].browse(one).action_post()
        env.cr.flush()
        return worked(server) - before

    return run


def _drain_until(worker, over, drains):
    """What the cron does in the meantime; nothing where there is no queue."""
    worker.meet()
    before = time.process_time()
    while not all(event.wait(0.5) for event in over):
        if drains:
            # Postings were faster five times: the cron is called again.
            with contextlib.suppress(psycopg2.OperationalError):
                worker.cron(lambda env: env["client.metric.queue"]._cron_drain())
    worker.meet()
    return 0, (time.process_time() - before) * 1000


def in_turns(books, times, function):
    """:return: medians of what `function` returns for each of the databases, measured
    in turns after one call to warm up
    """
    taken = [[] for _one in books]
    for number in range(times + 1):
        turn = list(zip(books, taken, strict=True))
        for one, values in turn[:: 1 - 2 * (number % 2)]:
            values.append(function(one))
    return [
        [statistics.median(column) for column in zip(*values[1:], strict=True)]
        for values in taken
    ]


def _batch(one, size, new):
    clients = one.new_clients(min(size, CLIENTS)) if new else one.known
    return one.post(clients, size)


def show_batches(books, times):
    """Print the table of batches; :return: what misses the limit"""
    print("| invoices | clients | queries | stock | work, ms | stock | times | clock |")
    print("|--:|---|--:|--:|--:|--:|--:|--:|")
    slow = []
    for size, number in SIZES.items():
        for kind, new in (("known", False), ("new", True)):
            repeat = max(2, int(number * times))
            ours, stock = in_turns(books, repeat, partial(_batch, size=size, new=new))
            times_work, times_clock = ours[1] / stock[1], ours[2] / stock[2]
            print(
                f"| {size} | {kind} | {ours[0]:.0f} | {stock[0]:.0f} | {ours[1]:.1f} "
                f"| {stock[1]:.1f} | {times_work:.3f} | {times_clock:.3f} |",
                flush=True,
            )
            if times_work > SLOWER:
                slow.append(f"{size} of {kind} clients: {times_work:.3f} times")
    return slow


def show_processes(books, size, times):
    """Print the table of four processes; :return: what misses the limit"""
    print(f"\n| {PROCESSES} processes, {size} each | a second | stock | rate | work |")
    print("|---|--:|--:|--:|--:|")
    slow = []
    for kind, drain in (("nothing else", False), ("the queue is drained", True)):
        ours, stock = in_turns(
            books, times, lambda one, d=drain: one.post_together(size, d)
        )
        rate, work = ours[0] / stock[0], ours[1] / stock[1]
        print(
            f"| {kind} | {ours[0]:.1f} | {stock[0]:.1f} | {rate:.3f} | {work:.3f} |",
            flush=True,
        )
        if rate < RATE:
            slow.append(f"{PROCESSES} processes, {kind}: {rate:.3f} of the rate")
    return slow


def main():
    command = parser("Measure posting next to stock Odoo's.")
    command.add_argument("--stock", required=True, help="database without the addon")
    command.add_argument("--times", type=float, default=1, help="so much more often")
    command.add_argument("--each", type=int, default=40, help="invoices of a process")
    command.add_argument("--only", choices=["batches", "processes"])
    options = command.parse_args()
    odoo.tools.config.parse_config(
        [f"--config={options.config}", "--log-level=warn"], setup_logging=True
    )
    slow, books = [], [Books(options.database), Books(options.stock)]
    if options.only != "processes":
        slow += show_batches(books, options.times)
    if options.only != "batches":
        repeat = max(2, int(5 * options.times))
        slow += show_processes(books, options.each, repeat)
    for text in slow:
        print(f"FAILED: {text}")
    return int(bool(slow))


if __name__ == "__main__":
    sys.exit(main())
