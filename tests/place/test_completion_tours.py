from odoo import Command
from odoo.tests import tagged

from ..browser_case import BrowserCase
from ..common import InvoicingCase
from .completion_case import CompletionCase


@tagged("post_install", "-at_install")
class TestCompletionTours(CompletionCase, InvoicingCase, BrowserCase):
    def test_a_new_client_by_its_postcode(self):
        self.new_client_user()
        self.start_tour("/odoo", "client_completion_tour", login="client_user")
        client = self.Partner.search([("name", "=", "Weber Holzbau")])
        self.assertEqual((client.zip, client.city), ("1030", "Unterdorf"))
        self.assertEqual(client.country_id, self.home)
        self.assertTrue(client.client_language_confirmed)

    def test_an_invoice_in_another_language(self):
        groups = "base.group_partner_manager,account.group_account_invoice"
        self.new_user("invoicing_user", groups)
        product = self.env["product.product"].create({"name": "Tasting"})
        product.with_context(lang="de_DE").name = "Verkostung"
        product.with_context(lang="fr_FR").name = "Dégustation"
        client = self.new_client("Weber AG", lang="fr_FR")
        lines = [Command.create({"product_id": product.id, "price_unit": 100})]
        invoice = self.draft(client, invoice_line_ids=lines)
        client.lang = "de_DE"
        url = f"/odoo/action-account.action_move_out_invoice_type/{invoice.id}"
        self.start_tour(url, "client_language_banner_tour", login="invoicing_user")
        self.env.invalidate_all()
        self.assertEqual(invoice.invoice_line_ids.name, "Verkostung")


@tagged("post_install", "-at_install")
class TestPhoneCompletionTour(CompletionCase, BrowserCase):
    browser_size = "390x844"
    touch_enabled = True

    def test_a_new_client_by_its_postcode(self):
        self.new_client_user()
        tour = "client_phone_completion_tour"
        self.start_tour("/odoo/clients", tour, login="client_user")
        client = self.Partner.search([("name", "=", "Weber Holzbau")])
        self.assertEqual((client.zip, client.city), ("1030", "Unterdorf"))
