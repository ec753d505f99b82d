from odoo.tests import tagged

from ..bulk.bulk_case import BulkCase
from .quality_case import QualityCase


@tagged("post_install", "-at_install")
class TestQualityPlaces(QualityCase, BulkCase):
    """Postcode and town that differ; town, country and language from the place."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.speak("fr_FR", "de_DE")
        cls.land = cls.env["res.country"].create({"name": "Testland", "code": "X9"})
        cls.sea = cls.env["res.country"].create({"name": "Testsea", "code": "X8"})
        cls.alp, cls.lake, cls.see, cls.bay, cls.twin, cls.port = cls.env[
            "client.place"
        ].create(
            [
                cls.place("ALP1", "Hautealpe", "fr"),
                cls.place("LAK2", "Deuxlacs", "fr", is_bilingual=True),
                cls.place("LAK2", "Zweiseen", "de", is_bilingual=True),
                cls.place("BAY3", "Bay", "de"),
                cls.place("TWI4", "Twin", "de"),
                {**cls.place("TWI4", "Twin", "de"), "country_id": cls.sea.id},
            ]
        )

    @classmethod
    def place(cls, postcode, name, language, **values):
        return {
            "country_id": cls.land.id,
            "zip": postcode,
            "name": name,
            "language": language,
            **values,
        }

    def client_at(self, postcode, town, **values):
        values = {"country_id": self.land.id, **values}
        client = self.new_complete(town or "?", zip=postcode, city=town, **values)
        self.env.flush_all()
        return client

    def test_postcode_and_town_that_differ(self):
        wrong = self.client_at("ALP1", "Deuxlacs")
        self.assertIn("wrong_town", self.names(wrong))
        self.assertEqual(self.found(wrong, "wrong_town"), wrong)
        elsewhere = self.client_at("ALP1", "Deuxlacs", country_id=self.switzerland.id)
        elsewhere.country_id = self.env.ref("base.aq")
        self.assertNotIn("wrong_town", self.names(elsewhere), "no places are known")

    def test_postcode_and_town_that_agree(self):
        for postcode, town in (
            ("ALP1", "Hautealpe"),
            ("ALP1", "hautealpe"),
            ("LAK2", "Deuxlacs"),
            ("LAK2", "Zweiseen"),
        ):
            client = self.client_at(postcode, town)
            self.assertNotIn("wrong_town", self.names(client), town)

    def test_an_empty_town_is_that_of_the_postcode(self):
        client = self.client_at("ALP1", False)
        contact = self.new_contact(client)
        address = self.new_contact(client, "Stock", type="delivery", zip="ALP1")
        self.assertEqual(self.right_value(client, "no_address"), "Hautealpe")
        operation = self.bulk(client, "mend_town")
        self.env.invalidate_all()
        self.assertEqual(client.city, "Hautealpe")
        self.assertEqual(contact.city, "Hautealpe", "it has the address of its client")
        self.assertFalse(address.city)
        self.undo(operation)
        self.env.invalidate_all()
        self.assertFalse(client.city or contact.city)

    def test_a_bilingual_town_has_no_one_right_name(self):
        client = self.client_at("LAK2", False)
        self.assertIsNone(self.right_value(client, "no_address"))
        self.bulk(client, "mend_town")
        self.env.invalidate_all()
        self.assertFalse(client.city)

    def test_an_empty_country_is_that_of_the_place(self):
        client = self.client_at("ALP1", "Hautealpe", country_id=False)
        self.assertEqual(self.right_value(client, "no_country"), "Testland")
        self.bulk(client, "mend_country")
        self.env.invalidate_all()
        self.assertEqual(client.country_id, self.land)

    def test_two_countries_with_the_place_ask(self):
        client = self.client_at("TWI4", "Twin", country_id=False)
        self.assertIsNone(self.right_value(client, "no_country"))

    def test_an_empty_language_is_that_of_the_place(self):
        client = self.client_at("ALP1", "Hautealpe", lang=False)
        self.assertIn(
            self.right_value(client, "no_language"), ("French / Français", "fr_FR")
        )
        operation = self.bulk(client, "mend_language")
        self.env.invalidate_all()
        self.assertEqual(client.lang, "fr_FR")
        self.undo(operation)
        self.env.invalidate_all()
        self.assertFalse(client.lang)

    def test_a_bilingual_place_asks_for_the_language(self):
        client = self.client_at("LAK2", "Deuxlacs", lang=False)
        self.assertIsNone(self.right_value(client, "no_language"))
