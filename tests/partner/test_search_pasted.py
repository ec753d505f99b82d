from odoo.tests import tagged

from ...engine.search import cleanup
from ...engine.search import key as search_key
from ..common import SearchCase


@tagged("post_install", "-at_install")
class TestSearchPastedWords(SearchCase):
    """A client is found with words as people paste them from elsewhere."""

    def setUp(self):
        super().setUp()
        self.add("Fromagerie Blanc", email="info@blanc.example", phone="021 111 22 33")

    def test_the_phone_of_a_link_finds_the_client(self):
        client = self.add("Weber", phone="+41 21 987 65 43")
        self.assertFinds(
            client,
            "tel:+41 21 987 65 43",
            "tel:+41-21-987-65-43",
            "TEL:0219876543",
            "tel:+41219876543;ext=12",
            "callto:+41219876543",
            "tel://0041219876543",
        )

    def test_the_phone_of_a_signature_finds_the_client(self):
        client = self.add("Weber", phone="+41 21 987 65 43")
        self.assertFinds(
            client,
            "Tél. 021 987 65 43",
            "Tel.: +41 21 987 65 43,",
            "Téléphone : 021\u00a0987\u202f65\u00a043",
            "T: +41 21 987 65 43",
            "Mobile +41 (0)21 987 65 43;",
            "(+41) 21 987 65 43",
            "«021 987 65 43»",
            "+41–21–987‑65‑43",
            "\u200b+41 21 987 65 43\u200b",
        )

    def test_the_extension_of_a_phone_does_not_count(self):
        client = self.add("Weber", phone="+41 21 987 65 43")
        for text in ("x12", " x 12", " ext. 12", " poste 12", ", int. 12", " #12"):
            self.assertFinds(client, f"021 987 65 43{text}")
        extended = self.add("Roth", phone="+41 44 555 66 77 x12")
        self.assertFinds(extended, "044 555 66 77", "+41 44 555 66 77 x12")

    def test_a_label_with_a_number_is_no_phone(self):
        client = self.add("Garage 2000")
        self.add("Other", phone="+41 44 200 02 00")
        self.assertFinds(client, "Garage 2000", "garage 2000;")

    def test_the_address_of_a_link_finds_the_client(self):
        client = self.add("Weber", email="a@weber.example")
        self.assertFinds(
            client,
            "mailto:a@weber.example",
            "MAILTO:A@Weber.example?subject=Offer%20for%20you",
            "<a@weber.example>",
            "a@weber.example,",
            "a@weber.example;",
        )

    def test_name_and_address_find_the_client_by_the_address(self):
        client = self.add("Holzbau Weber", email="a@weber.example")
        self.assertFinds(
            client,
            "Anna Weber <a@weber.example>",
            '"Roth, Anna" <a@weber.example>',
            "Anna [mailto:a@weber.example]",
        )

    def test_quotes_around_words_do_not_count(self):
        client = self.add("Restaurant du Lac")
        for left, right in ('""', "''", "“”", "„“", "«»", "‹›", "‘’", "()", "[]"):
            self.assertFinds(client, f"{left}Restaurant du Lac{right}")
            self.assertFinds(client, f"restaurant {left}Lac{right}")
        quoted = self.add("Auberge «Le Chêne»")
        self.assertFinds(quoted, 'auberge "le chêne"', "Le Chêne", "«Le Chêne»")

    def test_punctuation_at_the_end_does_not_count(self):
        client = self.add("Weber Holzbau")
        for mark in (",", ";", ".", ":", " ,", " ;", "?", "!", ", ", " – "):
            self.assertFinds(client, f"Weber Holzbau{mark}")
        self.assertFinds(client, "Weber, Holzbau", "Weber – Holzbau", "Weber | Holzbau")

    def test_punctuation_alone_means_itself(self):
        client = self.add("Weber; Holzbau")
        self.assertFinds(client, ";")

    def test_spaces_of_any_kind_are_spaces(self):
        client = self.add("Weber\u00a0Holzbau\u202fAG")
        for space in " \u00a0\u202f\u2009\u3000\u200b\t\n":
            self.assertFinds(client, f"weber{space}holzbau", f"{space}weber{space}")

    def test_soft_hyphens_and_joiners_are_in_no_word(self):
        for inside in "\u00ad\u200b\u200c\u200d\u2060\ufeff":
            client = self.add(f"Schreiner{inside}meister Weber")
            self.assertFinds(client, "schreinermeister", f"Schreiner{inside}meister")
            self.mine -= client
        client = self.add("Schreinermeister")
        self.add("Meister und Schreiner")
        self.assertFinds(client, "Schreiner\u00admeister")

    def test_dashes_and_apostrophes_of_any_kind_find_each_other(self):
        client = self.add("L’Atelier Yverdon–les‑Bains")
        self.assertFinds(client, "L'Atelier", "L´atelier", "yverdon-les-bains")
        plain = self.add("D'Orbe Saint-Cergue")
        self.assertFinds(plain, "d’orbe", "D‘Orbe", "saint–cergue", "saint‐cergue")


