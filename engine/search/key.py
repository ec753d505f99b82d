"""The SQL of the client search: one box finds a client with any spelling.

Each partner has one search key, a text with everything that the box searches: the name
and its second line, e-mail, reference, VAT and registry numbers, city. The key has one
trigram index, so all these columns are indexed.

The key is a generated column: PostgreSQL updates it with each write, and the ORM does
not know it. It is stored because PostgreSQL has to compare many keys: a trigram index
only finds candidates, and a list in its own order reads partners until it is full. To
compare a stored text takes a tenth of the time of computing it.

The key is in lower case and without accents. In German, ä may be written as ae, ö as
oe, ü as ue. So the key contains the names a second time, with these pairs replaced by
one letter: Müller, Mueller and Muller find each other. There, abbreviations have no
points. Numbers are in the key as written, and also without punctuation. The phone has
another key, with its digits.

The functions only use built-in functions of PostgreSQL: no extension that could be
missing in a database, and no name that could be missing when a dump is restored.
"""

import logging
import re

from odoo.modules.db import has_trigram as has_pg_trgm
from odoo.tools import SQL
from odoo.tools.sql import column_exists, escape_psql, index_exists

from .fold import COLUMNS, FUNCTIONS, KEY, OUTDATED, PHONE_KEY
from .text import has_trigram

_logger = logging.getLogger(__name__)

INDEX = "res_partner_client_search_key_idx"
PHONE_INDEX = "res_partner_client_phone_key_idx"
STATISTICS = 500
# A phone number in any notation, maybe not complete.
PHONE = re.compile(r"^\+?[\d\s./()'-]{4,}$")
# With fewer digits, half of all phones would match.
PHONE_DIGITS = 4
# No phone has more digits.
MOST_DIGITS = 20
# This number of digits identifies a phone also without its country code.
NATIONAL_DIGITS = 7


def create(cr):
    """Create functions, columns and indexes where they are missing or out of date."""
    columns = missing_columns(cr)
    if columns:
        cr.execute(SQL("ALTER TABLE res_partner %s", SQL(", ").join(columns)))
    create_indexes(cr)


def missing_columns(cr):
    """Create the SQL functions, or bring them up to date.

    :return: list of SQL, the columns to add in an ALTER TABLE of partners. PostgreSQL
        rewrites the table for it, so the caller should do all changes in one statement
    """
    before = _functions(cr)
    cr.execute(FUNCTIONS)
    if column_exists(cr, "res_partner", KEY) and before == _functions(cr):
        return []
    _drop_columns(cr)
    cr.execute(SQL("DROP FUNCTION IF EXISTS %s", SQL(OUTDATED)))
    keys = (
        (KEY, SQL("client_search_key(%s)", _identifiers(COLUMNS))),
        (PHONE_KEY, SQL("client_phone_key(phone)")),
    )
    return [
        SQL(
            "ADD COLUMN %s text GENERATED ALWAYS AS (%s) STORED",
            SQL.identifier(column),
            expression,
        )
        for column, expression in keys
    ]


def create_indexes(cr):
    """Create the indexes where they are missing.

    In a database without trigrams, the search finds the same clients, but it reads all
    partners.
    """
    if not has_pg_trgm(cr):
        _logger.info("No pg_trgm in this database: searching clients reads them all")
        return
    if index_exists(cr, PHONE_INDEX):
        return
    for index, column in ((INDEX, KEY), (PHONE_INDEX, PHONE_KEY)):
        cr.execute(
            SQL(
                "CREATE INDEX IF NOT EXISTS %s ON res_partner"
                " USING gin (%s gin_trgm_ops)",
                SQL.identifier(index),
                SQL.identifier(column),
            )
        )
    # If PostgreSQL thinks that a word is frequent, it reads the partners in the order
    # of the list. From a small sample it would think so of rare words too, and would
    # read all partners.
    cr.execute(
        SQL(
            "ALTER TABLE res_partner ALTER COLUMN %s SET STATISTICS %s",
            SQL.identifier(KEY),
            STATISTICS,
        )
    )
    columns = _identifiers([KEY, PHONE_KEY])
    cr.execute(SQL("ANALYZE res_partner (%s)", columns))


