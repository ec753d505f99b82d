"""What a person does in the browser, click by click."""

from odoo.tests import tagged

from ..browser_case import BrowserCase
from ..common import InvoicingCase


@tagged("post_install", "-at_install")
class TestTours(InvoicingCase, BrowserCase):
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
            [
                {"name": name, "list_price": 480, "taxes_id": False}
                for name in ("Tasting for twelve", "Magnum of the cellar")
            ]
        )

        self.start_tour("/odoo", "client_first_invoice_tour", login="invoicing_user")

        client = self.Partner.search([("name", "=", "Domaine des Murailles")])
        self.assertEqual(self.status_of(client), self.active)
        self.assertEqual(client.client_type_id, self.type_client)
        self.assertEqual(client.client_name2, "Lausanne branch")
        self.assertEqual(client.client_criterion_1_id, self.lavaux)
        self.assertEqual(client.client_rating, "3")

    def test_a_rule_is_tried_before_it_is_switched_on(self):
        """Off, tried, applied and switched on; by hand wins until the next invoice."""
        rule = self._ours("client_status_rule_first_invoice")
        # An only client is VIP by revenue as soon as its figures are there.
        self._ours("client_status_rule_became_vip").active = False
        self.new_user(
            "rule_maker",
            "base.group_partner_manager,client_segmentation.group_client_manager",
        )
        client = self.new_client("Cave du Lac")
        rules = "/odoo/action-client_segmentation.client_status_rule_action"

        self.start_tour(rules, "client_rule_off_tour", login="rule_maker")
        self.invoice(client)
        self.assertEqual(self.status_of(client), self.prospect)

        self.start_tour(rules, "client_rule_try_tour", login="rule_maker")
        self.env.invalidate_all()
        self.assertTrue(rule.active)
        self.assertEqual(self.status_of(client), self.active)

        form = f"/odoo/clients/{client.id}"
        self.start_tour(form, "client_rule_by_hand_tour", login="rule_maker")
        for cron in ("client_metric_queue_cron", "client_metric_cron"):
            with self.enter_registry_test_mode():
                self._ours(cron).method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual(self.status_of(client), self.prospect)

        self.invoice(client)
        self.assertEqual(self.status_of(client), self.active)

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

    def test_tags_for_many_clients_from_the_list(self):
        """Select all that were found, add a tag, see it on each of them."""
        user = self.new_client_user()
        tag = self.env["res.partner.category"].create({"name": "Spring Fair"})
        gardens = self.new_client("Weidmann Gartenbau", category_id=tag)
        transport = self.new_client("Weidmann Transporte")
        printing = self.new_client("Mürset Druck")

        self.start_tour("/odoo", "client_bulk_tag_tour", login="client_user")

        self.env.invalidate_all()
        self.assertEqual(tag.partner_ids, gardens + transport)
        self.assertFalse(printing.category_id)
        self.assertEqual(self.history(transport).user_id, user)

    def test_a_status_for_many_clients_and_its_undo(self):
        self.new_client_user()
        gardens = self.new_client("Weidmann Gartenbau")
        transport = self.new_client("Weidmann Transporte")
        transport.client_status_id = self.inactive
        printing = self.new_client("Mürset Druck")

        self.start_tour("/odoo", "client_bulk_status_tour", login="client_user")

        self.env.invalidate_all()
        self.assertEqual(self.status_of(gardens), self.prospect)
        self.assertEqual(self.status_of(transport), self.inactive)
        self.assertEqual(len(self.history(gardens)), 2)
        self.assertFalse(self.history(printing))

    def test_buttons_above_the_list_and_ticks_that_stay(self):
        """Discard, Esc and a change that was applied all keep what was ticked; a change
        is undone where it is announced.
        """
        self.new_client_user()
        tag = self.env["res.partner.category"].create({"name": "Spring Fair"})
        clients = self.new_client("Weidmann Gartenbau")
        clients += self.new_client("Weidmann Transporte")
        printing = self.new_client("Mürset Druck")

        self.start_tour(
            "/odoo/clients", "client_bulk_buttons_tour", login="client_user"
        )

        self.env.invalidate_all()
        self.assertEqual(tag.partner_ids, clients)
        self.assertEqual(self.status_of(clients[0]), self.vip)
        self.assertEqual(self.status_of(clients[1]), self.prospect)
        self.assertEqual(len(self.history(clients[1], "client_status_id")), 2)
        self.assertEqual(self.status_of(printing), self.prospect)

    def test_tags_by_keyboard(self):
        self.new_client_user()
        tag = self.env["res.partner.category"].create({"name": "Spring Fair"})
        client = self.new_client("Weidmann Gartenbau")

        self.start_tour(
            "/odoo/clients", "client_bulk_keyboard_tour", login="client_user"
        )

        self.assertEqual(tag.partner_ids, client)

    def test_select_all_is_more_than_the_page(self):
        """By the button and by the menu Actions, although the list sends two ids."""
        self.new_client_user()
        tag = self.env["res.partner.category"].create({"name": "Spring Fair"})
        clients = self.Partner.create(
            [{"name": f"Client {number}", "is_company": True} for number in range(82)]
        )
        self.env["ir.config_parameter"].set_param("web.active_ids_limit", 2)

        for tour in ("client_bulk_all_button_tour", "client_bulk_all_action_tour"):
            self.start_tour("/odoo/clients", tour, login="client_user")

        self.env.invalidate_all()
        self.assertEqual(tag.partner_ids, clients)
        self.assertEqual({self.status_of(client) for client in clients}, {self.vip})

    def test_the_invoice_of_a_blocked_client_is_refused_with_the_reason(self):
        self.new_user(
            "invoicing_user",
            "base.group_partner_manager,account.group_account_invoice",
        )
        client = self.new_client("Weidmann Gartenbau")
        self.new_client("Mürset Druck")
        invoice = self.draft(client)

        self.start_tour("/odoo", "client_blocked_tour", login="invoicing_user")

        self.env.invalidate_all()
        self.assertEqual(invoice.state, "draft")
        self.assertEqual(client.client_blocked_reason, "Three invoices unpaid")

    def test_classes_are_asked_why_overruled_and_lost(self):
        self.new_user(
            "keeper",
            "base.group_partner_manager,client_segmentation.group_client_revenue",
        )
        client = self.new_client("Cave du Lac")
        self.invoice(client)
        self.env["client.metric.queue"]._drain()

        self.start_tour("/odoo", "client_form_tour", login="keeper")

        self.env.invalidate_all()
        self.assertEqual(client.client_payment_class, "slow")
        self.assertEqual(client.client_engagement, "active")
        lines = self.history(client, "client_engagement")
        self.assertEqual(lines.mapped("reason"), ["Went to a competitor", False])

    def test_a_renamed_criterion_is_the_label_everywhere(self):
        """Each language has its own name of the criterion, without a reload."""
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


