from odoo import Command
from odoo.tests import tagged

from odoo.addons.client_segmentation.tests.common import InvoicingCase


@tagged("post_install", "-at_install")
class TestOrderLanguage(InvoicingCase):
    """A quotation in another language than its client's, and the invoice made of it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.speak("de_DE", "fr_FR")
        cls.seller = cls.new_user(
            "seller",
            "sales_team.group_sale_salesman_all_leads,base.group_partner_manager",
        )
        cls.product = cls.env["product.product"].create(
            {"name": "Tasting", "invoice_policy": "order", "taxes_id": False}
        )
        cls.product.with_context(lang="de_DE").name = "Verkostung"
        cls.product.with_context(lang="fr_FR").name = "Dégustation"
        cls.client = cls.new_client(
            "Weber AG", lang="fr_FR", client_language_confirmed=True
        )
        lines = [
            Command.create({"product_id": cls.product.id, "price_unit": 100}),
            Command.create({"product_id": cls.product.id, "name": "As agreed"}),
        ]
        cls.order = cls.env["sale.order"].create(
            {"partner_id": cls.client.id, "order_line": lines}
        )

    def test_a_quotation_is_rewritten(self):
        order = self.as_user(self.order, self.seller)
        self.assertFalse(order.client_language_message)
        self.client.lang = "de_DE"
        self.env.invalidate_all()
        self.assertIn("Weber AG speaks German", order.client_language_message)
        order.action_client_rewrite_texts()
        texts = order.order_line.mapped("name")
        self.assertEqual(texts, ["Verkostung", "As agreed"])
        self.assertFalse(order.client_language_message)

    def test_an_invoice_of_an_order_in_the_old_language(self):
        self.order.action_confirm()
        self.client.lang = "de_DE"
        self.env.invalidate_all()
        self.assertFalse(self.order.client_language_message)  # it is confirmed
        invoice = self.order._create_invoices()
        untouched, typed = invoice.invoice_line_ids
        before = typed.name
        self.assertIn("As agreed", before)
        self.assertIn("Dégustation", untouched.name)
        self.assertEqual(invoice.client_language_case, "texts")
        invoice.action_client_rewrite_texts()
        self.assertEqual(untouched.name, "Verkostung")
        self.assertEqual(typed.name, before)
