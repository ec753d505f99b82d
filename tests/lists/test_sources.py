from odoo.tests import Form, tagged

from ..common import ClientCase


@tagged("post_install", "-at_install")
class TestSources(ClientCase):
    """Clients are offered the sources of people, not those that apps brought."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Source = cls.env["utm.source"]
        cls.fair = cls.Source.create({"name": "Fair in Martigny"})
        cls.of_app = cls.env.ref("utm.utm_source_monster")

    def offered(self, text):
        """:return: names that the field of the form offers for a text"""
        field = self.Partner.fields_get(["client_source_id"])["client_source_id"]
        return self.Source.search([*field["domain"], ("name", "ilike", text)])

    def test_a_source_of_an_app_is_not_offered(self):
        self.assertFalse(self.offered(self.of_app.name))
        self.of_app.client_offered = True
        self.assertEqual(self.offered(self.of_app.name), self.of_app)

    def test_what_people_enter_is_offered(self):
        self.assertEqual(self.offered("Martigny"), self.fair)

    def test_a_source_that_an_app_brings_later_is_not_offered(self):
        loaded = self.Source.with_context(install_mode=True).create({"name": "Shop 7"})
        self.assertFalse(self.offered(loaded.name))

    def test_clients_keep_a_source_that_is_not_offered(self):
        client = self.Partner.create(
            {"name": "Weber", "client_source_id": self.of_app.id}
        )
        with Form(client) as form:
            form.name = "Weber AG"
        self.assertEqual(client.client_source_id, self.of_app)
        found = self.Partner.search([("client_source_id", "ilike", self.of_app.name)])
        self.assertEqual(found, client)

    def test_an_upgrade_hides_what_apps_brought_unless_a_client_has_it(self):
        used = self.env.ref("utm.utm_source_craigslist")
        self.Partner.create(
            {"name": "Weber", "client_source_id": used.id, "active": False}
        )
        (self.of_app | used).client_offered = True
        self.Source._hide_unused_of_apps()
        self.assertFalse(self.of_app.client_offered)
        self.assertTrue(used.client_offered)
        self.assertTrue(self.fair.client_offered)
