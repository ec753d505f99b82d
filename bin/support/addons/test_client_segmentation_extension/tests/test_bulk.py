"""A bulk action of somebody else's, on a field of theirs."""

from odoo.tests import Form, tagged

from .common import ExtensionCase


@tagged("post_install", "-at_install")
class TestBulk(ExtensionCase):
    def run_wizard(self, clients, **values):
        wizards = self.env["client.bulk.wizard"].with_context(active_ids=clients.ids)
        action = wizards.action_open("care")
        form = Form(self.env["client.bulk.wizard"].browse(action["res_id"]))
        for name, value in values.items():
            form[name] = value
        wizard = form.save()
        counts = (wizard.change_count, wizard.already_count)
        wizard.action_apply()
        return counts, self.env["client.bulk.operation"].search([], limit=1)

    def test_the_wizard_sets_it_and_the_undo_gives_it_back(self):
        self.meyer.client_care = "personal"
        contact = self.new_contact(self.weber)
        both = self.weber | self.meyer
        counts, operation = self.run_wizard(both, client_care="personal")
        self.assertEqual(counts, (1, 1))
        self.assertEqual(set((both | contact).mapped("client_care")), {"personal"})
        self.assertEqual(operation.display_name, "Set Care: Personal")
        line = self.history(self.weber, "client_care")
        self.assertEqual((line.old_label, line.new_label), (False, "Personal"))
        self.assertEqual((line.origin, line.res_id), ("bulk", operation.id))
        operation.action_undo()
        self.assertFalse(self.weber.client_care)
        self.assertEqual(self.meyer.client_care, "personal")

    def test_it_can_be_emptied(self):
        self.weber.client_care = "standard"
        counts, _operation = self.run_wizard(self.weber, is_emptied=True)
        self.assertEqual(counts, (1, 0))
        self.assertFalse(self.weber.client_care)

    def test_a_change_by_hand_reaches_contacts_and_the_journal(self):
        contact = self.new_contact(self.weber)
        contact.client_care = "standard"
        self.assertEqual(self.weber.client_care, "standard")
        self.assertTrue(self.history(self.weber, "client_care"))
