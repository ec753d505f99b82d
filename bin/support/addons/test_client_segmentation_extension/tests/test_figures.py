"""A figure and a source of somebody else's."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import ExtensionCase


@tagged("post_install", "-at_install")
class TestFigures(ExtensionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        groups = "account.group_account_invoice,base.group_allow_export"
        cls.exporter = cls.new_user("exporter", groups)

    def test_the_nightly_pass_computes_the_figure(self):
        invoice = self.bill(self.weber, 100)
        self.reverse(invoice, amount=20)
        self.reverse(invoice, amount=10)
        self.bill(self.meyer, 50)
        self.Metric._refresh_and_run_rules(self.company)
        self.assertEqual(self.weber.client_credit_note_count, 2)
        self.assertEqual(self.meyer.client_credit_note_count, 0)
        self.assertFalse(self.Metric.verify(self.company))

    def test_documents_of_the_other_model_are_business(self):
        self.bill(self.weber, 100, ago=10)
        self.rent(self.weber, 40, ago=5)
        self.rent(self.weber, 7, ago=5, state="draft")
        self.rent(self.meyer, 300, ago=2)
        self.refresh()
        self.assertEqual(self.weber.client_revenue, 140)
        self.assertEqual(self.weber.client_order_count, 2)
        self.assertEqual(self.weber.client_average_basket, 70)
        self.assertEqual(self.weber.client_last_invoice_date, self.days_ago(5))
        self.assertEqual(self.meyer.client_revenue, 300)
        self.assertEqual(self.meyer.client_revenue_class, "vip")
        self.assertFalse(self.Metric.verify(self.company))

    def test_the_queue_knows_what_changes_in_the_other_model(self):
        rental = self.rent(self.weber, 40)
        self.drain()
        self.assertEqual(self.weber.client_revenue, 40)
        rental.amount = 55
        self.drain()
        self.assertEqual(self.weber.client_revenue, 55)
        rental.partner_id = self.meyer
        self.drain()
        self.assertEqual(self.weber.client_revenue, 0)
        self.assertEqual(self.meyer.client_revenue, 55)
        rental.unlink()
        self.drain()
        self.assertEqual(self.meyer.client_revenue, 0)
        self.assertFalse(self.Metric.verify(self.company))

    def test_verify_finds_a_wrong_value(self):
        self.bill(self.weber, 100)
        self.refresh()
        self.env["client.metric.queue"].search([]).unlink()  # clients in it may differ
        self.env.cr.execute("UPDATE client_metric SET credit_note_count = 9")
        self.assertEqual(
            self.Metric.verify(self.company), {self.company.name: ["Weber"]}
        )
        self.refresh()
        self.assertFalse(self.Metric.verify(self.company))

    def test_lists_search_sort_group_and_export_it(self):
        self.reverse(self.bill(self.weber, 100), amount=20)
        self.bill(self.meyer, 50)
        self.refresh()
        own = [("id", "in", (self.weber | self.meyer).ids)]
        partners = self.as_reader(self.env["res.partner"])
        found = partners.search([*own, ("client_credit_note_count", ">", 0)])
        self.assertEqual(found, self.weber)
        for direction, first in (("desc", self.weber), ("asc", self.meyer)):
            ordered = partners.search(
                own, order=f"client_credit_note_count {direction}"
            )
            self.assertEqual(ordered[0], first)
        self.weber.client_type_id = self.type_supplier
        groups = partners._read_group(
            own, ["client_type_id"], ["client_credit_note_count:sum"]
        )
        self.assertEqual(
            {kind.id: count for kind, count in groups},
            {self.type_supplier.id: 1, self.meyer.client_type_id.id: 0},
        )
        weber = self.as_user(self.weber, self.exporter)
        exported = weber.export_data(["name", "client_credit_note_count"])
        self.assertEqual(exported["datas"], [["Weber", 1]])

    def test_who_sees_no_figures_sees_this_one_neither(self):
        user = self.new_user("nobody", "base.group_user")
        weber = self.as_user(self.weber, user)
        with self.assertRaises(AccessError):
            weber.read(["client_credit_note_count"])
        with self.assertRaises(AccessError):
            weber.search([("client_credit_note_count", ">", 0)])
