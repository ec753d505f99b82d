"""Whatever is typed, the condition stays small and finds what a person expects."""

import itertools

from hypothesis import example, given, settings
from hypothesis import strategies as st

from odoo.fields import Domain
from odoo.tests import tagged
from odoo.tools import SQL

from ...engine.search import key as search_key
from ...engine.search import text as search_text
from ..common import SearchCase

# Comparisons, and characters in them, of the longest condition there may be.
COMPARISONS = 32
CHARACTERS = 3_200
ADDRESS = (
    "Kantonsspital Aarau AG Einkauf Labor Frau Dr. med. Eva Roth Tellstrasse 25"
    " Haus 7 Postfach 5001 Aarau Schweiz Telefon 062 838 41 41 Fax 062 838 41 42"
    " einkauf@ksa.example www.ksa.example CHE-107.787.577 MWST"
)
NASTY = {
    "a thousand words": " ".join(f"mue{i}-{i:04d}" for i in range(1000)),
    "vowels that may be umlauts": "ueaeoe" * 10_000,
    "words of vowels": " ".join("ue" * 40 + str(i) for i in range(100)),
    "ten million letters": "ab" * 5_000_000,
    "a million words": "ab " * 1_000_000,
    "wildcards": "%_" * 5_000,
    "words of wildcards": "%%%% ____ " * 1_000,
    "backslashes": "\\" * 10_000,
    "words of one letter": " ".join("abcdefghijklmnopqrstuvwxyz0123456789"),
    "a phone that does not end": "+41 " + "4-4/4.4 " * 1_000,
    "digits with separators": "0-4.4/1 " * 1_000,
    "many phones": "call +41 44 123 45 67 or 0041 44 123 45 68, " * 100,
    "many addresses": " ".join(f"a{i}@example{i}.ch" for i in range(500)),
    "NUL": "a\0b\0" * 1_000,
    "turned text": "\u202e" * 1_000 + "abc",
    "accents on one letter": "a" + "\u0301" * 10_000,
    "nothing but accents": "\u0301 " * 1_000,
    "nothing to see": "\u200b\u200d\ufeff" * 1_000,
    "emoji with joints": "\U0001f468\u200d\U0001f469\u200d\U0001f467" * 500,
    "right to left": "\u05d0\u05d1\u05d2 " * 1_000,
    "halves of characters": "\ud800" * 1_000,
    "ligatures that decompose": "\ufdfa" * 1_000,
    "five thousand characters": "".join(map(chr, range(0x4E00, 0x4E00 + 5000))),
    "five thousand words": " ".join(map(chr, range(0x4E00, 0x4E00 + 5000))),
    "quotes": "'\";--$$" * 1_000,
}
PIECES = st.sampled_from(
    ["Mueller", "ae", "044", "+41 ", "-", ".", "@x.ch", "%", "_", "\\", "\0", "\u202e"]
    + ["\u0301", "\u200b", " ", "\n", ",", "ß", "\U0001f468", "\ud800", "CHE-107.787"]
)
TEXTS = st.lists(PIECES | st.text(max_size=5), max_size=80).map("".join)


@tagged("post_install", "-at_install")
class TestSearchBounds(SearchCase):
    """A text of any length and kind becomes a condition of bounded size."""

    def condition(self, text):
        """:return: SQL of the search for a text"""
        return self.Partner._search(Domain("display_name", "ilike", text)).where_clause

    def assertBounded(self, text):
        condition = self.condition(text)
        self.assertLessEqual(condition.code.count(" LIKE "), COMPARISONS)
        typed = "".join(value for value in condition.params if isinstance(value, str))
        self.assertLessEqual(len(typed), CHARACTERS)

    def test_the_worst_texts_make_small_conditions(self):
        for name, text in NASTY.items():
            with self.subTest(name):
                self.assertBounded(text)

    @settings(max_examples=200, deadline=None, derandomize=True)
    @given(TEXTS)
    @example("ue-1234 " * 8)
    def test_any_text_makes_a_small_condition_that_works(self, text):
        self.assertBounded(text)
        self.Partner.search([("display_name", "ilike", text)], limit=1)

    def test_the_worst_texts_are_searched_without_an_error(self):
        self.add("Weber")
        for name, text in NASTY.items():
            with self.subTest(name):
                self.Partner.name_search(text, limit=8)
                self.found(text, "not ilike")

    def test_portal_users_search_them_too_and_see_no_stranger(self):
        client = self.add("Portal Client")
        user = self.new_portal_user(partner_id=self.new_contact(client).id)
        self.add("Mueller")
        partners = self.as_user(self.Partner, user)
        own = partners.search([])
        for name, text in NASTY.items():
            with self.subTest(name):
                found = {id_ for id_, _name in partners.name_search(text, limit=None)}
                self.assertLessEqual(found, set(own.ids))


