import re

from odoo.tests import tagged
from odoo.tools import SQL

from ...engine.search import key as search_key
from ..common import SearchCase


@tagged("post_install", "-at_install")
class TestSearchByPhone(SearchCase):
    """A phone number is found in any spelling."""

    SPELLINGS = (
        "+41 44 123 45 67",
        "+41441234567",
        "044 123 45 67",
        "0441234567",
        "0041 44 123 45 67",
        "0041441234567",
        "+41 (0)44 123 45 67",
        "044/123.45.67",
        "(044) 123-45-67",
    )

    def test_every_spelling_finds_every_spelling(self):
        self.add("Somebody else", phone="+41 21 987 65 43")
        for stored in self.SPELLINGS:
            client = self.add("Client", phone=stored)
            self.assertEqual(client.phone, stored)
            with self.subTest(stored=stored):
                self.assertFinds(client, *self.SPELLINGS)
            self.mine -= client

    def test_part_of_a_number_is_enough(self):
        client = self.add("Client", phone="+41 44 123 45 67")
        self.assertFinds(client, "044 123", "123 45 67", "4567", "123 45")
        self.assertFinds(client, "+41 44 12", "+41 (0)44 123", "0041 44 1")
        self.assertFindsNothing("044 124", "9999")

    def test_belgian_and_french_numbers_are_found(self):
        belgian = self.add("Belgian", phone="+32 2 555 12 34")
        french = self.add("French", phone="01 42 68 53 00")
        self.assertFinds(belgian, "02 555 12 34", "0032 2 555 12 34")
        self.assertFinds(french, "+33 1 42 68 53 00", "0033142685300")

    def test_a_number_in_the_name_is_no_phone(self):
        client = self.add("Garage 2000")
        self.add("Other", phone="+41 44 123 45 67")
        self.assertFinds(client, "2000", "garage 2000")

    def test_the_number_of_a_contact_finds_the_contact(self):
        contact = self.new_contact(self.add("Client"), phone="079 555 11 22")
        self.mine += contact
        self.assertFinds(contact, "+41 79 555 11 22")


@tagged("post_install", "-at_install")
class TestSearchScreens(SearchCase):
    """The same search is behind the search box, the drop-downs and the index."""

    def test_the_box_of_the_list_searches_this_way(self):
        view = self.env.ref("base.view_res_partner_filter")
        arch = self.Partner.get_view(view.id, "search")["arch"]
        self.assertIn("[('display_name', 'ilike', self)]", arch)

    def test_a_drop_down_finds_within_its_own_domain(self):
        client = self.add("Müller", city="Bern")
        self.add("Müller", city="Basel")
        found = self.Partner.name_search("mueller", [("city", "=", "Bern")])
        self.assertEqual([id_ for id_, _name in found], client.ids)

    def test_a_drop_down_shows_no_more_than_it_asks_for(self):
        for _number in range(5):
            self.add("Quodlibet")
        self.assertEqual(len(self.Partner.name_search("quodlibet", limit=3)), 3)

    def test_a_drop_down_may_leave_out(self):
        client = self.add("Müller")
        others = self.add("Weber")
        found = self.Partner.name_search(
            "mueller", [("id", "in", (client + others).ids)], operator="not ilike"
        )
        self.assertEqual([id_ for id_, _name in found], others.ids)

    def test_documents_are_found_by_their_client_this_way(self):
        client = self.add("Müller", client_name2="Filiale Bern")
        bank = self.env["res.partner.bank"].create(
            {"partner_id": client.id, "acc_number": "1234"}
        )
        for text in ("mueller", "filiale"):
            domain = [("partner_id", "ilike", text)]
            self.assertIn(bank, self.env["res.partner.bank"].search(domain))

    def test_a_user_without_accounting_searches_too(self):
        client = self.add("Müller", phone="044 123 45 67")
        partners = self.as_user(self.Partner, self.new_employee())
        for text in ("mueller", "+41 44 123 45 67"):
            domain = [("id", "in", client.ids), ("display_name", "ilike", text)]
            self.assertTrue(partners.search(domain))

    def test_the_search_uses_the_trigram_indexes(self):
        self.assertTrue(self.registry.has_trigram, "the database needs pg_trgm")
        self._fill_the_table()
        text_only = {search_key.INDEX}
        text_or_phone = {search_key.INDEX, search_key.PHONE_INDEX}
        for text, indexes in (
            ("Müller", text_only),
            ("Baeckerei Zürich", text_only),
            ("CHE-107.787.577", text_only),
            ("+41 44 123 45 67", text_or_phone),
        ):
            query = self.Partner._search([("display_name", "ilike", text)], order="id")
            rows = self.env.execute_query(SQL("EXPLAIN %s", query.select()))
            plan = "\n".join(row[0] for row in rows)
            with self.subTest(text=text):
                self.assertEqual(set(re.findall(r"Scan on (\w+_idx)", plan)), indexes)
                self.assertNotIn("Seq Scan", plan)

    def _fill_the_table(self):
        """Few partners would be faster read one after the other."""
        client = self.add("Pattern")
        self.env.flush_all()
        self.env.cr.execute(
            """
            INSERT INTO res_partner (complete_name, phone, name, type, active,
                                     autopost_bills)
            SELECT md5(i::text), '+41 ' || 100000 + i, name, type, active,
                   autopost_bills
              FROM res_partner client, generate_series(1, 3000) i
             WHERE client.id = %s;
            SELECT gin_clean_pending_list(%s), gin_clean_pending_list(%s);
            ANALYZE res_partner;
            SET LOCAL enable_seqscan = off;
            SET LOCAL enable_indexscan = off;
            """,
            [client.id, search_key.INDEX, search_key.PHONE_INDEX],
        )
