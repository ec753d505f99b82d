from odoo.exceptions import AccessError
from odoo.tests import tagged

from .completion_case import CompletionCase


@tagged("post_install", "-at_install")
class TestCompletion(CompletionCase):
    """The places that are offered while a person types."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.employee = cls.new_employee()
        cls.places = cls.env["client.place"].with_user(cls.employee)

    def offered(self, text, country=None):
        """:return: ids of the offered places of the two countries of the test"""
        country_id = country.id if country else False
        answers = self.places.complete(text, country_id)
        places = self.env["client.place"].browse(answer["id"] for answer in answers)
        return places.filtered(
            lambda place: place.country_id in self.home + self.abroad
        )

    def test_a_postcode_that_is_not_complete(self):
        ours = self.nordstadt + self.fjord
        self.assertEqual(self.offered("101", self.home), ours)
        self.assertEqual(self.offered("1030", self.home)[:1], self.oberdorf)
        self.assertIn(self.unterdorf, self.offered("1030", self.home))

    def test_names_in_any_spelling(self):
        for text in ("Mülihofen", "muelihofen", "mulihofen", "MÜLI", "mueli"):
            with self.subTest(text=text):
                self.assertEqual(self.offered(text, self.home), self.mueli)
        for text in ("st maurice", "Saint-Maurice", "St. Mau", "maurice"):
            with self.subTest(text=text):
                found = self.offered(text, self.home)
                self.assertEqual(found, self.maurice)

    def test_postcode_and_name_together(self):
        self.assertEqual(self.offered("1030 unter", self.home), self.unterdorf)
        self.assertEqual(self.offered("IS-1050", self.home), self.mueli)

    def test_the_country_of_the_company_comes_first(self):
        self.assertEqual(self.offered("1010"), self.nordstadt + self.fjord)
        self.assertEqual(self.offered("1010", self.abroad), self.fjord)

    def test_a_bilingual_place_is_offered_once_per_language(self):
        answers = self.places.complete("1020", self.home.id)
        names = [answer["display_name"] for answer in answers]
        self.assertEqual(
            names[:2], ["1020 Deuxville, S, French", "1020 Zweistadt, S, German"]
        )

    def test_it_is_bounded(self):
        for number in range(20):
            self.new_place(f"77{number:02}", f"Vik {number}", "de", self.west)
        self.assertEqual(len(self.places.complete("77", self.home.id)), 8)
        self.assertEqual(len(self.places.complete("vik", self.home.id)), 8)
        for text in ("", " ", "7", "'", "&|!:*", "%_", 7, None, ["77"], "x" * 100_000):
            with self.subTest(text=str(text)[:9]):
                self.assertEqual(self.places.complete(text, self.home.id), [])
        self.assertTrue(self.places.complete("77", "nonsense"))

    def test_only_employees_may_ask(self):
        places = self.env["client.place"].with_user(self.new_portal_user())
        with self.assertRaises(AccessError):
            places.complete("1010")
