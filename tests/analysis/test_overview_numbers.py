"""Each number of the overview is the sum or the count of the records that it opens."""

import json
import re
from collections import defaultdict

from dateutil.relativedelta import relativedelta

from odoo import Command
from odoo.fields import Domain
from odoo.tests import tagged

from ..browser_case import BrowserCase
from .report_case import ReportCase

PERIOD = "client-period"
REFERENCE = re.compile(r"(?:Data!)?\$?([A-Z])\$?(\d+)")
PIVOT = re.compile(r"PIVOT(?:\.VALUE)?\((\d+)(?:,\"(\w+)\")?")


class OverviewCase(ReportCase):
    """Archived clients, documents without a client or of a later day, two companies."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        archived = cls.new_client(
            "Closed Down",
            client_criterion_1_id=cls.vaud.id,
            client_criterion_2_id=cls.health.id,
        )
        for ago in (400, 300, 299, 298):
            cls.bill(archived, 810.1, ago=ago)
        cls.reverse(cls.bill(archived, 90, ago=35), amount=20, ago=33)
        archived.active = False
        cls.bill(cls.large, 444, ago=-20)
        cls.bill(cls.env["res.partner"], 77, ago=10, move_type="out_receipt")
        for company in cls.both:
            cls.Metric._refresh(company)
        cls.archived = archived
        cls.manager = cls.new_user(
            "monday_manager", "account.group_account_invoice", companies=cls.both
        )

    def overview(self):
        """:return: what the browser gets"""
        dashboard = self.as_user(
            self._ours("client_overview_dashboard"), self.manager, self.company
        )
        return json.loads(dashboard._get_serialized_readonly_dashboard())["snapshot"]

    def periods(self):
        """:return: dict of pairs of the first and the last day, by name"""
        month = self.today.replace(day=1)
        [chosen] = [
            one["defaultValue"]
            for one in self.overview()["globalFilters"]
            if one["id"] == PERIOD
        ]
        year, day = relativedelta(years=1), relativedelta(days=1)
        this_year = month.replace(month=1)
        return {
            "default": (chosen["from"], chosen["to"]),
            "last month": (month - relativedelta(months=1), month - day),
            "last year": (this_year - year, this_year - day),
            "this year and the next": (this_year, self.today + year),
            "always": (None, None),
        }


@tagged("post_install", "-at_install")
class TestOverviewNumbers(OverviewCase):
    def setUp(self):
        super().setUp()
        self.snapshot = self.overview()
        self.main, self.data = self.snapshot["sheets"]

    def domain(self, source, period):
        """:return: the records of a source of the page in a period"""
        own = source if "domain" in source else source["searchParams"]
        domain = Domain(own["domain"])
        date = source["fieldMatching"].get(PERIOD, {}).get("chain")
        for operator, day in zip((">=", "<="), period, strict=True):
            if date and day:
                domain &= Domain(date, operator, day)
        return domain

    def records(self, model):
        """:return: the model, as the list that opens has it"""
        return self.as_user(self.env[model], self.manager, self.company)

    def behind(self, sheet, cell):
        """:return: the pivot and the field of the number in a cell"""
        formula = sheet["cells"][cell]
        if found := PIVOT.search(formula):
            return self.snapshot["pivots"][found[1]], found[2]
        [reference] = set(REFERENCE.findall(formula))
        return self.behind(self.data, "".join(reference))

    def tiles(self):
        """:return: dict of the pivot and the field of each tile, by title"""
        found = {}
        for figure in self.main["figures"]:
            data = figure["data"]
            if data["type"] == "scorecard" and "client-card" in figure["id"]:
                cell = data["keyValue"].removeprefix("Data!")
                found[data["title"]["text"]] = self.behind(self.data, cell)
        return found

    def number(self, pivot, name, domain):
        """:return: the number that the page shows"""
        model = self.records(pivot["model"])
        if name != "__count":
            field = model._fields[name]
            many2one = field.type == "many2one"
            name += ":count_distinct" if many2one else f":{field.aggregator}"
        [[row]] = model.formatted_read_grouping_sets(domain, [[]], [name])
        return row[name] or 0

    def counted(self, name, records):
        """:return: the same number, from the records that open"""
        if name == "__count":
            return len(records)
        if name.startswith("top_"):
            amounts = records.sorted("revenue", reverse=True).mapped("revenue")
            best = amounts[: int(name.removeprefix("top_"))]
            return 100 * sum(best) / sum(amounts)
        if name == "hhi":
            total = sum(records.mapped("revenue"))
            return round(sum((100 * one.revenue / total) ** 2 for one in records))
        values = records.mapped(name)
        return len(values) if records._fields[name].relational else sum(values)

    def test_every_tile_is_the_sum_or_the_count_of_what_it_opens(self):
        tiles = self.tiles()
        self.assertEqual(len(tiles), 8)
        for when, period in self.periods().items():
            for title, (pivot, name) in tiles.items():
                with self.subTest(tile=title, period=when):
                    domain = self.domain(pivot, period)
                    records = self.records(pivot["model"]).search(domain)
                    self.assertAlmostEqual(
                        self.number(pivot, name, domain),
                        self.counted(name, records),
                        places=2,
                    )

    def test_the_revenue_is_that_of_the_books_until_today(self):
        pivot, name = self.tiles()["Revenue"]
        for when, (first, last) in self.periods().items():
            with self.subTest(period=when):
                documents = self.documents(self.company).filtered_domain(
                    [
                        ("commercial_partner_id", "!=", False),
                        ("invoice_date", ">=", first or "1970-01-01"),
                        ("invoice_date", "<=", min(str(last), str(self.today))),
                    ]
                )
                self.assertAlmostEqual(
                    self.number(pivot, name, self.domain(pivot, (first, last))),
                    sum(documents.mapped("amount_untaxed_signed")),
                    places=2,
                )

    def test_the_default_period_is_the_window_of_the_figures(self):
        """The tile, the figures of the clients and the concentration agree."""
        pivot, name = self.tiles()["Revenue"]
        total = self.number(pivot, name, self.domain(pivot, self.periods()["default"]))
        metrics = self.Metric.search([("company_id", "=", self.company.id)])
        self.assertAlmostEqual(total, sum(metrics.mapped("revenue")), places=2)
        self.assertIn(self.archived, metrics.partner_id)
        before, name = self.behind(self.data, "C2")
        domain = self.domain(before, self.periods()["default"])
        self.assertAlmostEqual(
            self.number(before, name, domain),
            sum(metrics.mapped("revenue_previous")),
            places=2,
        )

    def test_the_year_before_reaches_as_far_as_the_period_has_come(self):
        self.bill(self.large, 1000, ago=365 - 10)
        before, name = self.behind(self.data, "C2")
        year = relativedelta(years=1)
        without = self.number(
            before, name, self.domain(before, (self.days_ago(5), self.today + year))
        )
        self.assertEqual(without, 0)

    def test_every_row_of_a_table_is_the_sum_of_its_documents(self):
        for cell in ("A32", "E32"):
            pivot, _name = self.behind(self.main, cell)
            total, name = self.behind(
                self.main, cell.replace("32", "41").replace("A", "B").replace("E", "F")
            )
            self.assertIs(total, pivot)
            [row] = [one["fieldName"] for one in pivot["rows"]]
            for when, period in self.periods().items():
                domain = self.domain(pivot, period)
                report = self.records(pivot["model"])
                groups = report.formatted_read_group(domain, [row], [f"{name}:sum"])
                sums = defaultdict(float)
                for document in report.search(domain):
                    sums[document[row].id] += document[name]
                with self.subTest(table=cell, period=when):
                    for group in groups:
                        value = group[row] and group[row][0]
                        self.assertAlmostEqual(
                            group[f"{name}:sum"], sums.pop(value), places=2
                        )
                    self.assertFalse(sums)

    def test_every_point_of_the_chart_is_the_sum_of_its_documents(self):
        [chart] = [
            figure["data"]
            for figure in self.main["figures"]
            if figure["id"] == "client-chart-month"
        ]
        meta = chart["metaData"]
        report = self.records(meta["resModel"])
        seen = set()
        for when, period in self.periods().items():
            domain = self.domain(chart, period)
            measure = f"{meta['measure']}:sum"
            groups = report.formatted_read_group(domain, meta["groupBy"], [measure])
            for group in groups:
                with self.subTest(period=when, group=group):
                    records = report.search(domain & Domain(group["__extra_domain"]))
                    self.assertAlmostEqual(
                        group[measure], sum(records.mapped("revenue")), places=2
                    )
                    years = {one.period_date.year - one.date.year for one in records}
                    shift = {"period": {0}, "year_before": {1}}
                    self.assertEqual(years, shift[group["series"]])
                    seen.add(group["series"])
            totals = {
                group["series"]: group[measure]
                for group in report.formatted_read_group(domain, ["series"], [measure])
            }
            for series, cell in (("period", "B2"), ("year_before", "C2")):
                pivot, name = self.behind(self.data, cell)
                number = self.number(pivot, name, self.domain(pivot, period))
                self.assertAlmostEqual(totals.get(series, 0), number, places=2)
        self.assertEqual(seen, {"period", "year_before"})

    def test_no_number_leaves_archived_clients_out(self):
        sources = (*self.snapshot["pivots"].values(), *self.snapshot["lists"].values())
        about_clients = [one for one in sources if one["model"] == "res.partner"]
        self.assertEqual(len(about_clients), 10)
        self.large.active = self.medium.active = self.small.active = False
        for source in about_clients:
            domain = self.domain(source, (None, None))
            clients = self.records("res.partner")
            everybody = clients.with_context(active_test=False).search(domain)
            with self.subTest(source=source["name"]):
                self.assertEqual(clients.search(domain), everybody)

    def test_the_lists_have_archived_clients_too(self):
        """Their ranks have no holes, and their rows are the figures of the client."""
        for source in self.snapshot["lists"].values():
            domain = self.domain(source, self.periods()["default"])
            clients = self.records(source["model"])
            for client in clients.search(domain):
                metric = client._client_metric()
                if source["name"] == "Ten best":
                    self.assertEqual(client.client_revenue, metric.revenue)
        best = self.snapshot["lists"]["1"]
        domain = self.domain(best, self.periods()["default"])
        ranks = self.records("res.partner").search(domain, order="client_revenue_rank")
        self.assertIn(self.archived, ranks.sudo(False))
        self.assertEqual(
            ranks.mapped("client_revenue_rank"), list(range(1, len(ranks) + 1))
        )


@tagged("post_install", "-at_install")
class TestOverviewInTheBrowser(OverviewCase, BrowserCase):
    def test_every_number_opens_its_records(self):
        """At three periods, and with more documents than a page has."""
        self.env["account.move"].create(
            [
                {
                    "move_type": "out_invoice",
                    "partner_id": self.medium.id,
                    "invoice_date": self.days_ago(7),
                    "invoice_line_ids": [
                        Command.create({"name": "Work", "price_unit": 10.01})
                    ],
                }
                for _number in range(85)
            ]
        ).action_post()
        self.Metric._refresh(self.company)
        self.start_tour("/odoo", "client_overview_numbers_tour", login="monday_manager")
