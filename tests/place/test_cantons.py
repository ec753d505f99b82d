from odoo.tests import tagged

from .place_case import PlaceCase


@tagged("post_install", "-at_install")
class TestCantons(PlaceCase):
    """One canton, whatever state a client has, or none."""

    def groups(self, clients, groupby, model="res.partner"):
        domain = [("id", "in", clients.ids)]
        return dict(self.env[model]._read_group(domain, [groupby], ["__count"]))

    def test_all_states_of_switzerland_are_26_cantons(self):
        states = self.env["res.country.state"].search([("country_id", "=", self.ch.id)])
        self.assertGreaterEqual(len(states), 71)
        clients = self.Partner.create(
            [
                {"name": state.code, "state_id": state.id, "country_id": self.ch.id}
                for state in states
            ]
        )
        # Without a state, but with a postcode; and without both.
        clients |= self.at("1950", "Sion", self.ch) | self.at("6300", "Zug")
        clients |= self.at(False, "Nowhere", self.ch) | self.at(False, "Nowhere")
        groups = self.groups(clients, "client_region_id")
        self.assertEqual(len(groups), 27)
        self.assertEqual(groups.pop(self.Region), 2)
        self.assertEqual(
            sum(groups.values()), len(clients) - 2, "the totals do not agree"
        )
        for canton in groups:
            self.assertEqual(canton.kind, "canton")
        for client in clients.filtered("state_id"):
            code = client.state_id.code.split("-")[0]
            self.assertEqual(client.client_region_id.code, code)

    def test_states_that_people_have_made(self):
        for country, code, name, region in (
            (self.ch, "X1", "Kanton Zürich", "ZH"),
            (self.ch, "X2", "Canton de Vaud", "VD"),
            (self.ch, "X3", "Cantone dei Grigioni", "GR"),
            (self.ch, "CH-VS", "Somewhere", "VS"),
            (self.ch, "X4", "bale campagne", "BL"),
            (self.ch, "X5", "St.Gallen", "SG"),
            (self.be, "BRU", "Bruxelles-Capitale", "BRU"),
            (self.be, "X6", "Province de Liège", "WLG"),
            (self.be, "X7", "Provincie Oost-Vlaanderen", "VOV"),
            (self.fr, "75", "Paris", "75"),
            (self.fr, "FR-2A", "Corse du Sud", "2A"),
            (self.fr, "X8", "ILE DE FRANCE", "IDF"),
        ):
            state = self.env["res.country.state"].create(
                {"name": name, "code": code, "country_id": country.id}
            )
            self.assertEqual(state.client_region_id.code, region, name)
        other = self.env["res.country.state"].create(
            {"name": "Bodensee", "code": "BOD", "country_id": self.ch.id}
        )
        self.assertFalse(other.client_region_id)
        client = self.at(False, False, self.ch, state_id=other.id)
        self.assertFalse(client.client_region_id)
        other.client_region_id = self.canton("TG")
        self.assertEqual(client.client_region_id, self.canton("TG"))

    def test_regions_of_belgium_and_france(self):
        clients = self.Partner
        for zip_, city, country in (
            ("4000", "Liège", self.be),
            ("5000", "Namur", self.be),
            ("1000", "Bruxelles", self.be),
            ("69001", "Lyon", self.fr),
            ("38000", "Grenoble", self.fr),
            ("1950", "Sion", self.ch),
            (False, False, self.ch),
        ):
            clients |= self.at(zip_, city, country)
        groups = self.groups(clients, "client_parent_region_id")
        by_code = {region.code: count for region, count in groups.items()}
        self.assertEqual(by_code, {"WAL": 2, "BRU": 1, "ARA": 2, "VS": 1, False: 1})
        wallonia = self.canton("WAL", self.be)
        found = self.Partner.search(
            [("id", "in", clients.ids), ("client_parent_region_id", "=", wallonia.id)]
        )
        self.assertEqual(set(found.mapped("zip")), {"4000", "5000"})
        for client in clients:
            self.assertEqual(
                client.client_parent_region_id,
                client.client_region_id.parent_id or client.client_region_id,
            )

    def test_search_by_name_and_code(self):
        client = self.at("1950", "Sion", self.ch)
        for text in ("Valais", "VS"):
            found = self.Partner.search([("client_region_id", "ilike", text)])
            self.assertIn(client, found)
        french = self.Region.with_context(lang="fr_FR")
        self.env["res.lang"]._activate_lang("fr_FR")
        self.assertEqual(french.browse(self.canton("ZG").id).name, "Zoug")

    def test_languages_by_municipality(self):
        for zip_, city, language in (
            ("1950", "Sion", "fr"),
            ("3930", "Visp", "de"),
            ("2740", "Moutier", "fr"),
            ("2610", "St-Imier", "fr"),
            ("3011", "Bern", "de"),
            ("7742", "Poschiavo", "it"),
            ("6535", "Roveredo GR", "it"),
            ("7000", "Chur", "de"),
            ("7550", "Scuol", "rm"),
            ("1712", "Tafers", "de"),
            ("1630", "Bulle", "fr"),
            ("6685", "Bosco/Gurin", "de"),
        ):
            client = self.at(zip_, city, self.ch)
            self.assertEqual(client.client_language_region, language, city)
        for zip_, city, language in (
            ("4700", "Eupen", "de"),
            ("4780", "Sankt Vith", "de"),
            ("9000", "Gent", "nl"),
            ("1050", "Ixelles", "fr"),
            ("1050", "Elsene", "nl"),
        ):
            client = self.at(zip_, city, self.be)
            self.assertEqual(client.client_language_region, language, city)
        clients = self.at("1950", "Sion", self.ch) | self.at("7000", "Chur", self.ch)
        self.assertEqual(
            self.groups(clients, "client_language_region"), {"fr": 1, "de": 1}
        )
        found = self.Partner.search(
            [("id", "in", clients.ids), ("client_language_region", "=", "fr")]
        )
        self.assertEqual(found.city, "Sion")
