"""The duration of the revenue report, compared with Odoo's own analysis of invoices.

    python benchmarks/reports.py -c odoo.conf -d bench

It measures the requests of a browser: the pivot of the revenue by criterion over 12
months, and each source of the dashboard, compared with the shortest SQL for the same
result. It writes nothing, so it also runs on a replica. Fails if the pivot is not
`FASTER` times as fast as the same request to `account.invoice.report`, also in a
database where each invoice has one line (`generate.py --lines 1`), if it takes `NEAR`
times as long as its SQL, or if the slowest source of the dashboard takes `SLOWER` times
as long as its SQL.
"""

# A command-line script prints its results.
# pylint: disable=print-used

import json
import sys

from database import environment, median_ms, medians_ms, parser
from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.tools import SQL, file_open

FASTER = 3
NEAR = 1.3
SLOWER = 2
DASHBOARD = "client_segmentation/data/files/client_overview_dashboard.json"
DOCUMENTS = ("out_invoice", "out_refund", "out_receipt")
AT_RISK = """CASE WHEN engagement != 'lost' AND in_pause IS NOT TRUE
                      AND CURRENT_DATE - last_invoice_date
                          > COALESCE(order_gap_days * 1.5, 90)
                  THEN GREATEST(revenue, revenue_previous, 0) END"""
# What the sums over clients add up, and of whom.
SUMS = {
    "Clients at risk": (f"SUM({AT_RISK}), COUNT(*)", f"{AT_RISK} > 0"),
    "Falling clients": (
        "SUM(revenue_previous - revenue), COUNT(*)",
        "revenue_previous > revenue",
    ),
    "Clients with overdue amounts": ("SUM(overdue), COUNT(*)", "overdue > 0"),
}
# Condition and order of the lists of stored figures; the others ask for the rhythm.
LISTS = {
    "Ten best": ("revenue_rank > 0", "revenue_rank"),
    "Falling": ("revenue_previous > revenue", "revenue_previous - revenue DESC"),
    "Slow payers": ("payment_class = 'slow'", "overdue DESC"),
    "New clients": ("first_invoice_date > now() - INTERVAL '1 year'", "revenue DESC"),
}


def by_criterion(env, start):
    """:return: the question to our report, to Odoo's and to PostgreSQL, as functions"""

    def ours():
        return env["client.revenue.report"].formatted_read_grouping_sets(
            [("date", ">", start)],
            [[], ["client_criterion_1_id"]],
            ["revenue:sum", "revenue:sum_currency", "currency_id:array_agg_distinct"],
        )

    def stock():
        return env["account.invoice.report"].formatted_read_grouping_sets(
            [
                ("invoice_date", ">", start),
                ("state", "=", "posted"),
                ("move_type", "in", DOCUMENTS),
            ],
            [[], ["client_criterion_1_id"]],
            ["price_subtotal:sum"],
        )

    sum_per_client_first = SQL(
        """
        SELECT client_criterion_1_id, SUM(amount)
          FROM (SELECT commercial_partner_id AS id, SUM(amount_untaxed_signed) AS amount
                  FROM account_move
                 WHERE company_id IN %s AND state = 'posted' AND move_type IN %s
                   AND invoice_date > %s
              GROUP BY commercial_partner_id) client
          JOIN res_partner USING (id)
      GROUP BY ROLLUP (1)
        """,
        tuple(env.companies.ids),
        DOCUMENTS,
        start,
    )
    return ours, stock, lambda: env.execute_query(sum_per_client_first)


def bare_sql(company, source, period):
    """:return: the shortest SQL that answers what a source of the dashboard asks, or
    None where the question is its own shortest SQL
    """
    fields_of = source["fieldMatching"]
    if source["model"] == "client.revenue.report":
        years = int(fields_of["client-period"]["chain"] == "date_next_year")
        start, end = (day - relativedelta(years=years) for day in period)
        rows = [row["fieldName"] for row in source["rows"]]
        return SQL(
            """
            SELECT %(rows)s SUM(amount_untaxed_signed), %(clients)s
              FROM account_move move
         LEFT JOIN res_partner client ON client.id = move.commercial_partner_id
             WHERE move.company_id = %(company)s AND state = 'posted'
               AND move_type IN %(documents)s
               AND COALESCE(invoice_date, move.date) BETWEEN %(start)s AND %(end)s
          %(groups)s
            """,
            rows=SQL("%s,", SQL.identifier("client", rows[0])) if rows else SQL(),
            groups=SQL("GROUP BY ROLLUP (1)") if rows else SQL(),
            clients=SQL(
                "COUNT(*)" if rows else "COUNT(DISTINCT move.commercial_partner_id)"
            ),
            company=company.id,
            documents=DOCUMENTS,
            start=start,
            end=end,
        )
    if source["name"] in SUMS:
        sums, condition = SUMS[source["name"]]
        return SQL(
            """
            SELECT %s
              FROM client_metric metric
              JOIN res_partner client ON client.id = metric.partner_id
             WHERE metric.company_id = %s AND %s
            """,
            SQL(sums),
            company.id,
            SQL(condition),
        )
    if source["name"] in LISTS:
        condition, order = LISTS[source["name"]]
        return SQL(
            """
            SELECT client.complete_name, metric.*
              FROM client_metric metric
              JOIN res_partner client ON client.id = metric.partner_id
             WHERE metric.company_id = %s AND %s
          ORDER BY %s LIMIT 10
            """,
            company.id,
            SQL(condition),
            SQL(order),
        )
    return None


