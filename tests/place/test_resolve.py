from odoo.tests import Form, tagged

from ...engine.place import partners
from .place_case import PlaceCase


@tagged("post_install", "-at_install")
class TestResolve(PlaceCase):
    """Which place and which canton an address is in."""

    def assertPlace(self, client, zip_, town, region=None):
        place = client.client_place_id
        self.assertEqual((place.zip, place.name), (zip_, town))
        if region:
            self.assertEqual(client.client_region_id.code, region)

    def test_spellings_of_a_town(self):
        for zip_, city, place in (
            ("1950", "Sion", ("1950", "Sion", "VS")),
            ("CH-1950", "SION", ("1950", "Sion", "VS")),
            ("ch 1950", "sion 2", ("1950", "Sion", "VS")),
            ("1950", "Sitten", ("1950", "Sion", "VS")),
            ("1 9 5 0", "Sion VS", ("1950", "Sion", "VS")),
            ("8008", "Zuerich", ("8008", "Zürich", "ZH")),
            ("8008", "zurich", ("8008", "Zürich", "ZH")),
            ("1890", "Saint-Maurice", ("1890", "St-Maurice", "VS")),
            ("1890", "St. Maurice", ("1890", "St-Maurice", "VS")),
            ("9000", "Sankt Gallen", ("9000", "St. Gallen", "SG")),
            ("3960", "Muraz", ("3960", "Muraz (Sierre)", "VS")),
            ("3960", "Siders", ("3960", "Sierre", "VS")),
        ):
            with self.subTest(zip=zip_, city=city):
                self.assertPlace(self.at(zip_, city, self.ch), *place)

    def test_belgium_and_france(self):
        for zip_, city, country, place in (
            ("B-1000", "Bruxelles", self.be, ("1000", "Bruxelles", "BRU")),
            ("1000", "Brussel", self.be, ("1000", "Brussel", "BRU")),
            ("4000", "LIEGE", self.be, ("4000", "Liège", "WLG")),
            ("2000", "Anvers", self.be, ("2000", "Antwerpen", "VAN")),
            ("4780", "St. Vith", self.be, ("4780", "Sankt Vith", "WLG")),
            ("75 008", "Paris", self.fr, ("75008", "Paris", "75")),
            ("F-75008", "PARIS 8", self.fr, ("75008", "Paris", "75")),
            ("1000", "Bourg en Bresse", self.fr, ("01000", "Bourg-en-Bresse", "01")),
            ("20000", "Ajaccio", self.fr, ("20000", "Ajaccio", "2A")),
            ("97400", "ST DENIS", self.fr, ("97400", "Saint-Denis", "974")),
        ):
            with self.subTest(zip=zip_, city=city):
                self.assertPlace(self.at(zip_, city, country), *place)

    def test_overseas_countries_and_liechtenstein_share_the_post(self):
        reunion = self.env.ref("base.re")
        self.assertPlace(
            self.at("97400", "Saint-Denis", reunion), "97400", "Saint-Denis", "974"
        )
        vaduz = self.at("9490", "Vaduz", self.li)
        self.assertPlace(vaduz, "9490", "Vaduz")
        self.assertFalse(vaduz.client_region_id)
        self.assertEqual(self.at("9490", "Vaduz", self.ch).client_place_id.zip, "9490")

    def test_several_places_with_one_postcode(self):
        self.assertPlace(self.at("3960", "Niouc", self.ch), "3960", "Niouc")
        nameless = self.at("3960", False, self.ch)
        self.assertFalse(nameless.client_place_id)
        self.assertEqual(nameless.client_region_id, self.canton("VS"))
        # 1787 is in two cantons.
        unknown = self.at("1787", "Nirgendwo", self.ch)
        self.assertFalse(unknown.client_place_id)
        self.assertFalse(unknown.client_region_id)
        self.assertPlace(
            self.at("1787", "Mur (Vully) VD", self.ch), "1787", "Mur (Vully) VD", "VD"
        )

    def test_bilingual_towns_ask(self):
        town = self.at("2502", False, self.ch)
        self.assertFalse(town.client_place_id)
        self.assertFalse(town.client_language_region)
        self.assertEqual(town.client_region_id, self.canton("BE"))
        for zip_, city, language in (
            ("2502", "Biel", "de"),
            ("2502", "Bienne", "fr"),
            ("1700", "Freiburg", "de"),
            ("1700", "Fribourg", "fr"),
            ("3280", "Murten", "de"),
            ("3280", "Morat", "fr"),
        ):
            client = self.at(zip_, city, self.ch)
            self.assertTrue(client.client_place_id.is_bilingual, city)
            self.assertEqual(client.client_language_region, language, city)

    def test_post_office_boxes(self):
        for zip_, city, country, name, region in (
            ("8021", "Zürich 1", self.ch, "Zürich", "ZH"),
            ("3001", "Berne", self.ch, "Bern", "BE"),
            ("1211", "Genève 3", self.ch, "Genève", "GE"),
            ("75383 CEDEX 08", "PARIS CEDEX 08", self.fr, "Paris", "75"),
        ):
            client = self.at(zip_, city, country)
            self.assertEqual(client.client_place_id.name, name)
            self.assertEqual(client.client_region_id.code, region)
        # The number of a French department is in its postcodes.
        unknown = self.at("33999", "Nulle part", self.fr)
        self.assertFalse(unknown.client_place_id)
        self.assertEqual(unknown.client_region_id.code, "33")

    def test_without_a_country(self):
        self.assertPlace(self.at("1950", "Sion"), "1950", "Sion", "VS")
        # 1000 is a postcode of Lausanne too, but Brussels is there only.
        self.assertPlace(self.at("1000", "Bruxelles"), "1000", "Bruxelles", "BRU")
        self.assertPlace(self.at("75008", "Paris"), "75008", "Paris", "75")
        self.assertFalse(self.at("75008").client_place_id)
        belgian = self.env["res.company"].create(
            {"name": "Agence Dyle", "country_id": self.be.id}
        )
        client = self.at("1950", "Kraainem", company_id=belgian.id)
        self.assertPlace(client, "1950", "Kraainem", "VBR")
        # Now the companies are in two countries.
        self.assertFalse(self.at("1950").client_region_id)
        self.assertEqual(
            self.at("1950", company_id=belgian.id).client_region_id.code, "VBR"
        )

    def test_the_country_of_a_company_changes(self):
        client = self.at("1950", company_id=self.company.id)
        self.assertEqual(client.client_region_id.code, "VS")
        self.company.country_id = self.be
        self.assertEqual(client.client_region_id.code, "VBR")

    def test_nothing_to_find(self):
        for client in (
            self.at(False, "Sion", self.ch),
            self.at("", "Sion", self.ch),
            self.at("–", "Sion", self.ch),
            self.at("99999999999999999999", "Sion", self.ch),
            self.at("1", "Sion", self.ch),
            self.at("x|%'\\", "a|%_'\\(", self.ch),
            self.at("10115", "Berlin", self.env.ref("base.de")),
        ):
            self.assertFalse(client.client_place_id, client.zip)
            self.assertFalse(client.client_region_id, client.zip)

    def test_an_address_changes(self):
        client = self.at("1950", "Sion", self.ch)
        client.write({"zip": "2000", "city": "Neuchâtel"})
        self.assertPlace(client, "2000", "Neuchâtel", "NE")
        client.zip = False
        self.assertFalse(client.client_place_id)
        self.assertFalse(client.client_region_id)

    def test_the_form_knows_the_place_before_it_is_saved(self):
        with Form(self.Partner, "base.view_partner_form") as form:
            form.name = "Cave du Rhône"
            form.country_id = self.ch
            form.zip = "1950"
            form.city = "Sion"
            self.assertEqual(form.client_region_id.code, "VS")

    def test_the_state_is_stronger_than_the_postcode(self):
        zurich = self.env.ref("base.state_ch_zh_fr")
        client = self.at("1950", "Sion", self.ch, state_id=zurich.id)
        self.assertEqual(client.client_region_id, self.canton("ZH"))
        self.assertEqual(client.client_place_id.name, "Sion")

    def test_a_state_that_is_a_region_with_departments(self):
        isle = self.env["res.country.state"].create(
            {"name": "Île-de-France", "code": "IDF", "country_id": self.fr.id}
        )
        paris = self.at("75008", "Paris", self.fr, state_id=isle.id)
        self.assertEqual(paris.client_region_id.code, "75")
        nowhere = self.at(False, "Paris", self.fr, state_id=isle.id)
        self.assertEqual(nowhere.client_region_id.code, "IDF")
        self.assertEqual(paris.client_parent_region_id, nowhere.client_region_id)

    def test_all_partners_at_once_by_the_same_definition(self):
        clients = self.Partner
        for zip_, city, country in (
            ("1950", "Sion", self.ch),
            ("3960", False, self.ch),
            ("8021", "Zürich 1", None),
            ("1000", "Bruxelles", None),
            ("75383 CEDEX 08", "PARIS CEDEX 08", self.fr),
            (False, "Sion", self.ch),
            ("2502", "Biel/Bienne", self.ch),
        ):
            clients |= self.at(zip_, city, country)
        clients |= self.at(False, state_id=self.env.ref("base.state_ch_zh_it").id)
        clients.flush_recordset()
        names = ("client_place_id", "client_region_id")
        expected = [[client[name].id for name in names] for client in clients]
        self.assertEqual(partners.update(self.env.cr), 0)
        self.env.cr.execute(
            "UPDATE res_partner SET client_place_id = NULL, client_region_id = NULL"
        )
        for fill in (partners.update, partners.fill):
            fill(self.env.cr)
            self.env.invalidate_all()
            found = [[client[name].id for name in names] for client in clients]
            self.assertEqual(found, expected)

    def test_all_postcodes_of_the_files(self):
        places = self.Place.search([])
        self.assertGreater(len(places), 40000)
        missing = places.filtered(lambda place: not place.zip_key)
        self.assertFalse(missing)
        clients = self.Partner.create(
            [
                {
                    "name": place.name,
                    "zip": place.zip,
                    "city": place.name,
                    "country_id": place.country_id.id,
                }
                for place in places[::20]
            ]
        )
        for place, client in zip(places[::20], clients, strict=True):
            self.assertEqual(client.client_place_id.zip, place.zip)
            self.assertEqual(client.client_region_id, place.region_id, place.name)