@tagged("post_install", "-at_install")
class TestSearchTyped(SearchCase):
    """Up to eight words are typed: each of them counts, whatever is between them."""

    def setUp(self):
        super().setUp()
        self.add("Fromagerie Blanc")

    def test_all_of_eight_words_have_to_occur(self):
        words = "Alpha Bravo Carlo Delta Echos Fotos Golfo Hotel"
        client = self.add(words)
        self.assertFinds(client, words, " ".join(reversed(words.split())))
        for word in words.split():
            self.assertFindsNothing(words.replace(word, "Quark"))

    def test_a_word_said_again_counts_once(self):
        client = self.add("Weber Holzbau")
        self.assertFinds(client, "weber WEBER Weber " * 20 + "holzbau")
        self.assertFindsNothing("weber " * 20 + "metallbau")

    def test_of_a_long_word_the_beginning_counts(self):
        beginning = "Donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbauunter"
        client = self.add(beginning + "beamtengesellschaft")
        self.assertFinds(
            client, client.name, beginning + "beamtengesellschaft mbH"[:19]
        )

    def test_what_nobody_sees_separates_words(self):
        client = self.add("Weber Holzbau", phone="+41 44 123 45 67")
        self.assertFinds(
            client,
            "we\u00adber",
            "weber\0holzbau",
            "\u202eweber\u202c",
            "\ufeffweber\u200bholz",
            "\u202a+41 44 123 45 67\u202c",
            "weber\ud800",
            "\u0301 weber",
        )
        hidden = self.add("Ni\u200dko")
        self.assertFinds(hidden, "Ni\u200dko")

    def test_a_text_that_nobody_sees_finds_everybody(self):
        for text in ("\0", "\u202e", "\u200b \u200d", "\u0301", "\ud800"):
            self.assertEqual(self.found(text), self.mine, repr(text))
            self.assertFalse(self.found(text, "not ilike"), repr(text))

    def test_a_name_with_a_turned_text_is_found(self):
        client = self.add("Weber\u202eAG")
        self.assertFinds(client, "weber", "Weber\u202eAG", "weber ag")

    def test_one_letter_of_many_is_enough(self):
        client = self.add("\u0416ukov \u738b \U0001f9c0")
        self.assertFinds(client, "\u0416", "\u738b", "\U0001f9c0")

    def test_a_phone_is_found_with_many_separators(self):
        client = self.add("Weber", phone="+41 44 123 45 67")
        self.assertFinds(client, "0-4-4 1.2.3 4/5 6/7", "(0)(4)(4)123-45-67")


