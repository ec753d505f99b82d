"""What people wrote in the demo, in the languages of the addon.

Names that Odoo translates (tags, values of the criteria, terms of payment) get all
languages. Notes, functions and subjects have one language, which is that of whoever
loads the demo.
"""

from functools import cache

from . import tables

ENGLISH = "en"
LANGUAGES = (ENGLISH, "fr", "de", "it", "nl")
# Models with names that Odoo translates.
NAMED = ("account.payment.term", "client.criterion.value", "res.partner.category")
# Fields in one language, by model.
NOTES = {
    "client.change": ("reason",),
    "client.metric": ("engagement_reason",),
    "res.partner": (
        "function",
        "client_key_note",
        "client_likes",
        "client_problems",
        "client_competitor_reason",
        "client_occupation",
    ),
    "utm.source": ("name",),
}


def written(text, code):
    """:return: an English text of the demo in the language of a code like ``fr_CH``"""
    row = tables.by("texts", ENGLISH).get(text, {})
    return row.get(code[:2]) or text


def meeting(client, subject, code):
    """:return: the name of a meeting with an English subject"""
    colon = "\u00a0: " if code.startswith("fr") else ": "
    return f"{client}{colon}{written(subject, code)}"


def translate_names(env):
    """Give the names of the demo every active language."""
    codes = [code for code, _name in env["res.lang"].get_installed()]
    english = [row[ENGLISH] for row in tables.rows("texts")]
    for model in NAMED:
        records = env[model].with_context(lang="en_US", active_test=False)
        for record in records.search([("name", "in", english)]):
            names = {code: written(record.name, code) for code in codes}
            record.update_field_translations("name", names)


def rewrite_notes(env, code):
    """Write the notes that nobody has changed in another language."""
    versions = _versions()
    for model, fields in NOTES.items():
        for field in fields:
            records = env[model].search([(field, "in", list(versions))])
            for record in records:
                text = written(versions[record[field]], code)
                if record[field] != text:
                    record[field] = text


@cache
def _versions():
    """:return: the English texts by each of their versions"""
    return {
        version: row[ENGLISH]
        for row in tables.rows("texts")
        for version in row.values()
    }
