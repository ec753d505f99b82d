"""The duration of lists with figures, compared with Odoo's list of contacts.

    python benchmarks/lists.py -c odoo.conf -d bench_addon

It measures the requests of a browser on the same data: a page of 80 with its counter
(`web_search_read`), groups with the default sums of the list (`web_read_group`). Fails
if a page with all figures takes more than 1.5 times Odoo's page or more than four
additional queries, or if sorting, filtering or grouping by figures takes more than 1.5
times Odoo's groups by country. Groups with the sums of all columns, of which some are
computed for each client, have no limit.
"""

# A command-line script prints its results.
# pylint: disable=print-used

import sys

from database import environment, medians_ms, parser
from lxml import etree

LIMIT = 1.5
QUERIES = 4
TIMES = 9
OWN_PAGE = "Odoo: page of 80"
OWN_GROUPS = "Odoo: groups by country"
STORED_SUMS = "groups by client_revenue_class, sums of all stored figures"
EVERY_SUM = "groups by client_revenue_class, and of those computed from them"
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

    def sums(self, names):
        """:return: what the list adds up of these figures"""
        Partner = self.env["res.partner"]
        names = [name for name in names if Partner._fields[name].aggregator]
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
    shown, every = lists.sums(["client_revenue"]), lists.sums(lists.names)
    today = env["client.metric"]._catalogue().unstored_figures
    computed = {f"client_{name}" for name in today}
    stored = lists.sums(name for name in lists.names if name not in computed)
    classes = ("client_revenue_class", "client_payment_class", "client_engagement")
    # What is asked, and what it is compared with.
    requests = {
        OWN_PAGE: (lambda: lists.page(lists.stock), OWN_PAGE),
        "page of 80 with all figures": (lambda: lists.page(both), OWN_PAGE),
        OWN_GROUPS: (lambda: lists.groups("country_id", []), OWN_GROUPS),
        "sorted by revenue": (
            lambda: lists.page(lists.figures, order="client_revenue desc"),
            OWN_GROUPS,
        ),
        "only VIP": (
            lambda: lists.page(lists.figures, [("client_revenue_class", "=", "vip")]),
            OWN_GROUPS,
        ),
        **{
            f"groups by {name}, with sums": (
                lambda name=name: lists.groups(name, shown),
                OWN_GROUPS,
            )
            for name in classes
        },
        STORED_SUMS: (lambda: lists.groups(classes[0], stored), OWN_GROUPS),
        EVERY_SUM: (lambda: lists.groups(classes[0], every), OWN_GROUPS),
    }
    spent = medians_ms({what: call for what, (call, _own) in requests.items()}, TIMES)
    count = {what: queries(env, call) for what, (call, _own) in requests.items()}
    print("| | ms | times Odoo's own | queries |")
    print("|---|--:|--:|--:|")
    for what, (_call, own) in requests.items():
        ratio = spent[what] / spent[own]
        print(f"| {what} | {spent[what]:.1f} | {ratio:.2f} | {count[what]} |")
        if ratio > LIMIT and what != EVERY_SUM:
            failures.append(f"{what}: {ratio:.2f} times Odoo's own")
        if own == OWN_PAGE and count[what] > count[own] + QUERIES:
            failures.append(f"{what}: {count[what] - count[own]} more queries")
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
