"""The duration of the client search, compared with stock Odoo on the same data.

    python benchmarks/search.py -c odoo.conf -d bench

It measures the requests of a browser: the drop-down of a many2one (`name_search`, 8
names) and the list of the clients with its counter (`web_search_read`, 80 rows). Fails
if a search that finds few partners does not use the trigram indexes, or if a search is
slower than in stock Odoo.

    python benchmarks/search.py -c odoo.conf -d bench --worst bench_stock

measures the worst texts, as an internal user and as a portal user, compared with usual
texts and with a database that has the same partners but not the addon.
"""

# A command-line script prints its results.
# pylint: disable=print-used

import sys
from ast import literal_eval
from unittest.mock import patch

import names
import worst
from database import environment, median_ms, parser

from odoo.models import BaseModel
from odoo.tools import SQL

COLUMNS = ("complete_name", "email", "phone", "ref", "vat")
INDEXES = {"res_partner_client_search_key_idx", "res_partner_client_phone_key_idx"}
# What many partners have is found sooner by reading the list in its order.
FEW = 0.001
# As slow as stock Odoo, but for what chance does: a share and milliseconds.
SLOW, MARGIN = 1.2, 5


def samples(env):
    """:return: what to type, by what it is"""
    # Some client who has everything, from the middle of the data.
    partner = env["res.partner"].search_fetch(
        [
            ("is_company", "=", True),
            ("country_id.code", "=", "CH"),
            ("phone", "=like", "+41 44%"),
            ("vat", "!=", False),
            ("email", "!=", False),
        ],
        ["complete_name", "email", "phone", "ref", "vat", "city"],
        limit=1,
        offset=1000,
        order="id",
    )
    national = partner.phone.replace("+41 ", "0")
    return {
        "rare name": names.RARE_NAME.split()[0].lower(),
        "common name": "müller",
        "common, other spelling": "mueller",
        "trade": "treuhand",
        "two words": "favre constructions",
        "rare and common word": names.RARE_NAME.lower(),
        "part of an e-mail": partner.email.split("@")[1][:-6],
        "end of an e-mail": "bluewin.ch",
        "phone, international": partner.phone,
        "phone, national": national,
        "phone, first digits": national[:7],
        "phone of a link": f"tel:{partner.phone}",
        "name and e-mail": f"Anna Roth <{partner.email}>",
        "name and city": f"favre {partner.city}",
        "reference": partner.ref,
        "VAT number": partner.vat,
        "VAT number, digits": "".join(filter(str.isdigit, partner.vat)),
        "three letters": "roc",
        "two letters": "ro",
        "two letters of a rare name": names.RARE_NAME[:2].lower(),
        "one letter": "e",
        "not found": "xylophonquartett",
        "not found, two words": "müller xylophonquartett",
    }


def stock_search(env):
    """Odoo's own search, while this lasts."""
    return patch.object(
        env.registry["res.partner"],
        "_search_display_name",
        BaseModel._search_display_name,
    )


class DropDown:
    """The names that a many2one proposes."""

    name = "drop-down"

    def __init__(self, env):
        self.env = env

    def call(self, text):
        self.env.invalidate_all()
        return self.env["res.partner"].name_search(text, limit=8)

    def queries(self, text):
        """:return: the SQL that looks for the partners"""
        domain = [("display_name", "ilike", text)]
        return [self.env["res.partner"]._search(domain, limit=8).select()]


class ClientList(DropDown):
    """The list of the menu *Clients*, with its counter."""

    name = "list"

    def __init__(self, env):
        super().__init__(env)
        action = env["ir.actions.act_window"]._for_xml_id(
            "client_segmentation.client_action"
        )
        self.domain = literal_eval(action["domain"])

    def call(self, text):
        self.env.invalidate_all()
        return self.env["res.partner"].web_search_read(
            [*self.domain, ("display_name", "ilike", text)],
            {name: {} for name in COLUMNS},
            limit=80,
            count_limit=10001,
        )

    def queries(self, text):
        domain = [*self.domain, ("display_name", "ilike", text)]
        Partner = self.env["res.partner"]
        rows = Partner._search(domain, limit=80).select()
        counted = Partner._search(domain, limit=10001, order="id").select()
        return [rows, SQL("SELECT COUNT(*) FROM (%s) counted", counted)]


def indexes(env, query):
    """:return: names of the indexes in the plan of `query`"""
    [[[plan]]] = env.execute_query(SQL("EXPLAIN (FORMAT JSON) %s", query))
    nodes, found = [plan["Plan"]], set()
    while nodes:
        node = nodes.pop()
        nodes += node.get("Plans", [])
        if "Index Name" in node:
            found.add(node["Index Name"])
    return found


def measure(env, place, text):
    """:return: milliseconds with the addon, those of stock Odoo, indexes by query"""
    ours = median_ms(lambda: place.call(text))
    with stock_search(env):
        stock = median_ms(lambda: place.call(text))
    return ours, stock, [indexes(env, query) for query in place.queries(text)]


def main():
    command = parser("Measure the search of clients next to stock Odoo's.")
    command.add_argument("--only", help="what to type, or its beginning")
    command.add_argument(
        "--worst", metavar="STOCK", help="the worst texts, next to this database"
    )
    options = command.parse_args()
    failures = []
    with environment(options) as env:
        [[count]] = env.execute_query(SQL("SELECT count(*) FROM res_partner"))
        if options.worst:
            print(f"{count} partners; milliseconds, medians of {worst.TIMES}\n")
            failures = worst.measure(env, options.worst, samples(env), names.RARE_NAME)
            return report(failures)
        print(f"{count} partners; milliseconds, medians of 5\n")
        print("| what is typed | found | where | addon | stock | faster | indexes |")
        print("|---|--:|---|--:|--:|--:|---|")
        places = [DropDown(env), ClientList(env)]
        for what, text in samples(env).items():
            if options.only and not what.startswith(options.only):
                continue
            found = env["res.partner"].search_count([("display_name", "ilike", text)])
            for place in places:
                ours, stock, used = measure(env, place, text)
                names_of = " / ".join(", ".join(sorted(one)) or "none" for one in used)
                print(
                    f"| {what}: `{text}` | {found} | {place.name} | {ours:.1f}"
                    f" | {stock:.1f} | {stock / ours:.1f} | {names_of} |",
                    flush=True,
                )
                if found < count * FEW and not all(one & INDEXES for one in used):
                    failures.append(f"{what}, {place.name}: no trigram index")
                if ours > SLOW * stock + MARGIN:
                    failures.append(f"{what}, {place.name}: slower than stock")
    return report(failures)


def report(failures):
    """:return: the exit code"""
    for failure in failures:
        print(f"FAILED {failure}")
    return int(bool(failures))


if __name__ == "__main__":
    sys.exit(main())
