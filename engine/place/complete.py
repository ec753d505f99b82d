"""The SQL of the completion: places whose name or postcode a person is typing.

Names are compared as in addresses, see `engine.place.names`: without accents and
punctuation, and with ä, ö, ü also written as ae, oe, ue. Saint, Sankt and St are the
same word. All names of a place count, also those in other languages.
"""

import re

from odoo.tools import SQL

from .names import plain

# No postcode and no name of a town is longer.
MOST_LETTERS = 64
# With one letter or digit, thousands of places match.
FEWEST_LETTERS = 2
# A postcode, maybe with the code of its country, maybe followed by the town.
POSTCODE = re.compile(r"(?:[A-Za-z]{1,3}[-\s]+|[A-Za-z])?(\d[\d\s]{0,8})\b[,\s]*(.*)")
SAME_WORDS = (("st", "saint", "sankt", "sint"), ("ste", "sainte"))
# With an index, see `client.place`.
WORDS = "to_tsvector('simple', replace(plain_names, '|', ' '))"


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
    [[words]] = env.execute_query(SQL("SELECT %s", plain(SQL("%s", name))))
    return words


def zip_condition(alias, digits):
    """:return: SQL of the condition that a postcode begins with these digits"""
    return SQL("%s LIKE %s", SQL.identifier(alias, "zip"), f"{digits}%")


def name_condition(words):
    """:return: SQL of the condition that each word occurs in a name of a place; only
    the beginning of the last one has to

    :param str words: see `folded`
    """
    *full, last = words.split()
    wanted = [" | ".join(_same(word)) for word in full]
    begun = {f"{word}:*" for word in _same(last)}
    if len(last) > 2:  # “sain” will become “saint”
        begun |= {f"{words[0]}" for words in SAME_WORDS if any(_begins(words, last))}
    wanted.append(" | ".join(sorted(begun)))
    query = " & ".join(f"({word})" for word in wanted)
    return SQL("%s @@ to_tsquery('simple', %s)", SQL(WORDS), query)


def _same(word):
    return next((words for words in SAME_WORDS if word in words), (word,))


def _begins(words, text):
    return (word.startswith(text) for word in words)


def order(alias, digits, words, countries):
    """:return: SQL of the order of the places: those of the first country first, then
    those that are written exactly like this

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
        names = SQL.identifier(alias, "plain_names")
        parts.append(SQL("strpos(%s, %s) = 0", names, f"|{words}|"))
        parts.append(SQL("strpos(%s, %s) = 0", names, f"|{words}"))
    if digits:
        parts.append(SQL("%s != %s", SQL.identifier(alias, "zip"), digits))
    columns = ("zip", "name", "id") if digits else ("name", "zip", "id")
    parts += [SQL.identifier(alias, column) for column in columns]
    return SQL(", ").join(parts)
