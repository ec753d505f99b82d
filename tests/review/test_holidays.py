from freezegun import freeze_time

from odoo.tests import tagged

from ...engine.review import holidays as engine
from ..common import ClientCase


@tagged("post_install", "-at_install")
class TestHolidays(ClientCase):
    """Public holidays on the form of a client, with the package and without it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.country_id = cls.env.ref("base.ch")
        cls.speak("fr_FR", "de_DE")
        cls.user = cls.new_client_user()

    def in_state(self, code, country="ch", **values):
        country = self.env.ref(f"base.{country}")
        state = self.env["res.country.state"].search(
            [("country_id", "=", country.id), ("code", "=", code)], limit=1
        )
        return self.new_client(country_id=country.id, state_id=state.id, **values)

    def shown(self, client, lang="en_US"):
        own = self.as_user(client, self.user).with_context(lang=lang)
        return (own.client_holidays or "").split("\n")

    @freeze_time("2027-04-20 10:00:00")
    def test_those_of_the_canton_and_the_next_30_days(self):
        self.assertEqual(
            self.shown(self.in_state("ZH")),
            [
                "Saturday 1 May: Labor Day (Zurich)",
                "Thursday 6 May: Ascension Day (Zurich)",
                "Monday 17 May: Pentecost Monday (Zurich)",
            ],
        )
        self.assertEqual(
            self.shown(self.in_state("TI"), "fr_FR")[0],
            "samedi 1 mai\xa0: Fête du Travail (Tessin)",
        )

    @freeze_time("2027-04-20 10:00:00")
    def test_in_the_language_of_the_user(self):
        texts = self.shown(self.in_state("ZH"), "de_DE")
        self.assertTrue(texts[1].startswith("Donnerstag, 6. Mai: Auffahrt"), texts)

    @freeze_time("2027-04-20 10:00:00")
    def test_without_a_canton_those_of_the_country(self):
        client = self.new_client(country_id=self.env.ref("base.ch").id)
        self.assertEqual(
            self.shown(client), ["Thursday 6 May: Ascension Day (Switzerland)"]
        )

    @freeze_time("2027-12-20 10:00:00")
    def test_the_next_year_as_well(self):
        texts = self.shown(self.in_state("ZH"))
        self.assertTrue(any("1 January" in text for text in texts), texts)

    @freeze_time("2027-04-20 10:00:00")
    def test_nothing_without_an_address_or_for_an_unknown_country(self):
        antarctica = self.env.ref("base.aq")
        for client in (self.new_client(), self.new_client(country_id=antarctica.id)):
            self.assertEqual(self.shown(client), [""])

    @freeze_time("2027-04-20 10:00:00")
    def test_without_the_package_nothing_is_shown(self):
        client = self.in_state("ZH")
        settings = self.env["res.config.settings"].create({})
        self.assertTrue(settings.client_has_holidays)
        self.patch(engine, "holidays", None)
        self.env.invalidate_all()
        self.assertEqual(self.shown(client), [""])
        self.assertFalse(settings.client_has_holidays)

    def test_the_settings_say_how_to_get_it(self):
        view = self.env.ref("client_segmentation.res_config_settings_view_form_review")
        self.assertIn("pip install holidays", view.arch)

    def test_portal_users_do_not_read_them(self):
        portal = self.new_portal_user()
        own = self.as_user(portal.partner_id, portal, self.company)
        self.assertNotIn("client_holidays", own.fields_get())
