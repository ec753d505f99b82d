from odoo.tests import tagged

from ..common import SearchCase


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
