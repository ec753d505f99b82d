"""Which partners are found to be the same, how sure, and why."""

from datetime import timedelta

from odoo import Command, fields
from odoo.tests import tagged

from .duplicate_case import DuplicateCase


@tagged("post_install", "-at_install")
class TestFind(DuplicateCase):
    def test_names_that_people_write_in_different_ways(self):
        for one, other in (
            ("Zwygart Orgelbau AG", "Zwygart Orgelbau"),
            ("Zwygart Pianos S.à r.l.", "Zwygart Pianos GmbH"),
            ("Délèze Horlogerie SA", "deleze horlogerie s.a."),
            ("Bühlmännli Käserei", "Buehlmaennli Kaeserei"),
            ("Orsières Vins Fins", "Vins Fins Orsières"),
            ("Krähenbühl Gartenbau", "Krähenbül Gartenbau"),
            ("Niggeler Metallbau", "Nigegler Metallbau"),
            ("Sägesser Treuhand", "SägesserTreuhand"),
            ("Oberholzer & Cie, Weine", "Weine Oberholzer"),
        ):
            with self.subTest(one=one, other=other):
                pair = self.found(self.new_client(one), self.new_client(other))
                self.assertEqual(pair.state, "open")
                self.assertIn("name", self.codes(pair))

    def test_numbers_and_addresses_in_any_spelling(self):
        for values, others, code in (
            ({"vat": "CHE-109.322.551 MWST"}, {"vat": "CHE109322551 TVA"}, "vat"),
            (
                {"email": "bureau@vigneron.example"},
                {"email": "Bureau@Vigneron.example"},
                "email",
            ),
        ):
            one = self.new_client("Rochat Vins", **values)
            other = self.new_client("Rochat Vins et Spiritueux", **others)
            with self.subTest(code=code):
                self.assertIn(code, self.codes(self.found(one, other)))

    def test_a_phone_in_any_spelling(self):
        one = self.new_client("Cave du Lac", phone="+41 21 987 65 43")
        for number, phone in enumerate(
            ("021 987 65 43", "0041219876543", "+41 (0)21/987.65.43")
        ):
            other = self.new_client(f"Cave du Lac {number}", phone=phone)
            self.assertIn("phone", self.codes(self.found(one, other)), phone)
        belgian = self.new_client("Brasserie Meuse", phone="+32 2 512 34 56")
        other = self.new_client("Brasserie Meuse SRL", phone="02/512.34.56")
        self.assertIn("phone", self.codes(self.found(belgian, other)))

    def test_a_bank_account(self):
        one, other = self.new_client("Ferme Blanc"), self.new_client("Blanc Ferme Bio")
        for client in (one, other):
            client.bank_ids = [
                Command.create({"acc_number": "CH93 0076 2011 6238 5295 7"})
            ]
        self.assertIn("iban", self.codes(self.found(one, other)))

    def test_two_different_clients_are_no_pair(self):
        one = self.new_client("Weber Holzbau", zip="1004", city="Lausanne")
        for values in (
            {"name": "Weber Gartenbau", "zip": "1004", "city": "Lausanne"},
            {"name": "Huber Holzbau", "zip": "1004", "city": "Lausanne"},
            {"name": "Moser Reisen", "zip": "1004", "city": "Lausanne"},
        ):
            other = self.new_client(**values)
            self.assertFalse(self.found(one, other), values)

    def test_the_surest_pair_is_the_first(self):
        values = {"zip": "1260", "city": "Nyon", "phone": "022 361 11 11"}
        sure = [self.new_client("Chevalley Toits", **values) for _ in range(2)]
        less = [self.new_client(name) for name in ("Délèze Bois", "Délèse Bois")]
        self.find()
        first, second = self.pair(*sure), self.pair(*less)
        self.assertGreater(first.sure, second.sure)
        pairs = self.Duplicate.search([("id", "in", (first | second).ids)])
        self.assertEqual(list(pairs), [first, second])
        self.assertEqual(first.reasons, "phone,name:100,zip")

    def test_what_contradicts_makes_it_less_sure(self):
        values = {"zip": "1800", "city": "Vevey"}
        one = self.new_client("Pélissier Optique", **values)
        other = self.new_client("Pélissier Optique SA", **values)
        sure = self.found(one, other).sure
        one.vat, other.vat = "CHE-109.322.551", "CHE-115.635.455"
        self.assertLess(self.found(one, other).sure or 0, sure)
        one.vat = other.vat = False
        one.client_name2, other.client_name2 = "Vevey", "Montreux"
        pair = self.found(one, other)
        self.assertLess(pair.sure or 0, sure)

    def test_two_people_with_two_birth_dates(self):
        values = {"zip": "1800", "phone": "021 922 11 11"}
        one, other = (self.new_person("Anna Zwygart", **values) for _ in range(2))
        sure = self.found(one, other).sure
        self.company.client_personal_details = True
        for person, born in ((one, "1950-01-01"), (other, "1985-01-01")):
            person.with_company(self.company).client_birthdate = born
        self.assertLess(self.found(one, other).sure or 0, sure / 2)

    def test_a_family_is_not_one_client(self):
        values = {"zip": "1800", "street": "Rue du Lac 3", "phone": "021 922 11 11"}
        one = self.new_person("Peter Zwygart", **values)
        other = self.new_person("Ursula Zwygart", **values)
        self.assertLess(self.found(one, other).sure or 0, 60)

    def test_an_address_that_many_clients_share_says_nothing(self):
        clients = self.Partner.create(
            [
                {"name": f"{letter * 4} {letter * 5}", "email": "info@hosting.example"}
                for letter in "abcdefghijklmnopqrstuvwxyz"
            ]
        )
        self.env.flush_all()
        left_out = self.Duplicate._find()
        self.assertFalse(self.Duplicate.search([("partner_id", "in", clients.ids)]))
        self.assertIn(("email", 1, 26), left_out)
        self.assertEqual(
            self.Duplicate._last_search()["left_out"], [list(one) for one in left_out]
        )

    def test_contacts_of_the_same_client(self):
        client, elsewhere = self.new_client(), self.new_client("Moser Metall")
        one, other, third = (
            self.new_contact(parent, name)
            for parent, name in (
                (client, "Anna Zwygart"),
                (client, "Zwygart Anna"),
                (elsewhere, "Anna Zwygart"),
            )
        )
        self.find()
        self.assertTrue(self.pair(one, other).of_contacts)
        self.assertFalse(self.pair(one, third))

    def test_the_addresses_of_a_client_are_no_duplicates(self):
        client = self.new_client()
        one, other = (
            self.new_contact(client, "Depot", type="delivery", zip=code, street=street)
            for code, street in (("1004", "Rue A 1"), ("1800", "Rue B 2"))
        )
        invoice = self.new_contact(client, "Depot", type="invoice", zip="1004")
        self.find()
        self.assertFalse(self.pair(one, other))
        self.assertFalse(self.pair(one, invoice))

    def test_clients_of_two_companies_and_archived_ones_are_left_alone(self):
        one, other, third = (self.new_client("Zwygart Orgelbau") for _ in range(3))
        one.company_id, other.company_id = self.company, self.other_company
        third.active = False
        self.find()
        self.assertFalse(self.pair(one, other))
        self.assertFalse(self.pair(one, third))

    def test_own_companies_and_two_logins_are_never_a_pair(self):
        company = self.env["res.company"].create({"name": "Zwygart Orgelbau"})
        branch = self.env["res.company"].create({"name": "Zwygart Orgelbau AG"})
        self.assertFalse(self.found(company.partner_id, branch.partner_id))
        client = self.new_client("Zwygart Orgelbau")
        self.assertTrue(self.found(company.partner_id, client))
        self.assertEqual(
            (client | company.partner_id)._client_better_first()[0], company.partner_id
        )
        users = [
            self.new_user(login, "base.group_portal", name="Zoltan Zwygart")
            for login in ("zoltan", "zoltan2")
        ]
        self.assertFalse(self.found(users[0].partner_id, users[1].partner_id))

    def test_a_pair_disappears_with_its_reason(self):
        one, other = self.new_client("Zwygart Bau"), self.new_client("Zwygart Bau AG")
        self.assertTrue(self.found(one, other))
        other.name = "Moser Metall"
        self.assertFalse(self.found(one, other))

    def test_only_what_has_changed(self):
        """The hourly search finds the same as that of the night, for new clients."""
        old = self.new_client("Zwygart Orgelbau", zip="1004", phone="021 987 65 43")
        kept = self.new_client("Délèze Bois"), self.new_client("Délèze Bois SA")
        self.find()
        self.Duplicate._note_search(fields.Datetime.now() - timedelta(hours=1), [])
        new = self.new_client("Orgelbau Zwigart", phone="+41 21 987 65 43")
        self.env.flush_all()
        self.Duplicate._cron_find_changed()
        pair = self.pair(old, new)
        self.assertEqual(self.codes(pair) & {"phone", "name"}, {"phone", "name"})
        sure = pair.sure
        self.assertEqual(self.found(old, new).sure, sure)
        self.assertTrue(self.pair(*kept))
        new.write({"name": "Moser Metall", "phone": False})
        self.env.flush_all()
        self.Duplicate._cron_find_changed()
        self.assertFalse(self.pair(old, new))
        self.assertTrue(self.pair(*kept))

    def test_names_with_any_characters(self):
        """Nothing that somebody types makes the search fail."""
        names = (
            "SA",
            "& Co",
            "%_\\",
            "O'Brien \n Ltd",
            "日本",
            "a" * 300,
            "...",
            "1 2 3",
        )
        clients = [self.new_client(name) for name in names for _ in range(2)]
        self.find()
        self.assertTrue(self.pair(clients[0], clients[1]), "two clients called SA")
        for name in names:
            self.Partner.new({"name": name, "is_company": True})._client_similar()
