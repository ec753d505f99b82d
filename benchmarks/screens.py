"""The cost of Odoo's own screens of contacts, compared with stock Odoo.

    python benchmarks/screens.py -c odoo.conf -d addon --stock stock

Both databases have the same apps, except the addon. The requests of the web client for
the menu Contacts are sent to both in turns, as a user with all access rights. The
results are queries, and the processor time of Odoo and of its PostgreSQL connection.
Imports and new contacts are rolled back. Fails if one of LIMITED needs more than LIMIT
times the processor time with the addon, or if an import of 500 contacts needs more than
LOAD_QUERIES queries.
"""

# A command-line script prints its results.
# pylint: disable=print-used,invalid-commit

import contextlib
import gc
import statistics
import sys
import time

from database import environment, parser, worked
from lxml import etree

from odoo import SUPERUSER_ID, Command, api, fields
from odoo.modules.registry import Registry

LIMIT = 1.15
LIMITED = ("views", "list, 80 contacts", "kanban, 80 contacts", "form")
LOAD_QUERIES = 45
PAGE = 80
SUB_VIEWS = ("list", "kanban", "form")
GROUPS = ("base.group_partner_manager", "account.group_account_manager")
OPTIONS = {"toolbar": True, "load_filters": True}


class Screens:
    """The screens of one database."""

    def __init__(self, name):
        self.registry = Registry(name)
        with self._environment(SUPERUSER_ID) as env:
            user = env.ref("base.user_admin")
            user.group_ids += sum((env.ref(group) for group in GROUPS), user.group_ids)
            self.user = user.id
            self.names = [f"Screen {number:03}" for number in range(PAGE)]
            self._fill(env)
            env.cr.commit()
            env.cr.execute("ANALYZE")
            env.cr.commit()
        with self._environment() as env:
            self.first = env["res.partner"].search([("name", "=", self.names[0])])[-1]
            self.first = self.first.id
            action = env.ref("contacts.action_contacts")
            self.views = [
                [view and view.id, kind]
                for view, kind in (
                    (env.ref("base.view_partner_tree"), "list"),
                    (env.ref("base.res_partner_kanban_view"), "kanban"),
                    (env.ref("base.view_partner_form"), "form"),
                    (env.ref("base.view_res_partner_filter"), "search"),
                )
            ]
            self.options = {**OPTIONS, "action_id": action.id}
            found = self.open(env)
            known = {model: of["fields"] for model, of in found["models"].items()}
            self.specs = {
                kind: _spec(etree.fromstring(found["views"][kind]["arch"]), known)
                for kind in SUB_VIEWS
            }

    def _fill(self, env):
        """Clients with an invoice each."""
        if env["res.partner"].search_count([("name", "in", self.names)], limit=1):
            return
        if not env.company.chart_template:
            env["account.chart.template"].try_loading("generic_coa", env.company)
        tag = env["res.partner.category"].create({"name": "Screens"})
        clients = env["res.partner"].create(
            [
                {
                    "name": name,
                    "is_company": True,
                    "email": f"{name}@example.com",
                    "country_id": env.ref("base.ch").id,
                    "category_id": [Command.link(tag.id)],
                    "user_id": self.user,
                }
                for name in self.names
            ]
        )
        invoices = env["account.move"].create(
            [
                {
                    "move_type": "out_invoice",
                    "partner_id": client.id,
                    "invoice_date": fields.Date.today(),
                    "invoice_line_ids": [
                        Command.create({"name": "Work", "price_unit": 100})
                    ],
                }
                for client in clients
            ]
        )
        invoices.action_post()
        if "client.metric" in env:
            env["client.metric"]._refresh(env.company)

    def measure(self, what):
        """:return: queries, seconds worked"""
        gc.collect()
        with self._environment() as env:
            server = env.cr._cnx.info.backend_pid
            env.user.name  # noqa: B018 - the session knows the user
            queries = env.cr.sql_log_count
            start = time.process_time() + worked(server)
            what(self, env)
            env.flush_all()
            spent = time.process_time() + worked(server) - start
            return env.cr.sql_log_count - queries, spent

    @contextlib.contextmanager
    def _environment(self, user=None):
        with self.registry.cursor() as cr:
            yield api.Environment(cr, user or self.user, {"lang": "en_US"})
            cr.rollback()

    def open(self, env):
        return env["res.partner"].get_views(self.views, self.options)

    def open_first(self, env):
        self.registry.clear_cache("templates")
        return self.open(env)

    def page(self, kind, env):
        found = env["res.partner"].web_search_read(
            [("name", "in", self.names)], self.specs[kind], limit=PAGE
        )
        assert len(found["records"]) == PAGE
        return found

    def form(self, env):
        return env["res.partner"].browse(self.first).web_read(self.specs["form"])

    def new(self, env):
        return env["res.partner"].onchange({}, [], self.specs["form"])

    def create(self, number, env):
        return env["res.partner"].create(
            [{"name": f"New {n}", "is_company": True} for n in range(number)]
        )

    def load(self, number, env):
        found = env["res.partner"].load(
            ["name", "email", "city", "country_id/id"],
            [
                [f"Import {n}", f"import{n}@example.com", "Bern", "base.ch"]
                for n in range(number)
            ],
        )
        assert len(found["ids"] or ()) == number, found["messages"]
        return found


