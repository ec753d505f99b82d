"""What a person does in the browser, click by click."""

from odoo.tests import HttpCase, tagged

from .common import InvoicingCase


@tagged("post_install", "-at_install")
class TestTours(InvoicingCase, HttpCase):
    """Tours of the client file, on clients that each test makes itself."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lavaux = cls.new_value(cls.region, "Lavaux")

    def test_the_first_invoice_makes_a_prospect_active(self):
        """From the empty form of a client to the line in its history."""
        self.new_user(
            "invoicing_user",
            "base.group_partner_manager,account.group_account_invoice",
        )
        self.env["product.product"].create(
            {"name": "Tasting for twelve", "list_price": 480, "taxes_id": False}
        )

        self.start_tour("/odoo", "client_first_invoice_tour", login="invoicing_user")

        client = self.Partner.search([("name", "=", "Domaine des Murailles")])
        self.assertEqual(self.status_of(client), self.active)
        self.assertEqual(client.client_type_id, self.type_client)
        self.assertEqual(client.client_name2, "Lausanne branch")
        self.assertEqual(client.client_criterion_1_id, self.lavaux)
        self.assertEqual(client.client_rating, "3")

    def test_status_by_hand_and_several_clients_at_once(self):
        """Search, drag to another status, pin, edit two clients in the list."""
        self.new_client_user()
        watches = self.new_client("Mürset Uhren", client_name2="Atelier Biel")
        gardens = self.new_client("Weidmann Gartenbau")
        transport = self.new_client("Weidmann Transporte", phone="+41 44 668 18 00")
        printing = self.new_client("Weidmann Druck", phone="+41 44 668 19 00")

        self.start_tour("/odoo", "client_status_by_hand_tour", login="client_user")

        self.env.invalidate_all()
        self.assertEqual(self.status_of(watches), self.vip)
        self.assertTrue(watches.with_company(self.company).client_status_pinned)
        self.assertEqual((gardens + transport).client_type_id, self.type_supplier)
        self.assertEqual(printing.client_type_id, self.type_prospect)

    def test_a_renamed_criterion_is_the_label_everywhere(self):
        """Each language has its own name of the criterion, at the next page load."""
        self.speak("fr_FR")
        self.new_manager()
        self.new_user(
            "responsable",
            "base.group_partner_manager,client_segmentation.group_client_manager",
            lang="fr_FR",
        )
        self.new_client("Cave du Lac", client_criterion_1_id=self.lavaux.id)

        self.start_tour("/odoo", "client_criterion_label_tour", login="client_manager")
        self.start_tour("/odoo", "client_criterion_label_fr_tour", login="responsable")
        self.start_tour(
            "/odoo/clients", "client_criterion_label_kept_tour", login="client_manager"
        )

        self.env.invalidate_all()
        self.assertEqual(self.region.name, "Terroir")
        french = self.region.with_context(lang="fr_FR")
        self.assertEqual(french.name, "Région viticole")
