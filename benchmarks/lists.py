"""How fast lists with figures are, next to Odoo's list of contacts on the same data.

    python benchmarks/lists.py -c odoo.conf -d bench_addon

What is measured is what a browser asks for: a page of 80 with its counter
(`web_search_read`), groups with their sums (`web_read_group`). Fails when a page with
all figures takes more than 1.5 times Odoo's own and four more queries, or when sorting,
filtering or grouping by figures takes more than 1.5 times Odoo's groups by country.
"""

# A script on the command line speaks by printing.
# pylint: disable=print-used

import sys

from database import environment, median_ms, parser
from lxml import etree

LIMIT = 1.5
QUERIES = 4
DOMAIN = [("client_is_commercial", "=", True)]


def stock_columns(env):
    """:return: what the list of contacts of stock Odoo reads"""
    arch = env.ref("base.view_partner_tree").arch_db
    names = [node.get("name") for node in etree.fromstring(arch).iter("field")]
    return specification(env, [name for name in names if not name.startswith("client")])


def specification(env, names):
    """:return: what the browser asks to read of these fields"""
    Partner = env["res.partner"]
    return {
        name: {"fields": {"display_name": {}}}
        if Partner._fields[name].relational
        else {}
        for name in names
    }


class Lists:
    """The requests, each without what an earlier one has left in the cache."""

    def __init__(self, env):
        self.env = env
        self.stock = stock_columns(env)
        self.names = env["res.partner"]._client_metric_fields()
        self.figures = specification(env, ["complete_name", *self.names])

    def page(self, columns, domain=(), order=None):
        self.env.invalidate_all()
        return self.env["res.partner"].web_search_read(
            [*DOMAIN, *domain], columns, limit=80, order=order, count_limit=10001
        )

    def groups(self, groupby, aggregates):
        self.env.invalidate_all()
        return self.env["res.partner"].web_read_group(
            DOMAIN, [groupby], aggregates, limit=80
        )

    def sums(self):
        """:return: what the list adds up of each figure"""
        Partner = self.env["res.partner"]
        names = [name for name in self.names if Partner._fields[name].aggregator]
        return [
            *(f"{name}:{Partner._fields[name].aggregator}" for name in names),
            "client_currency_id:array_agg_distinct",
        ]


def queries(env, function):
    """:return: number of queries of a call that finds nothing in the cache"""
    before = env.cr.sql_log_count
    function()
    return env.cr.sql_log_count - before


def measure(env):
    """Print the table; :return: the limits that were missed"""
    lists, failures = Lists(env), []
    both = {**lists.stock, **lists.figures}
    requests = [
        ("Odoo: page of 80", "page", lambda: lists.page(lists.stock)),
        ("page of 80 with all figures", "page", lambda: lists.page(both)),
        ("Odoo: groups by country", "group", lambda: lists.groups("country_id", [])),
        (
            "sorted by revenue",
            "group",
            lambda: lists.page(lists.figures, order="client_revenue desc"),
        ),
        (
            "only VIP",
            "group",
            lambda: lists.page(lists.figures, [("client_revenue_class", "=", "vip")]),
        ),
        *(
            (f"groups by {name}, with sums", "group", group)
            for name, group in (
                (name, lambda name=name: lists.groups(name, lists.sums()))
                for name in (
                    "client_revenue_class",
                    "client_payment_class",
                    "client_engagement",
                )
            )
        ),
    ]
    print("| | ms | times Odoo's own | queries |")
    print("|---|--:|--:|--:|")
    baseline = {}
    for what, kind, call in requests:
        spent, count = median_ms(call), queries(env, call)
        own, own_count = baseline.setdefault(kind, (spent, count))
        print(f"| {what} | {spent:.1f} | {spent / own:.2f} | {count} |", flush=True)
        if spent > LIMIT * own:
            failures.append(f"{what}: {spent / own:.2f} times Odoo's own")
        if kind == "page" and count > own_count + QUERIES:
            failures.append(f"{what}: {count - own_count} more queries")
    return failures


def main():
    options = parser("Measure lists with figures next to stock lists.").parse_args()
    failures = []
    with environment(options) as env:
        user = env.ref("base.user_admin")
        for company in env["res.company"].search([("name", "like", "Bench ")]):
            user.company_ids |= company
            print(f"\n{company.name}\n")
            context = {"allowed_company_ids": company.ids}
            failures += measure(env(user=user, su=False, context=context))
    for failure in failures:
        print(f"FAILED {failure}")
    return int(bool(failures))


if __name__ == "__main__":
    sys.exit(main())
