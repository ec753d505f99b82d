"""A quotation offers blocked clients as blocked, and does not take them."""

from lxml import etree

from odoo.tests import Form, tagged
from odoo.tools.safe_eval import safe_eval

from odoo.addons.client_segmentation.tests.common import InvoicingCase


@tagged("post_install", "-at_install")
class TestOrderChoice(InvoicingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seller = cls.new_user("seller", "sales_team.group_sale_salesman_all_leads")
        addresses = cls.env.ref("account.group_delivery_invoice_address")
        addresses.user_ids |= cls.seller
        cls.free = cls.new_client("Weber Holz")
        cls.held = cls.new_client("Weber Metall")
        cls.held.write({"client_blocked": True, "client_blocked_reason": "Unpaid"})

    def setUp(self):
        super().setUp()
        self.orders = self.as_user(self.env["sale.order"], self.seller)

    def test_both_fields_mark_them(self):
        view = self.orders.get_view(self.env.ref("sale.view_order_form").id)
        arch = etree.fromstring(view["arch"])
        for name in ("partner_id", "partner_invoice_id"):
            [node, *_] = arch.xpath(f"//field[@name='{name}'][@context]")
            for state, refused in (("draft", {self.held.id}), ("sale", set())):
                values = {"state": state, "company_id": self.company.id}
                values["partner_id"] = self.free.id
                context = safe_eval(node.get("context"), values)
                partners = self.as_user(self.Partner, self.seller)
                found = partners.with_context(**context).web_name_search(
                    "Weber", {"display_name": {}}
                )
                marked = {one["id"] for one in found if one.get("client_is_refused")}
                self.assertEqual(marked, refused, f"{name} {state}")
                self.assertEqual({one["id"] for one in found}, {*self.ids()})

    def ids(self):
        return (self.free + self.held).ids

    def test_chosen_all_the_same_they_are_taken_back(self):
        order = self.orders.create({"partner_id": self.free.id})
        with Form(order) as form:
            for name in ("partner_id", "partner_invoice_id"):
                with self.assertLogs("odoo.tests.form", "WARNING") as logs:
                    setattr(form, name, self.held)
                self.assertIn("Unpaid", str(logs.output), name)
                self.assertEqual(getattr(form, name), self.free, name)
