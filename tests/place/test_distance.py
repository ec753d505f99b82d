from odoo.tests import tagged

from .place_case import PlaceCase


@tagged("post_install", "-at_install")
class TestDistance(PlaceCase):
    """Kilometres from the address of the company, as the crow flies."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.partner_id.write({"zip": "1003", "city": "Lausanne"})
        cls.lausanne, cls.renens, cls.geneva, cls.zurich, cls.unknown = (
            cls.at("1003", "Lausanne", cls.ch),
            cls.at("1020", "Renens", cls.ch),
            cls.at("1204", "Genève", cls.ch),
            cls.at("8001", "Zürich", cls.ch),
            cls.at(False, "Nowhere", cls.ch),
        )
        cls.clients = cls.lausanne | cls.renens | cls.geneva | cls.zurich | cls.unknown

    def found(self, *domain):
        return self.Partner.search([("id", "in", self.clients.ids), *domain])

    def test_distances_that_everybody_knows(self):
        # By public maps: Lausanne to Geneva 52 km, to Zürich 174 km, to Renens 4 km.
        self.assertAlmostEqual(self.geneva.client_distance, 52, delta=3)
        self.assertAlmostEqual(self.zurich.client_distance, 174, delta=4)
        self.assertAlmostEqual(self.renens.client_distance, 4, delta=2)
        self.assertEqual(self.lausanne.client_distance, 0)
        self.assertEqual(self.lausanne.client_distance_range, "010")
        self.assertFalse(self.unknown.client_distance_range)

    def test_search(self):
        self.assertEqual(
            self.found(("client_distance", "<=", 30)), self.lausanne | self.renens
        )
        self.assertEqual(
            self.found(("client_distance", ">", 30)), self.geneva | self.zurich
        )
        self.assertEqual(
            self.found(("client_distance_range", "in", ("010", "030"))),
            self.lausanne | self.renens,
        )
        self.assertEqual(
            self.found(("client_distance_range", "=", False)), self.unknown
        )
        for domain in (
            [("client_distance", "<=", 30)],
            [("client_distance_range", "!=", False)],
        ):
            self.assertEqual(self.clients.filtered_domain(domain), self.found(*domain))

    def test_sort_and_group(self):
        domain = [("id", "in", self.clients.ids)]
        for order, expected in (
            (
                "client_distance, id",
                ("Lausanne", "Renens", "Genève", "Zürich", "Nowhere"),
            ),
            (
                "client_distance desc, id",
                ("Zürich", "Genève", "Renens", "Lausanne", "Nowhere"),
            ),
        ):
            found = self.Partner.search(domain, order=order)
            self.assertEqual(tuple(found.mapped("city")), expected)
        groups = self.Partner._read_group(
            domain, ["client_distance_range"], ["__count"]
        )
        self.assertEqual(groups, [("010", 2), ("100", 1), ("200", 1), (False, 1)])

    def test_coordinates_of_the_address_are_better(self):
        self.zurich.write({"partner_latitude": 46.52, "partner_longitude": 6.63})
        self.assertEqual(self.zurich.client_distance, 0)
        self.company.partner_id.write(
            {"partner_latitude": 47.37, "partner_longitude": 8.54}
        )
        self.env.invalidate_all()
        self.assertAlmostEqual(self.lausanne.client_distance, 174, delta=4)

    def test_each_company_has_its_own(self):
        self.other_company.partner_id.write(
            {"zip": "1204", "city": "Genève", "country_id": self.ch.id}
        )
        there = self.geneva.with_company(self.other_company)
        self.assertEqual(there.client_distance, 0)
        self.assertAlmostEqual(self.geneva.client_distance, 52, delta=3)
        nowhere = self.env["res.company"].create({"name": "Bureau Nulle Part"})
        client = self.geneva.with_company(nowhere)
        self.assertFalse(client.client_distance_range)
        self.assertFalse(
            client.search([("id", "=", client.id), ("client_distance", "<", 9999)])
        )
