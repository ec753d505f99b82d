from odoo.exceptions import UserError
from odoo.tests import tagged

from ..bulk.bulk_case import BulkCase
from .quality_case import QualityCase


@tagged("post_install", "-at_install")
class TestMend(QualityCase, BulkCase):
    """Where there is one right value, a click sets it, and another one undoes it."""

    def mend(self, clients, action):
        operation = self.bulk(clients, action)
        self.env.invalidate_all()
        return operation

    def test_the_form_offers_the_right_value(self):
        client = self.new_complete(
            email="mailto:Info@weber.ch",
            phone="027 322 11 44",
            vat="che109322551mwst",
        )
        self.assertEqual(self.right_value(client, "wrong_email"), "info@weber.ch")
        self.assertEqual(self.right_value(client, "untidy_phone"), "+41 27 322 11 44")
        self.assertEqual(self.right_value(client, "untidy_vat"), "CHE-109.322.551 MWST")

    def test_the_form_offers_nothing_where_there_is_no_one_right_value(self):
        client = self.new_complete(email="a@weber.ch, b@weber.ch", phone="12")
        self.assertIsNone(self.right_value(client, "wrong_email"))
        self.assertIsNone(self.right_value(client, "wrong_phone"))

    def test_one_click_on_the_form(self):
        client = self.new_complete(phone="027 322 11 44")
        result = self.as_user(client, self.user).action_mend_client("untidy_phone")
        self.assertEqual(client.phone, "+41 27 322 11 44")
        self.assertTrue(result["params"]["canUndo"])
        self.assertEqual(self.names(client), set())
        self.undo(self.last_operation())
        self.env.invalidate_all()
        self.assertEqual(client.phone, "027 322 11 44")
        self.assertEqual(self.names(client), {"untidy_phone"})

    def test_many_at_once(self):
        cases = {
            "Info@a.ch": "info@a.ch",
            "mailto:b@b.ch": "b@b.ch",
            "c@c,ch": "c@c.ch",
            "d@d.ch": "d@d.ch",
            "e@e": "e@e",
        }
        clients = self.Partner.concat(
            *(self.new_client(email, email=email) for email in cases)
        )
        operation = self.mend(clients, "mend_email")
        self.assertEqual(clients.mapped("email"), [*cases.values()])
        self.assertEqual(operation.changed_count, 3)
        self.assertEqual(operation.unchanged_count, 2)
        self.assertEqual(clients[0].email_normalized, "info@a.ch")
        lines = self.history(clients[0], "email")
        self.assertEqual((lines.old_label, lines.new_label), ("Info@a.ch", "info@a.ch"))
        self.assertEqual(lines.origin, "bulk")

        clients[1].email = "new@b.ch"
        undo = self.undo(operation)
        self.env.invalidate_all()
        self.assertEqual(
            clients.mapped("email"),
            ["Info@a.ch", "new@b.ch", "c@c,ch", "d@d.ch", "e@e"],
        )
        self.assertEqual(undo.left_names, clients[1].display_name)

    def test_the_preview_shows_old_and_new_values(self):
        client = self.new_client(email="Info@weber.ch")
        wizard = self.wizard(client | self.new_client("B"), "mend_email")
        self.assertEqual(
            wizard.preview,
            [
                {
                    "id": client.id,
                    "name": "Weber Holzbau",
                    "old": "Info@weber.ch",
                    "new": "info@weber.ch",
                }
            ],
        )
        self.assertEqual((wizard.change_count, wizard.already_count), (1, 1))

    def test_the_menu_opens_with_what_there_is_to_correct(self):
        client = self.new_complete(vat="che109322551mwst")
        wizards = self.as_user(self.env["client.bulk.wizard"], self.user)
        context = {"active_model": "res.partner", "active_ids": client.ids}
        action = wizards.with_context(**context).action_open_mend()
        self.assertEqual(wizards.browse(action["res_id"]).action, "mend_vat")
        with self.assertRefused(UserError, "Select the clients"):
            wizards.action_open_mend()

    def test_what_has_changed_since_it_was_checked_stays_as_it_is(self):
        client = self.new_client(email="Info@weber.ch")
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE res_partner SET email = 'other@weber' WHERE id = %s", [client.id]
        )
        self.env.invalidate_all()
        self.mend(client, "mend_email")
        self.assertEqual(client.email, "other@weber")

    def test_a_vat_number_is_that_of_the_contacts_too(self):
        client = self.new_complete(vat="che109322551mwst")
        contact = self.new_contact(client)
        self.assertEqual(contact.vat, client.vat)
        operation = self.mend(client, "mend_vat")
        for partner in client | contact:
            self.assertEqual(partner.vat, "CHE-109.322.551 MWST")
        self.undo(operation)
        self.env.invalidate_all()
        for partner in client | contact:
            self.assertEqual(partner.vat, "che109322551mwst")

    def test_contacts_are_corrected_alone(self):
        client = self.new_complete(email="Info@weber.ch")
        contact = self.new_contact(client, email="Anna@weber.ch")
        operation = self.mend(contact, "mend_email")
        self.assertEqual(contact.email, "anna@weber.ch")
        self.assertEqual(client.email, "Info@weber.ch")
        self.undo(operation)
        self.env.invalidate_all()
        self.assertEqual(contact.email, "Anna@weber.ch")

    def test_nothing_to_correct_says_so(self):
        client = self.new_complete(email="a@b")
        with self.assertRefused(UserError, "not a change"):
            client.action_mend_client("no_email")
        for wrong in (None, 1, [], {}, "unheard"):
            with self.assertRefused(UserError, "not a change"):
                client.action_mend_client(wrong)
        self.mend(client, "mend_email")
        self.assertEqual(client.email, "a@b")
