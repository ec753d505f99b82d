"""Stored partners that look like one that somebody is typing, or like one that has just
changed. All searches use an index, and each of them reads a limited number of partners:
this is quick among a million of them, and may miss one of very many that are alike.
"""

from odoo.modules.db import has_trigram
from odoo.tools import SQL
from odoo.tools.sql import escape_psql

from ..search.fold import KEY, PHONE_KEY
from .keys import FIELDS, PHONE_END, key_rows, shortened, stored, typed
from .sure import scored

# The number of partners that one of the searches reads.
MOST = 20
# The number of words of a name that are searched.
WORDS = 4
TYPO_WORDS = 2
# The number of letters of a word or an address that are searched: PostgreSQL reads one
# list of partners for every three of them.
PART = 6
SHORTEST = 3
KEY_COLUMN, PHONE_COLUMN = SQL.identifier("p", KEY), SQL.identifier("p", PHONE_KEY)


def similar(env, values):
    """The stored partners, also archived ones, that look like the typed values.

    :param dict values: see `keys.TYPED`; `client_id` is the client of a new contact
    :return: list of tuples: id, sureness (percent), reasons; the surest first
    """
    with_trigram = bool(has_trigram(env.cr))
    if not with_trigram:
        return []  # it would read all partners
    env["res.partner"].flush_model(FIELDS)
    key = _key(env, typed(values))
    found = _candidates(env, key)
    if not found:
        return []
    return env.execute_query(_scored(typed(values), found))


def candidates(env, partner):
    """:param int partner: id of a stored partner
    :return: set of ids of the other partners it may be the same as
    """
    rows = stored(SQL("p.id = %s", partner))
    return _candidates(env, _key(env, rows)) - {partner}


def can_look_up(env):
    """:return: whether this database has the indexes for it"""
    return bool(has_trigram(env.cr))


def _key(env, rows):
    [row] = env.execute_query_dict(
        SQL(
            "SELECT client_id, words, tight, email, phone, vat, registry, zip"
            " FROM (%s) key",
            key_rows(rows),
        )
    )
    return row


def _candidates(env, key):
    words = sorted(key["words"] or (), key=len, reverse=True)[:WORDS]
    words = [word for word in words if len(word) >= SHORTEST]
    name = [_all(words)] if words else []
    found = _search(env, key, [*_numbers(key), *name])
    if len(found) >= MOST and words and key["zip"]:
        # Of a frequent name, the ones in the same place.
        same_zip = SQL("%s AND p.zip = %s", *name, key["zip"])
        found |= _search(env, key, [same_zip])
    elif not found and words:
        found = _search(env, key, _typos(words))
    return found


def _search(env, key, searches):
    """:return: set of ids of the partners that one of the searches finds"""
    if not searches:
        return set()
    if key["client_id"]:
        siblings = SQL("p.commercial_partner_id = %s", key["client_id"])
        is_one = SQL("p.commercial_partner_id != p.id AND %s", siblings)
    else:
        is_one = SQL("p.commercial_partner_id = p.id")
    query = SQL(" UNION ").join(
        SQL(
            "(SELECT p.id FROM res_partner p WHERE %s AND %s LIMIT %s)",
            condition,
            is_one,
            MOST,
        )
        for condition in searches
    )
    return {partner for (partner,) in env.execute_query(query)}


def _numbers(key):
    """:return: generator of SQL of conditions on the partner `p`"""
    if key["email"]:
        user, _at, host = key["email"].partition("@")
        part = f"{user[-PART:]}@{host[:PART]}"
        yield SQL("%s LIKE client_fold(%s)", KEY_COLUMN, _somewhere(part))
    if key["phone"]:
        yield SQL("%s LIKE %s", PHONE_COLUMN, f"%{key['phone'][-PHONE_END:]}")
    for name in ("vat", "registry"):
        if key[name]:
            yield SQL("%s LIKE %s", KEY_COLUMN, _somewhere(key[name].lower()))


def _typos(words):
    """A wrong letter is in one half of one word; the rest is right.

    :return: list of SQL of conditions on the partner `p`
    """
    found = []
    for word in words[:TYPO_WORDS]:
        others = [other for other in words if other != word]
        half = len(word) // 2
        for part in (word[:half], word[half:][-PART:]):
            if others and len(part) >= SHORTEST or len(part) > SHORTEST:
                found.append(_all([*others, part]))
    return found


def _all(texts):
    return SQL(" AND ").join(
        SQL("%s LIKE %s", KEY_COLUMN, _somewhere(text[:PART])) for text in texts
    )


def _somewhere(text):
    return f"%{escape_psql(text)}%"


def _is_typo():
    """:return: SQL of whether the names `one` and `other` are the same but for one
    word, in which they are one letter apart
    """
    own = SQL("SELECT unnest(one.words) EXCEPT SELECT unnest(other.words)")
    theirs = SQL("SELECT unnest(other.words) EXCEPT SELECT unnest(one.words)")
    return SQL(
        """
        cardinality(one.words) = cardinality(other.words) AND (
            SELECT EXISTS (%(short)s INTERSECT %(other_short)s)
              FROM (SELECT MIN(word) AS word FROM (%(own)s) rest(word)
                    HAVING COUNT(*) = 1) a
        CROSS JOIN (SELECT MIN(word) AS word FROM (%(theirs)s) rest(word)
                    HAVING COUNT(*) = 1) b)
        """,
        short=shortened(SQL("a.word")),
        other_short=shortened(SQL("b.word")),
        own=own,
        theirs=theirs,
    )


def _scored(one, found):
    """:return: SQL of the pairs of the row `one` and the partners with these ids"""
    pairs = SQL(
        """
        SELECT one.id AS a_id, other.id AS b_id, names.count AS name_count,
               CASE WHEN one.email = other.email THEN COUNT(*) FILTER (
                    WHERE one.email = other.email) OVER () + 1 END AS email_count,
               CASE WHEN %(phones)s THEN COUNT(*) FILTER (
                    WHERE %(phones)s) OVER () + 1 END AS phone_count,
               FALSE AS iban, COALESCE(%(typo)s, FALSE) AS typo
          FROM key one
          JOIN key other ON other.id != 0
    CROSS JOIN LATERAL (
               SELECT COUNT(*) FROM key WHERE words = other.words AND id != one.id
               ) names
         WHERE one.id = 0
        """,
        typo=_is_typo(),
        phones=SQL(
            "right(one.phone, %s) = right(other.phone, %s)", PHONE_END, PHONE_END
        ),
    )
    return SQL(
        """
        WITH key AS MATERIALIZED (%(one)s UNION ALL %(others)s),
             pair AS MATERIALIZED (%(pairs)s)
        SELECT b_id, sure, reasons FROM (%(scored)s) scored
      ORDER BY sure DESC, b_id
        """,
        one=key_rows(one),
        others=key_rows(stored(SQL("p.id = ANY(%s)", sorted(found)))),
        pairs=pairs,
        scored=scored(SQL("SELECT * FROM pair"), SQL.identifier("key"), True),
    )
