"""The stage of the scenarios: two databases with the same books, with the addon and
without it.

How to add a scenario: write a function with `@scenario(...)` in a module of this folder
and import the module in `run.py`.

    @scenario("Two processes post for one client")
    def two_post(stage):
        client = stage.addon.client()
        batches = stage.addon.drafts(client, 2, 5)
        outcomes = stage.addon.together(
            *(partial(post_all, ids=ids) for ids in batches)
        )
        check(failures(outcomes) == 0, "a posting failed")
        return "10 posted"

It gets the `Stage` and returns the text of its line. It tests results with `check`;
any other exception is a failure too. A *job* is a function that takes a `Worker` and
runs in a fork. It may be a closure, and sees the memory at its start, but other
processes do not see its changes. Its result must be picklable. Inside a job,
`worker.request(function)` works like a request of a user (one transaction, retried by
Odoo), `worker.cron(function)` like a cron, `worker.meet()` waits for the other jobs.
`database.kill(job, seconds)` ends a job with SIGKILL. Sizes come from
`stage.size(small, full)`: small ones must take only some seconds. Scenarios share the
databases: create your own clients, and leave the queue empty
(`stage.addon.check_figures()` processes it and compares the figures).
"""

import itertools
from collections import Counter

from harness import Database, Failed

from odoo import Command, fields

SCENARIOS = {}


def scenario(title):
    """Enter a function among the scenarios.

    :param str title: what it shows; the name of the function chooses it on the
        command line
    """

    def enter(function):
        SCENARIOS[function.__name__] = title, function
        return function

    return enter


def check(condition, text):
    """Fail the scenario, with this text, if something is not as it should be."""
    if not condition:
        raise Failed(text)


def failures(outcomes):
    """:return: how often processes had to try again, all together"""
    return sum((outcome.failures for outcome in outcomes), Counter()).total()


def post(ids):
    """:return: a function of an environment that posts these documents"""
    return lambda env: env["account.move"].browse(ids).action_post()


class Books(Database):
    """A database in which one company keeps books."""

    def __init__(self, name):
        super().__init__(name)
        self._numbers = itertools.count(1)
        with self.environment() as env:
            self.company_id = env.company.id
            self.context["allowed_company_ids"] = [self.company_id]
            Chart = env["account.chart.template"]
            Chart.try_loading("generic_coa", env.company, install_demo=False)

    def client(self, **values):
        """:return: id of a new client"""
        name = f"Client {next(self._numbers)}"
        with self.environment() as env:
            values = {"name": name, "is_company": True, **values}
            return env["res.partner"].create(values).id

    def branch(self):
        """:return: id of a new branch of the company, with its accounts"""
        name = f"Branch {next(self._numbers)}"
        field = "res.partner", "property_account_receivable_id"
        with self.environment() as env:
            branch = env["res.company"].create(
                {"name": name, "parent_id": self.company_id}
            )
            account = env["ir.default"]._get(*field, company_id=self.company_id)
            env["ir.default"].set(*field, account, company_id=branch.id)
            return branch.id

    def drafts(self, client, batches, size, company=None):
        """:return: ids of new invoices of 100 for a client, in batches

        :param company: id of the company, if it is not the one of the books
        """
        values = {
            "move_type": "out_invoice",
            "partner_id": client,
            "invoice_date": fields.Date.today(),
            "invoice_line_ids": [Command.create({"name": "Work", "price_unit": 100})],
        }
        with self.environment() as env:
            moves = env["account.move"]
            if company:
                moves = moves.with_company(company)
            ids = moves.create([values] * (batches * size)).ids
        return [ids[start : start + size] for start in range(0, len(ids), size)]

    def check_posted(self, batches):
        """Fail unless all documents of these batches are posted, each with a number."""
        ids = list(itertools.chain.from_iterable(batches))
        with self.environment() as env:
            moves = env["account.move"].browse(ids)
            posted = moves.filtered(lambda move: move.state == "posted")
            numbers = set(posted.mapped("name"))
        check(len(numbers) == len(ids), f"{len(numbers)} of {len(ids)} are posted")


class SegmentedBooks(Books):
    """A database with the addon, all of its rules switched on."""

    def __init__(self, name):
        super().__init__(name)
        with self.environment() as env:
            rules = env["client.status.rule"].with_context(active_test=False)
            rules.search([("active", "=", False)]).active = True

    def check_figures(self, drain=True):
        """Drain the queue; fail if then a figure is not what the documents say."""
        with self.environment() as env:
            if drain:
                env["client.metric.queue"]._cron_drain(pause=0)
            left = env["client.metric.queue"].search_count([])
            wrong = env["client.metric"].verify(env["res.company"].search([]))
        check(not left, f"{left} rows are left in the queue")
        texts = [
            f"{len(names)} clients of {company} ({', '.join(names[:3])} ...)"
            for company, names in wrong.items()
        ]
        check(not wrong, f"figures differ from the documents: {'; '.join(texts)}")

    def changes(self, client, qualifier="client_status_id"):
        """:return: the journal of a client, as pairs of names, the oldest first"""
        with self.environment() as env:
            lines = env["client.change"].search(
                [("partner_id", "=", client), ("qualifier", "=", qualifier)], order="id"
            )
            return [(line.old_name, line.new_name) for line in lines]

    def status(self, client):
        """:return: what the client's status is called"""
        with self.environment() as env:
            return env["res.partner"].browse(client).client_status_id.name


class Stage:
    """What a scenario plays on.

    :param str addon: name of a database with the addon
    :param str stock: name of a database with Odoo's own apps only
    :param bool full: in the sizes that the figures are published for
    """

    def __init__(self, addon, stock, full=False):
        self.stock = Books(stock)
        self.addon = SegmentedBooks(addon)
        self.full = full
        check("client.metric" not in self.stock.registry, f"{stock} has the addon")

    def size(self, small, full):
        """:return: one of the two"""
        return full if self.full else small

    def both(self):
        """:return: the databases by name, stock Odoo's first"""
        return {"stock": self.stock, "addon": self.addon}