@tagged("post_install", "-at_install")
class TestPhoneTours(InvoicingCase, BrowserCase):
    """On the screen of a phone."""

    browser_size = "390x844"
    touch_enabled = True

    def test_a_client_is_found_and_its_key_note_and_status_are_seen(self):
        self.new_client_user()
        self.new_client(
            "Weidmann Gartenbau",
            client_key_note="Delivers on Tuesdays only",
            client_status_id=self.vip.id,
        )
        self.new_client("Mürset Druck")

        self.start_tour("/odoo", "client_phone_tour", login="client_user")

    def test_a_client_is_found_by_its_number_and_called_in_two_taps(self):
        self.new_client_user()
        self.new_client(
            "Weidmann Gartenbau",
            phone="+41 44 668 18 00",
            email="info@weidmann.example",
            client_status_id=self.vip.id,
        )
        self.new_client("Mürset Druck", phone="+41 44 668 19 00")

        self.start_tour("/odoo/clients", "client_phone_call_tour", login="client_user")

    def test_a_tag_for_two_cards(self):
        self.new_client_user()
        tag = self.env["res.partner.category"].create({"name": "Spring Fair"})
        gardens = self.new_client("Weidmann Gartenbau")
        transport = self.new_client("Weidmann Transporte")
        self.new_client("Mürset Druck")

        self.start_tour("/odoo/clients", "client_phone_tag_tour", login="client_user")

        self.env.invalidate_all()
        self.assertEqual(tag.partner_ids, gardens + transport)
