from odoo import Command, fields
from odoo.tests import Form, tagged

from ..common import ClientCase, InvoicingCase


@tagged("post_install", "-at_install")
class TestNative(ClientCase):
    """What Odoo does itself is there in the client file, and works."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = cls.new_client_user()
        cls.weber = cls.new_client()
        cls.action = cls._ours("client_action")

    def opened(self, client=None):
        """:return: a client as somebody opened it in the menu *Clients*"""
        return self.as_user(client or self.weber, self.user)

    def views(self):
        partners = self.as_user(self.Partner, self.user)
        views = [(line.view_id.id, line.view_mode) for line in self.action.view_ids]
        return partners.get_views([*views, (False, "activity")])["views"]

    def test_the_menu_opens_list_kanban_form_and_activities(self):
        self.assertEqual(set(self.views()), {"list", "kanban", "form", "activity"})

    def test_a_client_is_created_in_the_form(self):
        with self.form(self.opened(self.Partner)) as form:
            form.name = "New"
            form.client_name2 = "Second Line"
            form.client_rating = "3"
        client = form.record
        self.assertEqual(client.client_name2, "Second Line")
        self.assertEqual(client.client_type_id, self.type_prospect)

    def test_tags_are_given_and_shown(self):
        tag = self.env["res.partner.category"].create({"name": "Fair"})
        with self.form(self.opened()) as form:
            form.category_id.add(tag)
        self.assertEqual(self.weber.category_id, tag)
        for kind in ("list", "kanban"):
            self.assertIn('name="category_id"', self.views()[kind]["arch"])

    def test_a_client_has_a_language(self):
        self.speak("fr_FR")
        with self.form(self.opened()) as form:
            form.lang = "fr_FR"
        self.assertEqual(self.weber.lang, "fr_FR")

    def test_long_notes_are_kept(self):
        with self.form(self.opened()) as form:
            form.comment = "<p>The long notes</p>"
        self.assertIn("The long notes", self.weber.comment)

    def test_a_company_adds_fields_of_its_own(self):
        definition = {"name": "shoe_size", "string": "Shoe Size", "type": "integer"}
        self.env["properties.base.definition"]._get_definition_for_property_field(
            "res.partner", "properties"
        ).properties_definition = [definition]
        self.assertIn('name="properties"', self.views()["form"]["arch"])
        client = self.opened()
        client.properties = {"shoe_size": 43}
        self.env.invalidate_all()
        self.assertEqual(client.properties["shoe_size"], 43)
        domain = [("properties.shoe_size", "=", 43)]
        self.assertEqual(self.Partner.search(domain), self.weber)

    def test_activities_are_planned_and_shown(self):
        client = self.opened()
        client.activity_schedule("mail.mail_activity_data_todo", summary="Call")
        self.assertEqual(client.activity_summary, "Call")
        self.assertIn('name="activity_ids"', self.views()["kanban"]["arch"])
        self.assertIn("activity", self.action.view_mode)

    def test_documents_are_filed_in_the_chatter(self):
        self.assertIn("<chatter", self.views()["form"]["arch"])
        client = self.opened()
        client.message_post(attachments=[("plan.txt", b"A plan")])
        self.assertEqual(client.message_attachment_count, 1)

    def test_a_client_has_contacts_and_addresses(self):
        client = self.opened()
        client.child_ids = [
            Command.create({"name": "Warehouse", "type": "delivery", "city": "Bex"}),
            Command.create({"name": "Accounts", "type": "invoice", "city": "Nyon"}),
        ]
        self.assertIn('name="child_ids"', self.views()["form"]["arch"])
        addresses = client.address_get(["delivery", "invoice"])
        cities = {
            kind: self.Partner.browse(id_).city for kind, id_ in addresses.items()
        }
        self.assertEqual(
            cities, {"contact": False, "delivery": "Bex", "invoice": "Nyon"}
        )

    def test_meetings_are_one_click_away(self):
        self.assertIn("schedule_meeting", self.views()["form"]["arch"])
        client = self.opened()
        self.env["calendar.event"].create(
            {
                "name": "Visit",
                "start": fields.Datetime.now(),
                "stop": fields.Datetime.now(),
                "partner_ids": [Command.link(client.id)],
            }
        )
        self.assertEqual(client.meeting_count, 1)

    def test_everybody_keeps_favourites_of_the_list(self):
        self.env["ir.filters"].with_user(self.user).create(
            {
                "name": "My VIPs",
                "model_id": "res.partner",
                "domain": "[('client_status_id.kind', '=', 'vip')]",
                "action_id": self.action.id,
                "user_ids": [Command.link(self.user.id)],
            }
        )
        filters = self.env["ir.filters"].with_user(self.user)
        names = [f["name"] for f in filters.get_filters("res.partner", self.action.id)]
        self.assertIn("My VIPs", names)


@tagged("post_install", "-at_install")
class TestNativeInvoicing(InvoicingCase):
    """What accounting does itself is there in the client file, and works."""

    def test_a_client_has_a_credit_limit(self):
        self.company.account_use_credit_limit = True
        accountant = self.new_user(
            "bookkeeper", "account.group_account_invoice,base.group_partner_manager"
        )
        weber = self.as_user(self.new_client(), accountant)
        with self.form(weber) as form:
            form.use_partner_credit_limit = True
            form.credit_limit = 500
        self.assertEqual(weber.credit_limit, 500)
        invoice = self.draft(weber)
        invoice.invoice_line_ids.price_unit = 600
        self.assertIn("credit limit", invoice.partner_credit_warning)

    def test_the_invoices_of_the_client_are_one_click_away(self):
        weber = self.as_user(self.new_client(), self.new_accountant())
        self.invoice(weber)
        view = self.env.ref("base.view_partner_form")
        arch = weber.get_view(view.id, "form")["arch"]
        self.assertIn("action_view_partner_invoices", arch)
        action = weber.action_view_partner_invoices()
        self.assertEqual(self.env["account.move"].search_count(action["domain"]), 1)

    def test_the_key_note_is_shown_when_an_invoice_is_made(self):
        weber = self.new_client(client_key_note="Pays late")
        contact = self.new_contact(weber)
        moves = self.env["account.move"].with_context(default_move_type="out_invoice")
        with Form(self.as_user(moves, self.new_accountant())) as form:
            form.partner_id = contact
            self.assertEqual(form.client_key_note, "Pays late")