SCREENS = {
    "views": Screens.open,
    "views, first time in a process": Screens.open_first,
    "list, 80 contacts": lambda one, env: one.page("list", env),
    "kanban, 80 contacts": lambda one, env: one.page("kanban", env),
    "form": Screens.form,
    "new form": Screens.new,
    "create 1": lambda one, env: one.create(1, env),
    "create 200": lambda one, env: one.create(200, env),
    "load 500": lambda one, env: one.load(500, env),
}


def _spec(view, known, model="res.partner"):
    """:return: what the web client reads for a view, see its `getFieldsSpec`"""
    result = {}
    for node in view.iter("field"):
        if next(node.iterancestors("field", view.tag)) is not view:
            continue  # of a view inside
        name = node.get("name")
        field = known[model].get(name)
        if not field or field["type"] == "properties":
            continue
        spec = result.setdefault(name, {})
        hidden = "1" in (node.get("invisible"), node.get("column_invisible"))
        if field["type"] in ("many2one", "reference"):
            spec.setdefault("fields", {})
            if not hidden:
                spec["fields"]["display_name"] = {}
        elif field["type"] in ("one2many", "many2many") and not hidden:
            related = spec.setdefault("fields", {})
            for inside in node:
                if inside.tag in SUB_VIEWS:
                    related.update(_spec(inside, known, field["relation"]))
            if node.get("widget") == "many2many_tags":
                related.update(display_name={}, color={})
    return result


def measure(screens, what, times):
    """:return: for each of the databases, median queries, and seconds worked"""
    found = [[] for _one in screens]
    for number in range(times + 1):
        turn = list(zip(screens, found, strict=True))
        for one, rows in turn[:: 1 - 2 * (number % 2)]:
            rows.append(one.measure(what))
    return [
        [statistics.median(column) for column in zip(*rows[1:], strict=True)]
        for rows in found
    ]


def main():
    command = parser("Measure the screens of contacts next to stock Odoo's.")
    command.add_argument("--stock", required=True, help="database without the addon")
    command.add_argument("--times", type=int, default=21, help="how often to measure")
    command.add_argument("--only", default="", help="screens whose name begins so")
    options = command.parse_args()
    failed = []
    with environment(options):
        screens = [Screens(options.database), Screens(options.stock)]
        print("Milliseconds worked, Odoo and PostgreSQL; medians of", options.times)
        print("\n| screen | queries | stock | ms | stock | ratio |")
        print("|---|--:|--:|--:|--:|--:|", flush=True)
        for name, what in SCREENS.items():
            if not name.startswith(options.only):
                continue
            (queries, spent), (queries0, spent0) = measure(screens, what, options.times)
            ratio = spent / spent0
            print(
                f"| {name} | {queries:.0f} | {queries0:.0f}"
                f" | {spent * 1000:.1f} | {spent0 * 1000:.1f} | {ratio:.3f} |",
                flush=True,
            )
            if name in LIMITED and ratio > LIMIT:
                failed.append(f"{name}: more than {LIMIT} times")
            if name == "load 500" and queries > LOAD_QUERIES:
                failed.append(f"{name}: more than {LOAD_QUERIES} queries")
    for text in failed:
        print(f"FAILED: {text}")
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())
