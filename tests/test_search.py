import re

from odoo.tests import tagged
from odoo.tools import SQL

from ..engine import search_key
from .common import ClientCase


class SearchCase(ClientCase):
    """A small clientele of its own, searched as the box of the client list does."""

    def setUp(self):
        super().setUp()
        self.mine = self.Partner

    def add(self, name, **values):
        client = self.new_client(name, **values)
        self.mine += client
        return client

    def found(self, text, operator="ilike"):
        domain = [("id", "in", self.mine.ids), ("display_name", operator, text)]
        return self.Partner.search(domain)

    def assertFinds(self, client, *texts):
        for text in texts:
            with self.subTest(text=text):
                self.assertEqual(self.found(text), client)

    def assertFindsNothing(self, *texts):
        for text in texts:
            with self.subTest(text=text):
                self.assertFalse(self.found(text))


@tagged("post_install", "-at_install")
class TestSearchByText(SearchCase):
    """One box finds a client by what people remember of it."""

    def setUp(self):
        super().setUp()
        self.add("Fromagerie Blanc")

    def test_either_line_of_the_name_finds_the_client(self):
        client = self.add("Kantonsspital", client_name2="Einkauf Labor")
        self.assertFinds(client, "kantonsspital", "Einkauf", "labor", "spit")

    def test_words_are_found_in_any_order_and_in_both_lines(self):
        client = self.add("Kantonsspital Aarau", client_name2="Einkauf Labor")
        self.assertFinds(client, "aarau kantons", "labor aarau", "  Labor   Einkauf ")

    def test_every_word_has_to_be_there(self):
        self.add("Kantonsspital Aarau")
        self.assertFindsNothing("kantonsspital olten")

    def test_the_email_finds_the_client(self):
        client = self.add("Weber", email="info@holzbau-weber.example")
        self.assertFinds(client, "info@holzbau-weber.example", "holzbau-weber")

    def test_the_reference_finds_the_client(self):
        client = self.add("Weber", ref="KD-2024/0815")
        self.assertFinds(client, "KD-2024/0815", "kd-2024", "0815", "KD20240815")

    def test_the_vat_number_finds_the_client_in_any_spelling(self):
        client = self.add("Weber", vat="CHE-107.787.577 TVA")
        self.assertFinds(
            client, "CHE-107.787.577", "CHE107787577", "107787577", "che 107.787.577"
        )

    def test_the_vat_number_written_without_points_is_found_with_them(self):
        client = self.add("Weber", vat="BE0477472701")
        self.assertFinds(client, "BE0477472701", "BE 0477.472.701", "0477.472.701")

    def test_the_company_number_finds_the_client(self):
        client = self.add("Weber", company_registry="732 829 320 00074")
        self.assertFinds(client, "73282932000074", "732 829 320", "732.829.320")

    def test_accents_do_not_matter(self):
        client = self.add("Société Générale d'Électricité")
        self.assertFinds(
            client, "societe generale", "SOCIÉTÉ", "electricite", "d'Électricité"
        )
        self.assertFinds(client, "d’Électricité")

    def test_an_umlaut_is_found_in_every_spelling(self):
        for name in ("Müller", "Mueller", "Muller"):
            client = self.add(name)
            self.assertFinds(client, "Müller", "Mueller", "Muller", "MÜLL", "muell")
            client.unlink()
            self.mine -= client

    def test_all_three_spellings_are_found_together(self):
        clients = self.add("Müller") + self.add("Mueller") + self.add("Muller")
        for text in ("Müller", "Mueller", "Muller"):
            self.assertEqual(set(self.found(text)), set(clients), text)

    def test_umlauts_within_a_word_are_found_in_every_spelling(self):
        client = self.add("Bäckerei Schönenbühl")
        self.assertFinds(
            client,
            "Bäckerei",
            "Baeckerei",
            "backerei",
            "schoenenbuehl",
            "schonenbuhl",
            "Schönenbuehl",
            "baeckerei schönen",
        )

    def test_names_with_ue_that_is_no_umlaut_are_found(self):
        manuel = self.add("Manuel Huerta")
        samuel = self.add("Samuel Raedler")
        self.assertFinds(manuel, "Manuel", "manuel huerta", "huer", "Huerta")
        self.assertFinds(samuel, "Samuel", "Rädler", "radler")
        self.assertEqual(set(self.found("el")), {manuel, samuel})
        self.assertEqual(set(self.found("uel")), {manuel, samuel})

    def test_ligatures_and_sharp_s_are_found_in_every_spelling(self):
        self.assertFinds(self.add("Weiß Straßenbau"), "weiss", "Weiß", "strassen")
        self.assertFinds(self.add("Chœur du Bœuf"), "choeur", "Chœur", "BOEUF")
        self.assertFinds(self.add("Grosse Soeur"), "grosse sœur", "große")
        self.assertFinds(self.add("Lægreid"), "laegreid", "lægreid")

    def test_wildcards_mean_themselves(self):
        percent = self.add("100% Bio")
        underscore = self.add("under_score")
        backslash = self.add("back\\slash")
        self.assertFinds(percent, "%", "100%", "0% bio")
        self.assertFinds(underscore, "_", "r_s")
        self.assertFinds(backslash, "\\", "back\\slash", "k\\s")
        self.assertFindsNothing("1%o", "un_er", "\\%")

    def test_quotes_and_odd_characters_are_harmless(self):
        client = self.add("L'Atelier (Zürich) & Co; DROP")
        self.assertFinds(client, "l'atelier", "(Zürich)", "& co;", "l'a")
        self.assertFindsNothing("%s", "%(name)s", "{}", '"')

    def test_one_or_two_letters_are_enough(self):
        client = self.add("Xq")
        self.assertFinds(client, "x", "XQ", "q")

    def test_nothing_typed_finds_everybody(self):
        for text in ("", "   "):
            self.assertEqual(self.found(text), self.mine, repr(text))

    def test_what_is_not_wanted_is_left_out(self):
        client = self.add("Müller")
        others = self.mine - client
        self.assertEqual(self.found("Mueller", "not ilike"), others)

    def test_clients_without_any_detail_are_left_out_of_nothing(self):
        bare = self.add("Bare")
        self.assertIn(bare, self.found("044 123 45 67", "not ilike"))

    def test_an_exact_name_is_searched_as_ever(self):
        client = self.add("Müller")
        self.assertEqual(self.found("Müller", "="), client)
        self.assertFalse(self.found("Mueller", "="))
        self.assertEqual(self.found(["Müller"], "in"), client)

    def test_a_contact_is_found_by_its_name_and_by_its_client(self):
        client = self.add("Kantonsspital")
        contact = self.new_contact(client, "Eva Roth")
        self.mine += contact
        self.assertFinds(contact, "Roth", "roth kantons")
        self.assertEqual(set(self.found("kantonsspital")), {client, contact})

    def test_what_has_just_been_typed_is_found_at_once(self):
        client = self.add("Before")
        client.write({"name": "Zürcher", "client_name2": "Filiale", "ref": "N7001"})
        self.assertFinds(client, "zuercher", "filiale", "N7001")
        self.assertFindsNothing("before")


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
            INSERT INTO res_partner
            SELECT (jsonb_populate_record(client, jsonb_build_object(
                       'id', nextval('res_partner_id_seq'),
                       'complete_name', md5(i::text),
                       'phone', '+41 ' || 100000 + i))).*
              FROM res_partner client, generate_series(1, 3000) i
             WHERE client.id = %s;
            SELECT gin_clean_pending_list(%s), gin_clean_pending_list(%s);
            ANALYZE res_partner;
            SET LOCAL enable_seqscan = off;
            """,
            [client.id, search_key.INDEX, search_key.PHONE_INDEX],
        )
