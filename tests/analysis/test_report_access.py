from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .report_case import ReportCase

REPORTS = ("client.revenue.report", "client.discount.report", "client.pareto.report")


@tagged("post_install", "-at_install")
class TestReportAccess(ReportCase):
    """Who may see revenue sees that of the own companies, and nobody else sees any."""

    def ask(self, name, user, company=None):
        return self.as_user(self.env[name], user, company).formatted_read_group(
            [], [], ["__count"]
        )[0]["__count"]

    def test_who_may_not_see_money_sees_no_report(self):
        for user in (
            self.new_client_user(),
            self.new_employee(),
            self.new_portal_user(),
        ):
            for name in REPORTS:
                with (
                    self.subTest(name, user=user.login),
                    self.assertRaises(AccessError),
                ):
                    self.ask(name, user)

    def test_the_other_company_sees_only_its_own(self):
        stranger = self.new_user(
            "stranger", "client_segmentation.group_client_revenue", self.other_company
        )
        revenue = self.as_user(self.env["client.revenue.report"], stranger)
        self.assertEqual(
            set(revenue.search([]).ids), set(self.documents(self.other_company).ids)
        )
        self.assertEqual(self.ask("client.pareto.report", stranger), 2)
        self.assertEqual(self.ask("client.discount.report", stranger), 3)
        foreign = revenue.browse(self.documents(self.company)[:1].id)
        self.assertFalse(foreign.read(["revenue"]))
        with self.assertRaises(AccessError):
            revenue.with_context(allowed_company_ids=self.company.ids).search([])
        with self.assertRaises(AccessError):
            self.ask("client.pareto.report", stranger, self.company)

    def test_who_sees_revenue_without_invoicing_sees_totals_but_opens_no_invoice(self):
        seller = self.new_user(
            "revenue_user", "client_segmentation.group_client_revenue"
        )
        rows = self.as_user(self.env["client.revenue.report"], seller).search([])
        values = rows.read(["name", "revenue", "commercial_partner_id"])
        self.assertEqual(len(values), len(self.documents(self.company)))
        with self.assertRefused(UserError, "access rights of Invoicing"):
            rows[0].action_open_document()

    def test_who_invoices_opens_the_invoice_behind_a_row(self):
        accountant = self.new_accountant()
        row = self.as_user(self.env["client.revenue.report"], accountant).search(
            [], limit=1
        )
        action = row.action_open_document()
        self.assertEqual(action["res_model"], "account.move")
        self.assertEqual(action["res_id"], row.id)
        line = self.as_user(self.env["client.discount.report"], accountant).search(
            [], limit=1
        )
        self.assertEqual(line.action_open_document()["res_id"], line.move_id.id)

    def test_classes_in_odoos_own_analysis_are_for_who_sees_revenue(self):
        report = self.env["account.invoice.report"]
        for dimension in self.Metric._catalogue().dimensions:
            self.assertEqual(
                report._fields[dimension.field].groups,
                "client_segmentation.group_client_revenue",
            )

    def test_the_rhythm_is_for_who_sees_revenue(self):
        clients = self.as_user(self.large | self.small, self.new_client_user())
        for attempt in (
            lambda: clients.read(["client_revenue_at_risk"]),
            lambda: clients.read(["client_rhythm"]),
            lambda: clients.search([("client_days_silent", ">", 1)]),
            lambda: clients.search([], order="client_silence_ratio"),
            lambda: clients.formatted_read_group(
                [], [], ["client_revenue_at_risk:sum"]
            ),
        ):
            with self.assertRaises(AccessError):
                attempt()

    def test_an_update_adds_the_rule_of_the_new_report(self):
        name = "client_revenue_comparison_rule_company"
        domain = self._ours(name).domain_force
        self._ours(name).unlink()
        self.migrate("overview_rule")
        self.assertEqual(self._ours(name).domain_force, domain)
        self.migrate("overview_rule")
        rules = self.env["ir.rule"].search(
            [("model_id.model", "=", "client.revenue.comparison")]
        )
        self.assertEqual(len(rules), 1)
