"""Reports with branches: each document counts once, whatever companies are ticked, and
nobody sees the figures of a company where they do not work.
"""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..branch_case import BranchCase

REVENUE = "client_segmentation.group_client_revenue"


@tagged("post_install", "-at_install")
class TestBranchReports(BranchCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.meyer = cls.new_client("Meyer Metallbau")
        cls.bill(cls.client, 100)
        cls.bill(cls.meyer, 1000)
        cls.bill(cls.client, (20, 10), company=cls.lausanne)
        cls.bill(cls.client, 3, company=cls.kiosk)
        cls.bill(cls.client, 5000, company=cls.other_company)
        while cls.Queue._drain():
            pass

    def revenue(self, *companies, user=None, domain=()):
        rows = self.report("client.revenue.report", *companies)
        if user:
            rows = rows.with_user(user)
        domain = [("commercial_partner_id", "=", self.client.id), *domain]
        [[revenue, window]] = rows._read_group(
            domain, [], ["revenue:sum_currency", "revenue_window:sum_currency"]
        )
        self.assertEqual(revenue, window)
        return revenue

    def test_each_document_counts_once(self):
        for companies, wanted in (
            ([self.company], 121),
            ([self.company, self.lausanne], 121),
            ([self.lausanne, self.company], 121),
            ([self.company, self.lausanne, self.kiosk], 121),
            ([self.company, self.kiosk], 121),
            ([self.lausanne], 21),
            ([self.kiosk], 3),
            ([self.kiosk, self.lausanne], 21),
        ):
            names = [company.name for company in companies]
            with self.subTest(companies=names):
                self.assertEqual(self.revenue(*companies), wanted)

    def test_the_report_of_the_current_company_equals_its_list(self):
        both = (self.company, self.lausanne)
        current = [("is_current_company", "=", True)]
        for companies in (both, both[::-1]):
            with self.subTest(current=companies[0].name):
                revenue = self.seen_in(self.client, *companies).client_revenue
                self.assertEqual(self.revenue(*companies, domain=current), revenue)

    def test_classes_in_reports_are_those_of_the_company_that_looks(self):
        """At the company, the client is small; in the branch, it is VIP."""
        for companies, wanted in (
            ([self.company, self.lausanne], {"regular": 121, "vip": 1000}),
            ([self.company], {"regular": 121, "vip": 1000}),
            ([self.lausanne, self.company], {"regular": 100, "vip": 1021}),
            ([self.lausanne], {"vip": 21}),
        ):
            rows = self.report("client.revenue.report", *companies)
            groups = rows._read_group([], ["client_revenue_class"], ["revenue:sum"])
            self.assertEqual(dict(groups), wanted)

    def test_the_year_before_has_the_branches_that_are_not_ticked(self):
        self.bill(self.client, 40, company=self.kiosk, ago=400)
        for companies in ([self.company], [self.company, self.kiosk]):
            rows = self.report("client.revenue.comparison", *companies)
            groups = rows._read_group(
                [("commercial_partner_id", "=", self.client.id)],
                ["series"],
                ["revenue:sum"],
            )
            self.assertEqual(dict(groups), {"period": 161, "year_before": 40})

    def test_discounts_of_branches_count_once(self):
        for companies in ([self.company, self.lausanne], [self.company]):
            rows = self.report("client.discount.report", *companies)
            [[gross, discount]] = rows._read_group(
                [("commercial_partner_id", "=", self.client.id)],
                [],
                ["gross:sum_currency", "discount_amount:sum_currency"],
            )
            self.assertEqual((gross, discount), (123, 2))
            average = self.seen_in(self.client, *companies).client_average_discount
            self.assertEqual(average, 1.6)

    def test_a_sister_in_another_currency_is_converted_once(self):
        """Branches that are not ticked have the currency of their company."""
        euro = self.company.currency_id._get_conversion_rate(
            self.company.currency_id, self.euro, self.other_company, self.today
        )
        revenue = self.revenue(self.other_company, self.company)
        self.assertAlmostEqual(float(revenue), 5000 + 121 * euro, 2)

    def test_who_works_in_the_branch_sees_its_figures_and_no_others(self):
        groups = f"account.group_account_invoice,{REVENUE}"
        user = self.member_of("cashier", groups, self.lausanne)
        own = self.as_user(self.client, user)
        self.assertEqual(own.client_revenue, 21)
        metrics = self.as_user(self.Metric, user).search([])
        self.assertEqual(metrics.company_id, self.lausanne)
        self.assertEqual(self.revenue(self.lausanne, user=user), 21)
        companies = self.as_user(self.env["client.revenue.report"], user).search([])
        self.assertEqual(companies.company_id, self.lausanne | self.kiosk)
        with self.assertRaises(AccessError):
            self.revenue(self.company, user=user)
        hidden = self.Metric.search([("company_id", "=", self.company.id)], limit=1)
        with self.assertRaises(AccessError):
            self.as_user(hidden, user).read(["revenue"])

    def test_at_the_company_one_sees_documents_of_branches_but_opens_none(self):
        groups = f"account.group_account_invoice,{REVENUE}"
        user = self.member_of("boss", groups, self.company)
        for report in ("client.revenue.report", "client.discount.report"):
            rows = self.as_user(self.env[report], user)
            of_branch = rows.search([("company_id", "=", self.kiosk.id)])
            with self.assertRefused(UserError, "belongs to Kiosk. Select this company"):
                of_branch.action_open_document()
            own = rows.search([("company_id", "=", self.company.id)], limit=1)
            self.assertEqual(own.action_open_document()["res_model"], "account.move")

    def test_the_journal_of_the_company_stays_in_the_company(self):
        self.client.client_status_id = self.vip
        self.seen_in(self.client, self.lausanne).client_status_id = self.inactive
        user = self.member_of("cashier", REVENUE, self.lausanne)
        changes = self.as_user(self.Change, user).search(
            [("partner_id", "=", self.client.id)]
        )
        self.assertEqual(changes.company_id, self.lausanne)

    def test_classes_over_time_count_the_branches(self):
        for company, wanted in ((self.company, 121), (self.lausanne, 21)):
            history = self.report("client.class.history", company).compare(
                str(self.days_ago(30)), str(self.today)
            )
            [revenue] = [
                each
                for each in history["classes"]
                if each["name"] == "revenue_class_computed"
            ]
            total = sum(each["after"] for each in revenue["totals"])
            self.assertEqual(total, wanted + (1000 if company == self.company else 0))

    def test_what_if_and_the_loss_test_count_the_branches(self):
        company = self.report("client.what.if", self.company)
        preview = company.preview({"window_months": 3})
        self.assertEqual(preview["curve"][-1][0], 2)
        loss = self.report("client.loss.test", self.company).without(self.client.ids)
        self.assertEqual((loss["revenue"], loss["lost_revenue"]), (1121, 121))
        loss = self.report("client.loss.test", self.kiosk).without(self.client.ids)
        self.assertEqual((loss["revenue"], loss["lost_revenue"]), (3, 3))

    def test_a_saved_segment_is_about_the_current_company(self):
        text = f"revenue_class_computed:{self.today}:vip"
        domain = [("client_class_at", "=", text)]
        for company, wanted in (
            (self.company, self.meyer),
            (self.lausanne, self.client),
        ):
            found = self.report("res.partner", company).search(domain)
            self.assertEqual(found, wanted)

    def test_an_update_shows_the_documents_of_branches(self):
        rule = self._ours("client_revenue_report_rule_company")
        changed = self._ours("client_discount_report_rule_company")
        rule.domain_force = "[('company_id', 'in', company_ids)]"
        changed.domain_force = "[('company_id', 'in', company_ids), (1, '=', 1)]"
        self.migrate("branches")
        self.assertIn("is_selected_company", rule.domain_force)
        self.assertNotIn("is_selected_company", changed.domain_force)
