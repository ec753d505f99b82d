"""How sure it is that two partners are the same one, and why.

Each reason to believe it has a probability; they add up as independent reasons do:
`1 - (1 - p) * (1 - q)`. Each contradiction multiplies the result by a factor. A name
that many partners have says less than a rare one.

The reasons are stored as codes, such as `vat,name:92,zip,-birth`; contradictions have a
minus sign. `models.duplicate.reasons` puts them into words.
"""

from dataclasses import dataclass

from odoo.tools import SQL

# Pairs that are less sure (percent) are not listed.
LISTED = 50
# From this likeness on, two names mean the same client if the rest fits.
SIMILAR, DIFFERENT = 0.7, 0.5
# People with the same family name, at the same address.
SIMILAR_PEOPLE = 0.8


@dataclass(frozen=True)
class Reason:
    """A reason for or against.

    :param str code: what is stored
    :param str condition: SQL over the keys `a` and `b`, the features `f` of the pair,
        and `n.alike` (0 to 1), the likeness of the names
    :param str weight: SQL, the probability of a reason, the factor of a contradiction
    """

    code: str
    condition: str
    weight: str


FOR = (
    Reason("vat", "a.vat = b.vat", "0.92"),
    Reason("registry", "a.registry = b.registry", "0.85"),
    Reason("iban", "f.iban", "0.85"),
    # Shared by a family or a small firm: less sure.
    Reason(
        "email", "f.email_count > 0", "0.75 * sqrt(2.0 / greatest(f.email_count, 2))"
    ),
    Reason(
        "phone", "f.phone_count > 0", "0.6 * sqrt(2.0 / greatest(f.phone_count, 2))"
    ),
    Reason(
        "name",
        "n.alike >= 0.7",
        """CASE WHEN a.client_id IS NULL
                THEN 0.65 * sqrt(2.0 / greatest(f.name_count, 2))
                WHEN a.type = 'contact' THEN 0.8
                ELSE 0.3 END
           * CASE WHEN f.typo OR n.alike = 1 THEN sqrt((n.alike - 0.7) / 0.3)
                  ELSE (n.alike - 0.7) / 0.3 END""",
    ),
    Reason("zip", "a.zip = b.zip AND n.alike >= 0.7", "0.4"),
    Reason(
        "city",
        "a.zip IS DISTINCT FROM b.zip AND lower(a.city) = lower(b.city)"
        " AND n.alike >= 0.7",
        "0.15",
    ),
    Reason(
        "street",
        """(a.zip = b.zip OR lower(a.city) = lower(b.city))
           AND regexp_replace(lower(a.street), '[^[:alnum:]]', '', 'g')
             = regexp_replace(lower(b.street), '[^[:alnum:]]', '', 'g')""",
        "0.35",
    ),
)
AGAINST = (
    Reason("-vat", "a.vat != b.vat", "0.25"),
    # A registry number of a branch begins with that of its company.
    Reason(
        "-registry", "a.registry != b.registry AND a.vat IS DISTINCT FROM b.vat", "0.4"
    ),
    Reason(
        "-birth",
        """(SELECT MIN(value) FROM jsonb_each_text(a.births))
           != (SELECT MIN(value) FROM jsonb_each_text(b.births))""",
        "0.25",
    ),
    Reason(
        "-name",
        """n.alike < CASE WHEN a.is_company OR b.is_company THEN 0.5 ELSE 0.8 END""",
        "CASE WHEN a.is_company OR b.is_company THEN 0.65 ELSE 0.5 END",
    ),
    # Branches of one company: the same name or number in another place, or with another
    # second line.
    Reason(
        "-branch",
        """a.is_company AND b.is_company
           AND (a.name2 != b.name2 OR a.zip != b.zip AND f.email_count IS NULL
                AND f.phone_count IS NULL)""",
        "0.6",
    ),
    Reason("-place", "NOT (a.is_company AND b.is_company) AND a.zip != b.zip", "0.75"),
    Reason("-country", "a.country_id != b.country_id", "0.6"),
    Reason("-type", "a.client_id IS NOT NULL AND a.type != b.type", "0.3"),
    Reason("-kind", "a.is_company != b.is_company", "0.85"),
    Reason("-form", "a.form != b.form", "0.85"),
    Reason("-phone", "a.phone != b.phone AND f.phone_count IS NULL", "0.9"),
    Reason("-email", "a.email != b.email AND f.email_count IS NULL", "0.9"),
)