def pivot_call(env, pivot, period):
    """:return: what the browser asks for a pivot, as a function"""
    model = env[pivot["model"]]
    measures = []
    for measure in pivot["measures"]:
        name = measure["fieldName"]
        if name == "__count":
            measures.append(name)
        elif "computedBy" not in measure:
            field = model._fields[name]
            many2one = field.type == "many2one"
            function = "count_distinct" if many2one else field.aggregator
            measures.append(f"{name}:{function}")
    rows = [row["fieldName"] for row in pivot["rows"]]
    sets = [[]] + ([rows] if rows else [])
    domain = pivot["domain"] + in_period(pivot, period)
    return lambda: model.formatted_read_grouping_sets(domain, sets, measures)


def list_call(env, source, period):
    """:return: what the browser asks for a list, as a function"""
    model = env[source["model"]]
    order = ", ".join(
        f"{one['name']} {'ASC' if one['asc'] else 'DESC'}" for one in source["orderBy"]
    )
    domain = source["domain"] + in_period(source, period)
    columns = {name: {} for name in source["columns"]}

    def call():
        env.invalidate_all()
        return model.web_search_read(domain, columns, limit=10, order=order)

    return call


def in_period(source, period):
    date = source["fieldMatching"].get("client-period", {}).get("chain")
    return [(date, ">=", period[0]), (date, "<=", period[1])] if date else []


def main():
    command = parser("Measure the revenue reports and the sources of the dashboard.")
    command.add_argument("--company", type=int, help="id, else that with most invoices")
    options = command.parse_args()
    failures = []
    with environment(options) as env:
        env.cr.execute("SET TRANSACTION READ ONLY")
        company = largest_company(env, options.company)
        env = env(context={**env.context, "allowed_company_ids": company.ids})
        end = fields.Date.context_today(company)
        period = (end - relativedelta(months=12) + relativedelta(days=1), end)
        print(f"{company.name}; milliseconds, medians of 5\n")

        names = ("report", "Odoo's own", "bare SQL")
        asked = by_criterion(env, period[0])
        spent = medians_ms(dict(zip(names, asked, strict=True)))
        ours, stock, bare = (spent[name] for name in names)
        print(
            "| question | lines | report | Odoo's own | faster | bare SQL | times |\n"
            "|---|--:|--:|--:|--:|--:|--:|\n"
            f"| revenue by criterion, 12 months | {lines_per_invoice(env, company):.0f}"
            f" | {ours:.0f} | {stock:.0f} | {stock / ours:.1f}"
            f" | {bare:.0f} | {ours / bare:.2f} |\n",
            flush=True,
        )
        if stock < FASTER * ours:
            failures.append(f"only {stock / ours:.1f} times as fast as Odoo's own")
        if ours > NEAR * bare:
            failures.append(f"{ours / bare:.2f} times as slow as its SQL")

        print(
            "| source of the dashboard | asked | bare SQL | times |\n|---|--:|--:|--:|"
        )
        slowest = max(sources(env, company, period), key=lambda line: line[1])
        name, asked, bare = slowest
        if not bare or asked > SLOWER * bare:
            failures.append(f"{name}: more than {SLOWER} times as slow as its SQL")
    for failure in failures:
        print(f"FAILED {failure}")
    return int(bool(failures))


def lines_per_invoice(env, company):
    """:return: number of product lines of an invoice of the company"""
    [(lines,)] = env.execute_query(
        SQL(
            """
            SELECT COUNT(*)
              FROM account_move_line
             WHERE display_type = 'product' AND move_id = (
                       SELECT MAX(id) FROM account_move
                        WHERE move_type = 'out_invoice' AND company_id = %s)
            """,
            company.id,
        )
    )
    return lines


def largest_company(env, company_id):
    """:return: the company with that id, else the one with most invoices"""
    if company_id:
        return env["res.company"].browse(company_id)
    [(company_id,)] = env.execute_query(
        SQL(
            "SELECT company_id FROM account_move WHERE move_type = 'out_invoice'"
            " GROUP BY 1 ORDER BY COUNT(*) DESC LIMIT 1"
        )
    )
    return env["res.company"].browse(company_id)


def sources(env, company, period):
    """Measure every source of the dashboard, and print it.

    :return: for each source its name, and milliseconds asked and bare, if there is any
    """
    with file_open(DASHBOARD) as file:
        data = json.load(file)
    calls = [
        *((one, pivot_call(env, one, period)) for one in data["pivots"].values()),
        *((one, list_call(env, one, period)) for one in data["lists"].values()),
    ]
    for source, call in calls:
        asked, bare = median_ms(call), None
        if query := bare_sql(company, source, period):
            bare = median_ms(lambda query=query: env.execute_query(query))
        times = f"{bare:.0f} | {asked / bare:.1f}" if bare else "- | -"
        print(f"| {source['name']} | {asked:.0f} | {times} |", flush=True)
        yield source["name"], asked, bare


if __name__ == "__main__":
    sys.exit(main())
