"""The files of translations: how French sets its signs, one and many, placeholders."""

import re
from pathlib import Path

import polib

from odoo.modules.module import Manifest
from odoo.tests import TransactionCase, tagged

MODULE = "client_segmentation"
SPACES = "\u00a0\u202f"
# A sign that ends a word, and has no hard space before it.
LOOSE_SIGN = re.compile(rf"(?<![{SPACES}])(?<!&nbsp)[:;!?](?=[\s<”»)]|$)")
LOOSE_QUOTE = re.compile(rf"«(?![{SPACES}])|(?<![{SPACES}])»")
# day(s), giorno/i
ONE_OR_MANY = re.compile(r"[^\W\d]\([^\W\d]{1,3}\)|[^\W\d_]{3,}/[^\W\d_]{1,2}\b")
PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[sd]")
# What the reader does not see: tags without the texts of their attributes.
TAG = re.compile(r"<[^>]*>")


@tagged("post_install", "-at_install")
class TestTranslations(TransactionCase):
    def entries(self, language):
        """:return: (place, entry) of each translated text of our addons"""
        for addon in Manifest.all_addon_manifests():
            path = Path(addon.path, "i18n", f"{language}.po")
            if addon.name.startswith(MODULE) and path.exists():
                for entry in polib.pofile(path):
                    if entry.msgstr:
                        yield f"{addon.name}/{language}: {entry.msgstr}", entry

    def all_entries(self):
        for language in ("fr", "de", "it", "nl"):
            yield from self.entries(language)

    def test_french_has_a_hard_space_before_its_double_signs(self):
        loose = [
            place
            for place, entry in self.entries("fr")
            if LOOSE_SIGN.search(TAG.sub("", entry.msgstr))
        ]
        self.assertFalse(loose)

    def test_french_quotes_have_hard_spaces(self):
        loose = [
            place
            for place, entry in self.entries("fr")
            if LOOSE_QUOTE.search(entry.msgstr)
        ]
        self.assertFalse(loose)

    def test_one_and_many_are_texts_of_their_own(self):
        doubtful = [
            place
            for place, entry in self.all_entries()
            if ONE_OR_MANY.search(TAG.sub("", entry.msgstr))
            or ONE_OR_MANY.search(TAG.sub("", entry.msgid))
        ]
        self.assertFalse(doubtful)

    def test_translations_have_the_placeholders_of_the_text(self):
        different = [
            place
            for place, entry in self.all_entries()
            if sorted(PLACEHOLDER.findall(entry.msgid))
            != sorted(PLACEHOLDER.findall(entry.msgstr))
        ]
        self.assertFalse(different)

    def test_texts_are_whole_sentences(self):
        """A text that begins with a sign is a piece of a sentence."""
        pieces = {
            entry.msgid
            for _place, entry in self.all_entries()
            if re.match(r"[,.:;]\s", entry.msgid) or re.match(r"%, |% of", entry.msgid)
        }
        self.assertFalse(pieces)
