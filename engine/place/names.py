"""How postcodes and towns are compared, whatever people write.

One definition for places and for addresses: both sides of a comparison go through the
same expression. It needs the SQL functions of `engine.search.fold`.
"""

from odoo.tools import SQL

# Countries whose post shares its postcodes with a larger neighbour.
SHARED_POST = {
    "CH": ("CH", "LI"),
    "FR": (
        *("FR", "MC", "GP", "MQ", "GF", "RE", "YT"),
        *("PM", "BL", "MF", "WF", "PF", "NC"),
    ),
}
# In these, postcodes are numbers.
NUMERIC = ("CH", "BE", "FR")
# “Muri AG” and “Muri”: the canton behind a Swiss town.
CANTON = (
    r"\s(zh|be|lu|ur|sz|ow|nw|gl|zg|fr|so|bs|bl|sh|ar|ai|sg|gr|ag|tg|ti|vd|vs|ne|ge"
    r"|ju|fl)$"
)
# Pattern and replacement, in this order.
SPELLINGS = (
    (r"\s*[/(,].*$", ""),  # Biel/Bienne, Muraz (Sierre)
    (r"\mcedex\M.*$", ""),
    (r"\s+\d+\w*(\s.*)?$", ""),  # Sion 2, Genève 15 Aéroport, Lyon 3e
    (r"[^[:alnum:]]+", " "),
    (r"\m(saint|sankt|sint)\M", "st"),
    (r"\m(sainte)\M", "ste"),
    (r"\mbei\M", "b"),
    (r"\mam\M", "a"),
    (r"\mim\M", "i"),
)


def network(code):
    """:param SQL code: two letters of a country
    :return: SQL of the code of the country whose post delivers there
    """
    cases = [
        SQL("WHEN %s IN %s THEN %s", code, countries, post)
        for post, countries in SHARED_POST.items()
    ]
    return SQL("CASE %s ELSE %s END", SQL(" ").join(cases), code)


def zip_key(post, postcode):
    """:param SQL post: see `network`
    :param SQL postcode: as written, for example “CH-1950” or “75 008”
    :return: SQL of the postcode to compare, with its post in front, or NULL
    """
    compact = SQL(r"regexp_replace(%s, '[\s.-]', '', 'g')", postcode)
    number = SQL(r"substring(%s from '\d+')", compact)
    return SQL(
        """
        CASE WHEN %(post)s = 'FR' THEN
            %(post)s || CASE WHEN length(%(number)s) = 4 THEN '0' ELSE '' END
            || %(number)s
        WHEN %(post)s IN %(numeric)s THEN %(post)s || %(number)s
        ELSE %(post)s || NULLIF(upper(%(compact)s), '')
        END
        """,
        post=post,
        number=number,
        numeric=NUMERIC,
        compact=compact,
    )


def plain(town):
    """:param SQL town: as written
    :return: SQL of the town in lower case, without accents, umlauts and punctuation
    """
    return SQL(
        "btrim(regexp_replace(client_fold_german(%s), '[^[:alnum:]]+', ' ', 'g'))", town
    )


def town_key(post, town):
    """:param SQL post: see `network`
    :param SQL town: as written, for example “St-Maurice 2”
    :return: SQL of the town without anything that people leave out or add
    """
    text = SQL("btrim(client_fold_german(%s))", town)
    text = SQL(
        "CASE WHEN %s = 'CH' THEN regexp_replace(%s, %s, '') ELSE %s END",
        post,
        text,
        CANTON,
        text,
    )
    for pattern, new in SPELLINGS:
        text = SQL("regexp_replace(%s, %s, %s, 'g')", text, pattern, new)
    return SQL("btrim(%s)", text)
