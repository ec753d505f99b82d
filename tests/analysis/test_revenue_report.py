from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo.tests import tagged

from .report_case import DIMENSIONS, ReportCase

PERIODS = ("date:day", "date:week", "date:month", "date:quarter", "date:year", "month")


@tagged("post_install", "-at_install")
class TestRevenueReport(ReportCase):
    """Revenue by any qualifier of the client equals the accounting data."""

    def revenue(self, dimensions, companies=None, domain=()):
        """:return: the groups by dimensions, each with its revenue by currency"""
        report = self.report("client.revenue.report", companies)
        return report.formatted_read_group(
            list(domain), dimensions, ["revenue:sum", "revenue:sum_currency", "__count"]
        )

    def test_the_report_has_every_document_that_counts_and_no_other(self):
        rows = self.report("client.revenue.report", self.both).search([])
        self.assertEqual(rows.ids and set(rows.ids), set(self.documents(self.both).ids))

    def test_totals_by_every_dimension_are_those_of_the_ledger(self):
        for company in self.both:
            expected = self.ledger(self.documents(company))[company.currency_id.name]
            for dimension in (*DIMENSIONS, *PERIODS, "move_type"):
                with self.subTest(dimension, company=company.name):
                    groups = self.revenue([dimension], company)
                    total = sum(group["revenue:sum"] for group in groups)
                    self.assertAlmostEqual(total, expected, places=2)

    def test_the_documents_behind_a_cell_have_its_sum(self):
        report = self.report("client.revenue.report", self.both)
        moves = self.env["account.move"]
        for dimension in (*DIMENSIONS, *PERIODS, "client_tag_ids"):
            for group in self.revenue([dimension, "company_id"], self.both):
                with self.subTest(dimension, value=group[dimension]):
                    rows = report.search(group["__extra_domain"])
                    self.assertEqual(len(rows), group["__count"])
                    [income] = self.ledger(moves.browse(rows.ids)).values()
                    self.assertAlmostEqual(group["revenue:sum"], income, places=2)

    def test_two_currencies_meet_in_that_of_the_current_company(self):
        income = self.ledger(self.documents(self.both))
        today = self.today
        for first, second in (self.both, reversed(self.both)):
            rate = second.currency_id._get_conversion_rate(
                second.currency_id, first.currency_id, first, today
            )
            expected = (
                income[first.currency_id.name] + income[second.currency_id.name] * rate
            )
            [total] = self.revenue([], first | second)
            self.assertAlmostEqual(total["revenue:sum_currency"], expected, places=2)
            for dimension in DIMENSIONS:
                groups = self.revenue([dimension], first | second)
                total = sum(group["revenue:sum_currency"] for group in groups)
                self.assertAlmostEqual(total, expected, places=2)

    def test_the_pivot_is_told_which_currencies_meet(self):
        report = self.report("client.revenue.report", self.both)
        aggregates = ["currency_id:array_agg_distinct"]
        [both] = report.formatted_read_group([], [], aggregates)
        self.assertEqual(
            set(both["currency_id:array_agg_distinct"]), set(self.currencies.ids)
        )
        one = self.report("client.revenue.report", self.company)
        for domain, expected in (([], self.franc.ids), ([("id", "=", 0)], [])):
            [total] = one.formatted_read_group(domain, [], aggregates)
            self.assertEqual(total["currency_id:array_agg_distinct"] or [], expected)

    def test_a_client_counts_for_each_of_its_tags_and_once_in_the_total(self):
        report = self.report("client.revenue.report")
        total, tags = report.formatted_read_grouping_sets(
            [], [[], ["client_tag_ids"]], ["revenue:sum"]
        )
        revenue = {
            client: sum(
                self.documents(self.company)
                .filtered(
                    lambda move, client=client: move.commercial_partner_id == client
                )
                .mapped("amount_untaxed_signed")
            )
            for client in self.large | self.medium | self.small
        }
        by_tag = {
            group["client_tag_ids"] and group["client_tag_ids"][0]: group["revenue:sum"]
            for group in tags
        }
        self.assertEqual(
            {tag: round(amount, 2) for tag, amount in by_tag.items()},
            {
                self.fair.id: round(revenue[self.large] + revenue[self.medium], 2),
                self.press.id: round(revenue[self.large], 2),
                False: round(revenue[self.small], 2),
            },
        )
        self.assertAlmostEqual(total[0]["revenue:sum"], sum(revenue.values()), 2)

    def test_the_window_and_the_year_before_are_those_of_the_clients(self):
        # The first and the last day of each, and the day before.
        for years in (1, 2):
            for days in (0, 1):
                day = self.today - relativedelta(years=years) + timedelta(days=days)
                ago = (self.today - day).days
                self.bill(self.small, 10 * years + days, ago=ago)
        gone = self.new_client("Gone")
        self.bill(gone, 100, ago=500)
        self.Metric._refresh(self.company)
        report = self.report("client.revenue.report")
        groups = report.formatted_read_group(
            [],
            ["commercial_partner_id"],
            ["revenue_window:sum", "revenue_previous:sum", "revenue_growth:avg"],
        )
        table = self.table(self.company)
        self.assertEqual(len(groups), 4)
        self.assertEqual(table[gone.id]["revenue_growth"], -100)
        for group in groups:
            row = table[group["commercial_partner_id"][0]]
            for ours, theirs in (
                ("revenue_window:sum", "revenue"),
                ("revenue_previous:sum", "revenue_previous"),
                ("revenue_growth:avg", "revenue_growth"),
            ):
                self.assertAlmostEqual(
                    group[ours] or 0, float(row[theirs] or 0), places=2
                )

    def test_a_period_of_the_year_before(self):
        start, end = self.days_ago(365), self.days_ago(120)
        report = self.report("client.revenue.report")
        period = lambda name: [(name, ">=", start), (name, "<=", end)]  # noqa: E731
        year = relativedelta(years=1)
        before = [("date", ">=", start - year), ("date", "<=", end - year)]
        found = report.search(before)
        self.assertEqual(found.mapped("revenue"), [700])
        self.assertEqual(report.search(period("date_next_year")), found)

    def test_swiss_cantons_are_one_whatever_their_language(self):
        groups = self.revenue(["client_canton_id"])
        cantons = {
            group["client_canton_id"] and group["client_canton_id"][0]
            for group in groups
        }
        self.assertEqual(cantons, {self.aargau.id, False})

    def test_cantons_of_states_and_of_postcodes_are_the_same(self):
        self.small.write(
            {"country_id": self.large.country_id.id, "zip": "5000", "city": "Aarau"}
        )
        canton = self.small.client_region_id
        self.assertEqual(canton.code, "AG")
        for model, measure in (
            ("client.revenue.report", "revenue:sum"),
            ("account.invoice.report", "price_subtotal:sum"),
        ):
            report = self.report(model)
            for groupby in ("client_region_id", "client_parent_region_id"):
                groups = report._read_group([], [groupby], [measure])
                [(whole,)] = report._read_group([], [], [measure])
                self.assertEqual([region for region, _sum in groups], [canton])
                self.assertAlmostEqual(sum(total for _, total in groups), whole)

    def test_the_status_is_that_of_the_company_of_the_document(self):
        self.large.with_company(self.company).client_status_id = self.vip
        self.large.with_company(self.other_company).client_status_id = self.inactive
        domain = [("commercial_partner_id", "=", self.large.id)]
        for company, status in (
            (self.company, self.vip),
            (self.other_company, self.inactive),
        ):
            [group] = self.revenue(["client_status_id"], company, domain)
            self.assertEqual(group["client_status_id"][0], status.id)
        # A client without a status has the default status.
        domain = [("commercial_partner_id", "=", self.small.id)]
        [group] = self.revenue(["client_status_id"], self.company, domain)
        self.assertEqual(group["client_status_id"][0], self.prospect.id)

    def test_criteria_have_the_names_that_people_gave_them(self):
        self.region.name = "Terroir"
        for name in (
            "client.revenue.report",
            "client.discount.report",
            "client.pareto.report",
            "account.invoice.report",
        ):
            report = self.env[name].with_context(lang="en_US")
            labels = report.fields_get(["client_criterion_1_id"], ["string"])
            self.assertEqual(labels["client_criterion_1_id"]["string"], "Terroir")

    def test_odoos_own_analysis_has_the_same_totals_by_the_same_dimensions(self):
        domain = [("move_type", "in", ("out_invoice", "out_refund", "out_receipt"))]
        theirs = self.report("account.invoice.report")
        for dimension in (*DIMENSIONS, "client_tag_ids"):
            if dimension == "country_id":  # its own: that of the delivery
                continue
            with self.subTest(dimension):
                groups = theirs.formatted_read_group(
                    [*domain, ("state", "=", "posted")],
                    [dimension],
                    ["price_subtotal:sum"],
                )
                expected = {
                    group[dimension]: round(group["revenue:sum"], 2)
                    for group in self.revenue([dimension])
                }
                self.assertEqual(
                    {
                        group[dimension]: round(group["price_subtotal:sum"], 2)
                        for group in groups
                    },
                    expected,
                )

    def test_everything_works_on_a_replica(self):
        with self.read_only():
            for name in ("client.revenue.report", "client.discount.report"):
                report = self.report(name, self.both)
                measures = [
                    f"{field}:{function}"
                    for field, function in (
                        ("revenue", "sum_currency"),
                        ("revenue_growth", "avg"),
                        ("gross", "sum_currency"),
                        ("average_discount", "avg"),
                    )
                    if field in report._fields
                ]
                self.assertTrue(
                    report.formatted_read_group(
                        [], ["client_status_id", "client_tag_ids"], measures
                    )
                )
            pareto = self.report("client.pareto.report", self.both)
            self.assertTrue(pareto.formatted_read_group([], [], ["hhi:sum"]))
            silent = [("client_revenue_at_risk", ">=", 0)]
            self.assertTrue(self.Partner.search(silent, order="client_revenue_at_risk"))

    def test_documents_of_a_later_day_do_not_count_yet(self):
        def totals():
            return {
                (model, measure): self.report(model)._read_group([], [], [measure])
                for model, measure in (
                    ("client.revenue.report", "revenue:sum"),
                    ("client.revenue.comparison", "revenue:sum"),
                    ("client.discount.report", "discount_amount:sum"),
                )
            }

        before = totals()
        document = self.bill(self.large, (500, 10), ago=-3)
        self.assertEqual(document.state, "posted")
        self.assertEqual(totals(), before)
        self.bill(self.large, (500, 10))
        after = totals()
        self.assertFalse([name for name in after if after[name] == before[name]])
