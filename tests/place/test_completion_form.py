from odoo.tests import Form, tagged

from .completion_case import CompletionCase


@tagged("post_install", "-at_install")
class TestCompletionForm(CompletionCase):
    """What a postcode or a chosen place fills in the form, and what stays."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = cls.new_client_user()

    def new_form(self, record=None):
        record = self.Partner if record is None else record
        form = self.form(self.as_user(record, self.user))
        if not record:
            form.name = "Weber Holzbau"
        return form

    def choose(self, form, place):
        """What the widget does when a person chooses one of the places."""
        form._view["modifiers"]["client_place_choice_id"]["invisible"] = "False"
        form.client_place_choice_id = place

    def assertAddress(self, form, zip_code, city, state, country):
        self.assertEqual(
            (form.zip, form.city, form.state_id, form.country_id),
            (zip_code, city, state, country),
        )

    def test_a_postcode_of_one_place_fills_the_rest(self):
        form = self.new_form()
        form.zip = "1010"
        self.assertAddress(form, "1010", "Nordstadt", self.south_state, self.home)
        self.assertEqual(form.lang, "de_DE")
        self.assertFalse(form.client_language_confirmed)
        client = form.save()
        self.assertEqual(client.city, "Nordstadt")
        self.assertFalse(client.client_language_confirmed)

    def test_a_postcode_of_several_places_waits_for_a_choice(self):
        form = self.new_form()
        form.zip = "1030"
        self.assertFalse(form.city)
        self.choose(form, self.unterdorf)
        self.assertAddress(form, "1030", "Unterdorf", self.south_state, self.home)

    def test_the_state_is_in_the_language_of_the_place(self):
        form = self.new_form()
        self.choose(form, self.maurice)
        self.assertAddress(form, "1040", "St-Maurice", self.south_state_fr, self.home)
        self.assertEqual(form.lang, "fr_FR")

    def test_a_bilingual_place_suggests_no_language(self):
        default = self.new_form().lang
        for place in (self.zweistadt, self.deuxville):
            form = self.new_form()
            form.zip = "1020"
            self.assertFalse(form.city)
            self.choose(form, place)
            self.assertEqual(form.city, place.name)
            self.assertEqual(form.lang, default)

    def test_what_was_typed_stays(self):
        form = self.new_form()
        form.city = "Hinterhof"
        form.country_id = self.abroad
        form.lang = "fr_FR"
        self.assertTrue(form.client_language_confirmed)
        form.zip = "1010"
        self.assertAddress(form, "1010", "Hinterhof", self.empty_state, self.abroad)
        self.choose(form, self.cap)
        self.assertAddress(form, "9010", "Hinterhof", self.empty_state, self.abroad)
        self.assertEqual(form.lang, "fr_FR")
        self.assertTrue(form.client_language_confirmed)

    def test_another_place_replaces_what_the_first_one_filled(self):
        form = self.new_form()
        form.zip = "1010"
        form.zip = "1050"
        self.assertAddress(form, "1050", "Mülihofen", self.west_state, self.home)
        self.choose(form, self.maurice)
        form.zip = "1040"
        self.assertAddress(form, "1040", "St-Maurice", self.south_state_fr, self.home)
        self.assertEqual(form.lang, "fr_FR")
        self.assertFalse(form.client_language_confirmed)
        self.choose(form, self.maurice)
        form.city = "Les Cases"
        form.zip = "1050"
        self.assertEqual(form.city, "Les Cases")

    def test_a_place_abroad_is_chosen_with_its_country(self):
        form = self.new_form()
        form.country_id = self.home  # as in the menu Clients
        self.choose(form, self.cap)
        self.assertAddress(form, "9010", "Cap Noir", self.empty_state, self.abroad)

    def test_a_stored_language_stays(self):
        client = self.new_client(lang="fr_FR")
        form = self.new_form(client)
        form.zip = "1010"
        self.assertEqual(form.city, "Nordstadt")
        self.assertEqual(form.lang, "fr_FR")
        without = self.new_client("Huber", lang=False)
        form = self.new_form(without)
        form.zip = "1010"
        self.assertEqual(form.lang, "de_DE")
        self.assertFalse(form.client_language_confirmed)

    def test_an_address_of_a_client(self):
        client = self.new_client(lang="fr_FR")
        form = self.new_form(client)
        with form.child_ids.new() as contact:
            contact.type = "delivery"
            contact.zip = "1050"
            self.assertEqual(contact.city, "Mülihofen")
            self.assertEqual(contact.country_id, self.home)
            self.assertEqual(contact.lang, "fr_FR")
        form.save()
        self.assertEqual(client.child_ids.city, "Mülihofen")

    def test_the_address_of_the_company_is_a_default(self):
        client = self.new_client(
            lang="fr_FR",
            zip="1040",
            city="St-Maurice",
            state_id=self.south_state_fr.id,
            country_id=self.home.id,
        )
        form = self.new_form(client)
        with form.child_ids.new() as contact:
            contact.type = "delivery"
            self.assertEqual(contact.city, "St-Maurice")
            contact.zip = "1050"
            self.assertEqual(contact.city, "Mülihofen")
            self.assertEqual(contact.state_id, self.west_state)
        with form.child_ids.new() as contact:
            contact.type = "delivery"
            contact.city = "Hinterhof"
            contact.zip = "1050"
            self.assertEqual(contact.city, "Hinterhof")

    def test_the_form_of_contacts_and_the_one_of_an_address(self):
        contacts = self.as_user(self.Partner, self.user)
        form = Form(contacts, view="base.view_partner_form")
        form.zip = "1010"
        self.assertEqual(form.city, "Nordstadt")
        client = self.as_user(self.new_client(), self.user)
        form = Form(client, view="base.view_partner_address_form")
        self.choose(form, self.mueli)
        self.assertEqual(form.zip, "1050")

    @property
    def empty_state(self):
        return self.env["res.country.state"]
