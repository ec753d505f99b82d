"""The reports on documents know the source and the class of somebody else's."""

from odoo.tests import tagged

from .common import ExtensionCase


@tagged("post_install", "-at_install")
class TestReports(ExtensionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for ago in range(5):
            cls.bill(cls.weber, 100, ago=ago)
        cls.rental = cls.rent(cls.meyer, 40)
        cls.Metric._refresh(cls.company)

    def test_the_revenue_report_has_the_documents_of_both_models(self):
        report = self.as_reader(self.env["client.revenue.report"])
        own = [("commercial_partner_id", "in", (self.weber | self.meyer).ids)]
        groups = report._read_group(own, ["res_model"], ["revenue:sum", "__count"])
        self.assertEqual(
            sorted(groups), [("account.move", 500, 5), ("test.rental", 40, 1)]
        )
        ids = report.search(own).ids
        self.assertEqual(len(ids), 6)

    def test_a_row_opens_its_document(self):
        report = self.env["client.revenue.report"]
        row = report.search([("commercial_partner_id", "=", self.meyer.id)])
        action = row.action_open_document()
        self.assertEqual(
            (action["res_model"], action["res_id"]), ("test.rental", self.rental.id)
        )

    def test_reports_group_by_the_class(self):
        own = [("commercial_partner_id", "in", (self.weber | self.meyer).ids)]
        report = self.as_reader(self.env["client.revenue.report"])
        groups = report._read_group(own, ["client_loyalty"], ["revenue:sum"])
        self.assertEqual(sorted(groups), [("first", 40), ("loyal", 500)])
        for model, measure in (
            ("client.discount.report", "gross:sum"),
            ("account.invoice.report", "price_subtotal:sum"),
        ):
            groups = self.as_reader(self.env[model])._read_group(
                own, ["client_loyalty"], [measure]
            )
            self.assertEqual(groups, [("loyal", 500)])

    def test_the_list_behind_a_figure_has_documents_of_both_models(self):
        self.bill(self.meyer, 60)
        action = self.meyer.action_open_client_revenue()
        self.assertEqual(action["res_model"], "client.revenue.report")
        rows = self.env["client.revenue.report"].search(action["domain"])
        self.assertEqual(sum(rows.mapped("revenue")), 100)
        self.assertEqual(set(rows.mapped("res_model")), {"account.move", "test.rental"})
        action = self.weber.action_open_client_revenue()
        self.assertEqual(action["res_model"], "account.move")
        self.assertEqual(len(self.env["account.move"].search(action["domain"])), 5)
