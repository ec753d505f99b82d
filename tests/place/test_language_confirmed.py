from odoo.tests import tagged

from .completion_case import CompletionCase


@tagged("post_install", "-at_install")
class TestLanguageConfirmed(CompletionCase):
    """A language that a person sets is confirmed; a default or a suggestion is not."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = cls.new_client_user()

    def to_confirm(self):
        view = self._ours("client_view_search")
        search = self.Partner.get_view(view.id, "search")["arch"]
        domain = [("lang", "!=", False), ("client_language_confirmed", "=", False)]
        self.assertIn("client_language_to_confirm", search)
        return self.Partner.search(domain)

    def test_by_hand(self):
        client = self.new_client(lang="de_DE")
        self.assertIn(client, self.to_confirm())
        form = self.form(self.as_user(client, self.user))
        form.lang = "fr_FR"
        self.assertTrue(form.client_language_confirmed)
        form.save()
        self.assertTrue(client.client_language_confirmed)
        self.assertNotIn(client, self.to_confirm())

    def test_a_default_of_a_new_client(self):
        form = self.form(self.as_user(self.Partner, self.user))
        form.name = "Weber"
        self.assertFalse(form.client_language_confirmed)
        form.lang = "fr_FR" if form.lang != "fr_FR" else "de_DE"
        self.assertTrue(form.client_language_confirmed)
        self.assertTrue(form.save().client_language_confirmed)

    def test_several_in_the_list(self):
        german = self.new_client("Weber", lang="de_DE")
        french = self.new_client("Dubois", lang="fr_FR")
        self.as_user(german + french, self.user).write({"lang": "fr_FR"})
        self.assertTrue(german.client_language_confirmed)
        self.assertFalse(french.client_language_confirmed)  # nobody has changed it
        self.as_user(german, self.user).write({"lang": False})
        self.assertFalse(german.client_language_confirmed)

    def test_a_language_that_odoo_sets(self):
        client = self.new_client(lang="de_DE")
        client.sudo().write({"lang": "fr_FR"})
        self.assertFalse(client.client_language_confirmed)

    def test_the_button(self):
        client = self.new_client(lang="de_DE")
        empty = self.new_client("Huber", lang=False)
        self.as_user(client + empty, self.user).action_confirm_client_language()
        self.assertTrue(client.client_language_confirmed)
        self.assertFalse(empty.client_language_confirmed)
        line = self.history(client, "client_language_confirmed")
        self.assertEqual((line.old_label, line.new_label), ("No", "Yes"))

    def test_in_bulk_and_back(self):
        client = self.new_client(lang="de_DE")
        contact = self.new_contact(client, lang="fr_FR")
        confirmed = self.new_client("Dubois", lang="fr_FR")
        confirmed.client_language_confirmed = True
        empty = self.new_client("Huber", lang=False)
        partners = client + contact + confirmed + empty
        wizards = self.as_user(self.env["client.bulk.wizard"], self.user)
        action = wizards.with_context(active_ids=partners.ids).action_open(
            "confirm_language"
        )
        wizard = wizards.browse(action["res_id"])
        self.assertEqual((wizard.target_count, wizard.change_count), (4, 2))
        wizard.action_apply()
        self.env.invalidate_all()
        self.assertTrue(client.client_language_confirmed)
        self.assertTrue(contact.client_language_confirmed)
        self.assertFalse(empty.client_language_confirmed)

        operation = self.env["client.bulk.operation"].search([], limit=1)
        self.assertEqual(operation.changed_count, 2)
        operation.with_user(self.user).action_undo()
        self.env.invalidate_all()
        self.assertFalse(client.client_language_confirmed)
        self.assertFalse(contact.client_language_confirmed)
        self.assertTrue(confirmed.client_language_confirmed)

        undo = operation.undo_ids
        undo.with_user(self.user).action_undo()
        self.env.invalidate_all()
        self.assertTrue(client.client_language_confirmed)

    def test_existing_languages(self):
        """An update takes a language that is not the default for a decision."""
        self.env["ir.default"].set("res.partner", "lang", "de_DE")
        german = self.new_client("Weber", lang="de_DE")
        french = self.new_client("Dubois", lang="fr_FR")
        self.migrate("completion")
        self.assertFalse(german.client_language_confirmed)
        self.assertTrue(french.client_language_confirmed)
