"""The SQL of the completion: places whose name or postcode a person is typing.

Names are compared as in the search of clients, see `engine.search.fold`: without
accents, and with ä, ö, ü also written as ae, oe, ue. In addition, punctuation does not
count, and Saint, Sankt and St are the same.
"""

import re

from odoo.tools import SQL
from odoo.tools.sql import index_exists

from ..search.fold import FUNCTIONS

INDEX = "client_place_completion_idx"
# No postcode and no name of a town is longer.
MOST_LETTERS = 64
# With one letter or digit, thousands of places match.
FEWEST_LETTERS = 2
# A postcode, maybe with the code of its country, maybe followed by the town.
POSTCODE = re.compile(r"(?:[A-Za-z]{1,3}[-\s]+|[A-Za-z])?(\d[\d\s]{0,8})\b[,\s]*(.*)")


def create_index(cr):
    """Create the index of names, and the functions that it needs, where missing."""
    if index_exists(cr, INDEX):
        return
    cr.execute("SELECT to_regproc('client_fold_german')")
    if cr.fetchone() == (None,):
        cr.execute(FUNCTIONS)
    cr.execute(
        SQL(
            "CREATE INDEX %s ON client_place USING gin (%s)",
            SQL.identifier(INDEX),
            _words(SQL.identifier("name")),
        )
    )


def drop_index(cr):
    """Remove the index, which depends on functions of the addon."""
    cr.execute(SQL("DROP INDEX IF EXISTS %s", SQL.identifier(INDEX)))


def split(text):
    """Split what a person has typed into a postcode and a name.

    :return: pair of the digits of the postcode and of the name; either can be empty
    """
    text = text[:MOST_LETTERS].replace("\0", "").strip()
    found = POSTCODE.fullmatch(text)
    if not found:
        return "", text
    return re.sub(r"\s", "", found[1]), found[2].strip()


def folded(env, name):
    """:return: the words of a name as they are compared, separated by spaces"""
    query = SQL("SELECT trim(%s)", _key(SQL("%s", name[:MOST_LETTERS])))
    [[words]] = env.execute_query(query)
    return words


def zip_condition(alias, digits):
    """:return: SQL of the condition that a postcode begins with these digits"""
    return SQL("%s LIKE %s", SQL.identifier(alias, "zip"), f"{digits}%")


def name_condition(alias, words):
    """:return: SQL of the condition that each word occurs in the name; only the
    beginning of the last one has to

    :param str words: see `folded`
    """
    *full, last = words.split()
    begun = f"{last}:*"
    if len(last) > 2 and any(word.startswith(last) for word in ("saint", "sankt")):
        begun = f"({begun} | st)"
    wanted = " & ".join([*full, begun])
    name = SQL.identifier(alias, "name")
    return SQL("%s @@ to_tsquery('simple', %s)", _words(name), wanted)


def order(alias, digits, words, countries):
    """:return: SQL of the order of the places: first those that are written like this,
    then those of the first country

    :param countries: ids of countries, the first one first
    """
    parts = [
        SQL(
            "array_position(%s::int[], %s)",
            list(countries),
            SQL.identifier(alias, "country_id"),
        )
    ]
    if words:
        key = _key(SQL.identifier(alias, "name"))
        parts.append(SQL("%s != %s", key, words))
        parts.append(SQL("NOT starts_with(%s, %s)", key, words))
    if digits:
        parts.append(SQL("%s != %s", SQL.identifier(alias, "zip"), digits))
    names = ("name", "zip", "id") if words and not digits else ("zip", "name", "id")
    parts += [SQL.identifier(alias, name) for name in names]
    return SQL(", ").join(parts)


class Matcher:
    """Finds the places of many addresses in two queries.

    :param env: environment
    :param zips: all postcodes of the addresses
    :param names: all names of towns of the addresses
    """

    def __init__(self, env, zips, names):
        self.env = env
        self.by_zip = {}
        self.words = self._folded(set(names))
        digits = {split(text)[0] for text in zips} - {""}
        rows = env.execute_query(
            SQL(
                "SELECT zip, country_id, trim(%s), id FROM client_place"
                " WHERE active AND zip = ANY(%s) ORDER BY id",
                _key(SQL("name")),
                list(digits),
            )
        )
        for digits, *place in rows:
            self.by_zip.setdefault(digits, []).append(place)

    @property
    def ids(self):
        """:return: ids of all places with one of the postcodes"""
        return [place for rows in self.by_zip.values() for *_more, place in rows]

    def match(self, country, text, name):
        """:return: ids of the places that an address can mean; with a name of a town,
        of the places with this name

        :param country: id of the country, or None
        :param text: the postcode
        :param name: the name of the town, or None
        """
        places = self.by_zip.get(split(text or "")[0], ())
        name = (name or "").replace("\0", "").strip()
        if name and name not in self.words:
            self.words |= self._folded({name})
        return [
            place
            for of_country, words, place in places
            if country in (None, of_country)
            and (not name or words == self.words[name])
        ]

    def _folded(self, names):
        names = [name.replace("\0", "").strip() for name in names]
        if not names:
            return {}
        query = SQL(
            "SELECT name, trim(%s) FROM unnest(%s::varchar[]) AS town(name)",
            _key(SQL("name")),
            names,
        )
        return dict(self.env.execute_query(query))


def _key(text):
    """:return: SQL of the words of a name, separated by spaces"""
    words = SQL(
        "regexp_replace(client_fold_german(%s), '[^[:alnum:]]+', ' ', 'g')", text
    )
    for full, short in ((r"\m(saint|sankt)\M", "st"), (r"\msainte\M", "ste")):
        words = SQL("regexp_replace(%s, %s, %s, 'g')", words, SQL(f"'{full}'"), short)
    return words


def _words(name):
    return SQL("to_tsvector('simple', %s)", _key(name))