def drop(cr):
    """Remove columns, indexes and functions. Odoo's own search does not need them."""
    _drop_columns(cr)
    cr.execute(SQL("DROP FUNCTION IF EXISTS %s", SQL(OUTDATED)))
    for name in (KEY, PHONE_KEY, "client_fold_german", "client_fold"):
        cr.execute(SQL("DROP FUNCTION IF EXISTS %s", SQL.identifier(name)))


def _functions(cr):
    """:return: names and bodies of the functions that compute the columns"""
    cr.execute(
        SQL(
            "SELECT proname, prosrc FROM pg_proc WHERE proname IN %s"
            " AND pronamespace = current_schema()::regnamespace ORDER BY proname",
            (KEY, PHONE_KEY),
        )
    )
    return cr.fetchall()


def _drop_columns(cr):
    """Remove the columns, and with them the indexes."""
    for index in (INDEX, PHONE_INDEX):
        cr.execute(SQL("DROP INDEX IF EXISTS %s", SQL.identifier(index)))
    for column in (KEY, PHONE_KEY):
        cr.execute(
            SQL(
                "ALTER TABLE res_partner DROP COLUMN IF EXISTS %s",
                SQL.identifier(column),
            )
        )


def condition(alias, typed, country_codes):
    """The condition that a partner matches the typed text.

    All words must occur, in any order. For a long pasted text, one of its parts that
    can identify a client must occur, see `engine.search.text`. A text that looks like a
    phone number also matches phones with these digits: `044 123 45 67` finds
    `+41 44 123 45 67` and vice versa.

    :param str alias: alias of the table of partners; the columns in the keys must be
        flushed
    :param Terms typed: the search terms
    :param country_codes: all international dialling codes, like 41
    :return: SQL of the condition; its size is bounded for any text
    """
    key = SQL.identifier(alias, KEY)
    phones = {
        digits
        for phone in typed.phones
        for digits in _phone_terms(phone, country_codes)
    }
    found = [
        SQL("(%s)", SQL(" AND ").join(_word(key, word) for word in typed.words)),
        *(_phrase(key, phrase) for phrase in typed.phrases),
        *(SQL("%s LIKE %s", key, f"%{digits}%") for digits in typed.numbers),
        *(
            SQL("%s LIKE %s", SQL.identifier(alias, PHONE_KEY), f"%{digits}%")
            for digits in sorted(phones)
        ),
    ]
    return SQL("(%s)", SQL(" OR ").join(found))


def _identifiers(columns):
    return SQL(", ").join(SQL.identifier(column) for column in columns)


def _word(key, word):
    found = [_phrase(key, word)]
    compact = re.sub(r"[\W_]", "", word).lower()
    if compact != word.lower() and re.search(r"\d{3}", compact):
        found.append(SQL("%s LIKE %s", key, f"%{compact}%"))
    return SQL("(%s)", SQL(" OR ").join(found))


def _phrase(key, text):
    pattern = f"%{escape_psql(text)}%"
    if not has_trigram(text):
        # PostgreSQL would read the whole index, which takes several times as long as
        # the table. With this collation it cannot use the index.
        key = SQL('%s COLLATE "C"', key)
    found = SQL("%s LIKE client_fold(%s)", key, pattern)
    if re.search("[aou]e", text, re.IGNORECASE):
        german = SQL("%s LIKE client_fold_german(%s)", key, pattern)
        found = SQL("%s OR %s", found, german)
    return found


def _phone_terms(text, country_codes):
    """:return: list of digits to search for, one item per possible notation"""
    text = text.strip()
    if not PHONE.match(text):
        return []
    digits = re.sub(r"\(0\)|\D", "", text)
    if not text.startswith("+") and not digits.startswith("00"):
        found = [digits.lstrip("0")]
    else:
        digits = digits.lstrip("0")
        national = {
            digits.removeprefix(str(code)).lstrip("0")
            for code in country_codes
            if digits.startswith(str(code))
        }
        found = [term for term in sorted(national) if len(term) >= NATIONAL_DIGITS]
        found = found or [digits]
    return [term for term in found if PHONE_DIGITS <= len(term) <= MOST_DIGITS]
