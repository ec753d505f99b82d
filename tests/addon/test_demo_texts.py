from odoo.tests import tagged

from ...demo import clients, relations, tables, texts
from ...demo.companies import name_record
from ..common import ClientCase

FRENCH = "fr_FR"


@tagged("post_install", "-at_install")
class TestDemoTexts(ClientCase):
    """The demo speaks the language of the user."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang(FRENCH)
        name_record(cls.env, "company_be", cls.company)
        cls.company.client_personal_details = True

    def used(self):
        """:return: the English texts that the demo writes"""
        for story in tables.rows("stories"):
            yield from (
                story[key] for key in ("key_note", "likes", "problems", "reason")
            )
        yield from (contact["function"] for contact in tables.rows("contacts"))
        yield from clients.SECTOR_NAMES.values()
        yield from (*clients.TAGS, "Reseller", "Key account", *relations.OCCUPATIONS)
        yield from (source for source in clients.SOURCES if source != "LinkedIn")
        yield from (subject for *_when, subject in relations.MEETINGS)

    def test_all_texts_are_there_in_all_languages(self):
        known = tables.by("texts", texts.ENGLISH)
        self.assertFalse({text for text in self.used() if text} - known.keys())
        incomplete = [row for row in known.values() if not all(row.values())]
        self.assertFalse(incomplete)

    def test_a_text_in_a_language_is_of_one_english_text(self):
        versions = [
            version for row in tables.rows("texts") for version in set(row.values())
        ]
        twice = {version for version in versions if versions.count(version) > 1}
        self.assertFalse(twice)

    def test_names_are_translated_and_notes_rewritten(self):
        tag = self.env["res.partner.category"].create({"name": "Christmas card"})
        client = self.Partner.create(
            {
                "name": "Weber",
                "client_key_note": "Invoices in euro.",
                "client_occupation": "Retired",
                "client_likes": "Vinyl",
            }
        )
        self.env["client.demo"]._set_language(FRENCH)
        self.assertEqual(tag.with_context(lang=FRENCH).name, "Carte de Noël")
        self.assertEqual(tag.name, "Christmas card")
        self.assertEqual(client.client_key_note, "Factures en euros.")
        self.assertEqual(client.client_occupation, "À la retraite")
        self.assertEqual(client.client_likes, "Vinyl", "a note of somebody")
        self.env["client.demo"]._set_language("en_US")
        self.assertEqual(client.client_key_note, "Invoices in euro.")

    def test_meetings_are_renamed(self):
        client = tables.by("clients", "ref")["C1002"]["name"]
        meeting, other = self.env["calendar.event"].create(
            [
                {
                    "name": name,
                    "start": "2026-01-05 09:00:00",
                    "stop": "2026-01-05 10:00:00",
                }
                for name in (f"{client}: New menu cards", f"{client}: Lunch")
            ]
        )
        self.env["client.demo"]._set_language(FRENCH)
        self.assertEqual(meeting.name, f"{client}\u00a0: Nouvelles cartes de menu")
        self.assertEqual(other.name, f"{client}: Lunch")