@tagged("post_install", "-at_install")
class TestSearchPasted(SearchCase):
    """Of a text with more words, what names the client is enough."""

    def setUp(self):
        super().setUp()
        self.add("Fromagerie Blanc", email="info@blanc.example", phone="021 111 22 33")

    def test_a_whole_address_finds_the_client(self):
        self.assertGreater(len(ADDRESS.split()), 25)
        client = self.add("Kantonsspital Aarau AG")
        self.assertFinds(client, ADDRESS, ADDRESS.lower(), ADDRESS + " " + ADDRESS)

    def test_a_whole_address_finds_whom_it_names_by_one_thing(self):
        for values in (
            {"email": "einkauf@ksa.example"},
            {"phone": "+41 62 838 41 41"},
            {"vat": "CHE-107.787.577 TVA"},
            {"client_name2": "Eva Roth & Kantonsspital Aarau"},
        ):
            client = self.add("Somebody", **values)
            with self.subTest(values):
                self.assertFinds(client, ADDRESS)
            self.mine -= client

    def test_the_first_line_may_be_one_word(self):
        client = self.add("Swissquote")
        lines = (
            "Swissquote\nChemin de la Crétaux 33\nCase postale 319\n1196 Gland VD CH"
        )
        self.assertFinds(client, lines, lines.replace("\n", ", "))

    def test_the_name_may_stand_anywhere_and_be_spelt_otherwise(self):
        client = self.add("Bäckerei Müller")
        before = "Herr Dr. Max Rot c/o "
        after = " Bahnhofstrasse 12 8400 Winterthur Schweiz Tel 052 000 11 22"
        for name in ("Baeckerei Mueller", "BACKEREI MULLER", "«Bäckerei Müller»"):
            self.assertFinds(client, before + name + after)

    def test_a_long_name_finds_its_client(self):
        name = (
            "Association pour la Sauvegarde et la Promotion du Patrimoine de la"
            " Haute Vallée de l'Orbe"
        )
        client = self.add(name)
        self.assertFinds(client, name, name + ", " + name)

    def test_what_had_all_words_is_found_as_ever(self):
        words = (
            "Alpha Bravo Carlo Delta Echos Fotos Golfo Hotel India Julia Kilos".split()
        )
        client = self.add(" ".join(words))
        for several in itertools.islice(
            itertools.permutations(words), 0, 10**6, 99_991
        ):
            self.assertIn(client, self.found(" ".join(several)))

    def test_the_client_is_found_at_the_beginning_of_a_novel(self):
        client = self.add("Weber Holzbau")
        text = (
            "Weber Holzbau, 8400 Winterthur. " + "Lorem ipsum dolor sit amet. " * 9999
        )
        self.assertFinds(client, text)

    def test_others_are_not_found(self):
        self.add("Spital Olten AG", email="einkauf@spital.example", phone="062 838 41")
        self.add("Aarau", vat="CHE-107.787.578 TVA")
        self.assertFindsNothing(ADDRESS)

    def test_who_is_not_wanted_is_left_out(self):
        client = self.add("Kantonsspital Aarau AG")
        self.assertEqual(self.found(ADDRESS, "not ilike"), self.mine - client)


@tagged("post_install", "-at_install")
class TestTerms(SearchCase):
    """What the docstring of the module promises."""

    def test_a_typed_text_is_kept_as_it_is(self):
        typed = search_text.terms("Müller  AG 044")
        self.assertEqual(typed.words, ("Müller", "044", "AG"))
        self.assertEqual(typed.phones, ("Müller  AG 044",))
        self.assertFalse(typed.phrases or typed.numbers)

    def test_words_of_one_or_two_letters_read_everybody(self):
        for text, expected in (
            ("a", True),
            ("q% xy", True),
            ("x-y", False),
            ("q abc", False),
        ):
            self.assertEqual(search_text.terms(text).reads_everybody(), expected, text)

    def test_an_index_that_does_not_help_is_not_read(self):
        for way in ("enable_seqscan", "enable_indexscan"):
            self.env.cr.execute(SQL("SET LOCAL %s = off", SQL.identifier(way)))
        for text, used in (("abc", True), ("ab", False), ("%", False)):
            domain = [("display_name", "ilike", text)]
            query = self.Partner._search(domain, order="id").select()
            rows = self.env.execute_query(SQL("EXPLAIN %s", query))
            plan = "\n".join(row[0] for row in rows)
            self.assertEqual(search_key.INDEX in plan, used, plan)

    def test_a_search_that_reads_everybody_ends_with_its_client(self):
        def interval(text):
            self.env.cr.execute(SQL("SET LOCAL client_connection_check_interval = 0"))
            self.Partner.name_search(text, limit=1)
            self.env.cr.execute(SQL("SHOW client_connection_check_interval"))
            return self.env.cr.fetchone()[0]

        self.assertEqual(interval("weber"), "0")
        self.assertEqual(interval("we"), "1s")
