"""What the form of a client says about its figures, and about a person."""

from lxml import etree

from odoo.tests import tagged

from ..branch_case import BranchCase


@tagged("post_install", "-at_install")
class TestClientForm(BranchCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = cls.new_user(
            "keeper",
            "base.group_partner_manager,client_segmentation.group_client_revenue",
        )

    def arch(self, user=None, view="client_segmentation.client_view_form"):
        partners = self.as_user(self.Partner, user or self.user)
        return etree.fromstring(partners.get_view(self.env.ref(view).id)["arch"])

    def test_the_classes_are_at_the_top_with_why(self):
        arch = self.arch()
        for name in ("revenue_class", "payment_class", "engagement"):
            [badge] = arch.xpath(f"//field[@name='client_{name}']")
            self.assertEqual(badge.get("widget"), "client_class")
            self.assertEqual(badge.getparent().get("name"), "client_classes")
            self.assertFalse(badge.xpath("ancestor::notebook"))
        keeper = self.new_client_user()
        self.assertFalse(self.arch(keeper).xpath("//*[@name='client_classes']"))

    def test_amounts_say_their_period(self):
        arch = self.arch(
            self.new_user(
                "invoicer", "base.group_partner_manager,account.group_account_invoice"
            )
        )
        label = "//button[@name='{}']//span[hasclass('o_stat_text')]"
        etree.FunctionNamespace(None)["hasclass"] = lambda context, name: (
            name in context.context_node.get("class", "").split()
        )
        [invoiced] = arch.xpath(label.format("action_view_partner_invoices"))
        self.assertEqual(invoiced.text, "Invoiced, All Years")
        [revenue] = arch.xpath(label.format("action_open_client_revenue"))
        self.assertEqual(revenue.xpath("field/@name"), ["client_period"])
        self.assertEqual(self.client.client_period, "last 12 months")
        self.company.client_window_months = 1
        self.client.invalidate_recordset()
        self.assertEqual(self.client.client_period, "last month")

    def test_nobody_is_silent_for_no_day(self):
        self.bill(self.client)
        self.drain()
        self.assertFalse(self.client.client_rhythm)
        for ago in (3, 2, 1):
            self.bill(self.client, ago=ago)
        self.drain()
        self.client.invalidate_recordset()
        self.assertEqual(self.client.client_rhythm, "orders every day")

    def test_one_day_is_one_day(self):
        self.bill(self.client, ago=1)
        self.drain()
        self.assertEqual(self.client.client_rhythm, "silent for 1 day")
        self.bill(self.client, ago=21)
        self.bill(self.client, ago=41)
        self.drain()
        self.client.invalidate_recordset()
        self.assertEqual(
            self.client.client_rhythm, "orders every 20 days, silent for 1 day"
        )

    def test_a_person_is_no_branch_and_has_no_household_of_nobody(self):
        for view in ("client_segmentation.client_view_form", "base.view_partner_form"):
            shown = {
                node.get("invisible"): node.get("placeholder")
                for node in self.arch(view=view).xpath("//field[@name='client_name2']")
            }
            self.assertIn("branch", shown["not is_company"])
            self.assertNotIn("branch", shown["is_company"])
        [household] = self.arch().xpath("//field[@name='client_household_size']")
        self.assertEqual(household.get("widget"), "client_number_or_nothing")

    def test_lists_name_the_class_and_show_the_status_as_a_dot(self):
        arch = self.arch(view="client_segmentation.client_view_list")
        [status] = arch.xpath("//field[@name='client_status_id']")
        self.assertEqual(status.get("class"), "o_client_status")
        for name, label in (
            ("client_revenue_class", "Revenue Class"),
            ("client_payment_class", "Payment Class"),
        ):
            [column] = arch.xpath(f"//field[@name='{name}']")
            self.assertIn(column.get("string"), (None, label))