def alike(with_trigram):
    """:return: SQL of how much the names of `a` and `b` are alike, from 0 to 1"""
    # One wrong letter in a word changes up to four of its trigrams, so the similarity
    # of trigrams is lower than what people would say.
    likeness = SQL(
        "sqrt(similarity(array_to_string(a.words, ' '), array_to_string(b.words, ' ')))"
        if with_trigram
        else """(SELECT COUNT(*) FROM unnest(a.words) word WHERE word = ANY(b.words))
             ::float / greatest(cardinality(a.words), cardinality(b.words), 1)"""
    )
    return SQL(
        """CASE WHEN a.words = b.words OR a.tight = b.tight THEN 1
                WHEN f.typo THEN greatest(%(likeness)s, 1 - 1.0 / length(a.tight))
                WHEN least(cardinality(a.words), cardinality(b.words)) > 1
                     AND (a.words @> b.words OR b.words @> a.words)
                THEN greatest(%(likeness)s, 0.85)
                ELSE COALESCE(%(likeness)s, 0) END""",
        likeness=likeness,
    )


def scored(pairs, keys, with_trigram):
    """The pairs that are sure enough.

    :param SQL pairs: rows `a_id`, `b_id`, and the features `email_count`, `phone_count`
        (how many partners share the value, NULL if the two do not), `name_count` (how
        many have the more frequent name of the two), `iban`, `typo`
    :param SQL keys: relation with the keys, see `keys.key_rows`
    :param bool with_trigram: whether PostgreSQL can compare texts by trigrams
    :return: SQL of rows `a_id`, `b_id`, `client_id`, `sure` (percent), `reasons`
    """
    doubt = SQL(" * ").join(
        SQL(
            "(1 - CASE WHEN %s THEN %s ELSE 0 END)", SQL(one.condition), SQL(one.weight)
        )
        for one in FOR
    )
    factor = SQL(" * ").join(
        SQL("(CASE WHEN %s THEN %s ELSE 1 END)", SQL(one.condition), SQL(one.weight))
        for one in AGAINST
    )
    codes = SQL(", ").join(
        SQL("CASE WHEN %s THEN %s END", SQL(one.condition), _code(one.code))
        for one in (*FOR, *AGAINST)
    )
    return SQL(
        """
        SELECT * FROM (
            SELECT f.a_id, f.b_id, a.client_id,
                   least(99, round(100 * (1 - %(doubt)s) * %(factor)s))::int AS sure,
                   concat_ws(',', %(codes)s) AS reasons
              FROM (%(pairs)s) f
              JOIN %(keys)s a ON a.id = f.a_id
              JOIN %(keys)s b ON b.id = f.b_id
        CROSS JOIN LATERAL (SELECT %(alike)s AS alike OFFSET 0) n
             WHERE a.client_id IS NOT DISTINCT FROM b.client_id
               AND (a.company_id = b.company_id
                    OR a.company_id IS NULL OR b.company_id IS NULL)
        ) pair
         WHERE sure >= %(listed)s
        """,
        doubt=doubt,
        factor=factor,
        codes=codes,
        pairs=pairs,
        keys=keys,
        alike=alike(with_trigram),
        listed=LISTED,
    )


def _code(code):
    if code == "name":
        return SQL("'name:' || floor(100 * n.alike)")
    return SQL("%s", code)