@tagged("post_install", "-at_install")
class TestSearchLetters(SearchCase):
    """Letters that a keyboard lacks are found with those that it has."""

    def test_letters_that_do_not_decompose(self):
        for name, texts in {
            "Þórsmörk": ("thorsmork", "Thorsmörk", "þórsmörk", "ÞÓRSMÖRK"),
            "Ħal Għaxaq": ("hal ghaxaq", "ĦAL GĦAXAQ"),
            "Đorđe Đurić": ("dorde duric", "ĐORĐE"),
            "Łódź Wałęsa": ("lodz walesa", "ŁÓDŹ"),
            "Ørsted Bjørn Ǿ": ("orsted bjorn", "ØRSTED", "ǿ"),
            "Guðrún": ("gudrun", "GUÐRÚN"),
            "Yıldız": ("yildiz",),
            "Ŧuomas": ("tuomas",),
        }.items():
            client = self.add(name)
            self.assertFinds(client, name, *texts)
            self.mine -= client

    def test_accents_of_other_alphabets(self):
        for name, texts in {
            "Άννα Παπαδοπούλου": (
                "αννα",
                "παπαδοπουλου",
                "ΠΑΠΑΔΟΠΟΥΛΟΥ",
                "Παπαδοπούλου",
            ),
            "Οδυσσεύς": ("ΟΔΥΣΣΕΥΣ", "οδυσσευσ", "οδυσσεύς"),
            "Алёна Чайка": ("алена чаика", "АЛЁНА"),
            "Nguyễn Thị": ("nguyen thi", "NGUYỄN"),
            "מֹשֶׁה": ("משה",),
            "مُحَمَّد": ("محمد",),
        }.items():
            client = self.add(name)
            self.assertFinds(client, name, *texts)
            self.mine -= client

    def test_accents_written_apart_are_found(self):
        client = self.add("Société Générale")
        self.assertFinds(client, "Socie\u0301te\u0301", "Ge\u0301ne\u0301rale")
        apart = self.add("Cafe\u0301 du Pont")
        self.assertFinds(apart, "café", "cafe du pont")


@tagged("post_install", "-at_install")
class TestSearchLegalForm(SearchCase):
    """The legal form of a company is found with and without points."""

    FORMS = {
        "sarl": ("Sàrl", "S.à r.l.", "S.à.r.l.", "S. à r. l.", "S.A.R.L.", "SARL"),
        "GmbH": ("GmbH", "G.m.b.H.", "G.m.b.H", "gmbh"),
        "SA": ("SA", "S.A.", "S.A"),
        "e.V.": ("eV", "e.V.", "E.V."),
        "BV": ("B.V.", "BV"),
        "SpA": ("S.p.A.", "SPA"),
    }

    def test_every_spelling_finds_every_spelling(self):
        self.add("Weber Metallbau KG")
        for form, spellings in self.FORMS.items():
            for stored in spellings:
                client = self.add(f"Holzbau {stored}")
                for typed in (form, *spellings):
                    self.assertFinds(client, f"holzbau {typed}", f"Holzbau {typed},")
                self.mine -= client

    def test_initials_are_found_with_and_without_points(self):
        client = self.add("J.P. Favre")
        self.assertFinds(client, "J.P. Favre", "jp favre", "J. P. Favre", "j.p.")

    def test_points_of_an_address_count(self):
        client = self.add("Favre", email="j.p.favre@sarl.example", ref="S.A.4711")
        self.assertFinds(
            client, "j.p.favre@sarl.example", "j.p.favre", "S.A.4711", "SA4711"
        )

    def test_words_that_look_like_a_form_stay(self):
        text = "sarla s.a.r.lix carl"
        self.assertEqual(cleanup.clean(text), text)


@tagged("post_install", "-at_install")
class TestSearchByCity(SearchCase):
    """People remember where a client is."""

    def test_the_city_finds_its_clients(self):
        client = self.add("Weber", city="Saint-Maurice")
        self.add("Weber", city="Olten")
        self.assertFinds(client, "saint-maurice", "Maurice", "weber maurice")

    def test_name_and_city_find_the_client(self):
        client = self.add("Müller", city="Zürich")
        self.add("Müller", city="Bern")
        self.add("Weber", city="Zürich")
        self.assertFinds(client, "Müller Zürich", "zuerich mueller", "muller, zurich")

    def test_a_city_of_two_words_is_found(self):
        client = self.add("Weber", city="La Chaux-de-Fonds")
        self.assertFinds(client, "la chaux-de-fonds", "weber chaux", "La Chaux")

    def test_a_pasted_address_does_not_find_the_whole_city(self):
        client = self.add("Kantonsspital", city="Villars Glâne")
        self.add("Fromagerie", city="Villars Glâne")
        self.assertFinds(
            client,
            "Kantonsspital\nEinkauf und Logistik\nTellstrasse 25\nPostfach 12\n"
            "1752 Villars Glâne\nSuisse",
        )

    def test_a_city_that_has_just_been_typed_is_found(self):
        client = self.add("Weber", city="Olten")
        client.city = "Aarau"
        self.assertFinds(client, "aarau")
        self.assertFindsNothing("olten")


@tagged("post_install", "-at_install")
class TestSearchUpgrade(SearchCase):
    """A database of an earlier version, whose key had no city, gets the new key."""

    def test_an_update_computes_the_keys_of_all_partners_anew(self):
        client = self.add("Weber", city="Olten")
        self.env.flush_all()
        cr = self.env.cr
        search_key.drop(cr)
        cr.execute(
            """
            CREATE FUNCTION client_search_key(
                name text, name2 text, email text, ref text, vat text, registry text
            ) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT lower(name) $$;
            ALTER TABLE res_partner ADD COLUMN client_search_key text
            GENERATED ALWAYS AS (client_search_key(
                complete_name, client_name2, email, ref, vat, company_registry
            )) STORED
            """
        )
        self.Partner.init()
        self.assertFinds(client, "weber olten")
        cr.execute("SELECT pronargs FROM pg_proc WHERE proname = 'client_search_key'")
        self.assertEqual(cr.fetchall(), [(7,)])
        cr.execute(
            "SELECT count(*) FROM pg_indexes WHERE indexname IN %s",
            [(search_key.INDEX, search_key.PHONE_INDEX)],
        )
        self.assertEqual(cr.fetchone(), (2,))
