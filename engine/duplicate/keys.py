"""The values by which two partners are compared: one row of normalised values per
partner.

The name has no accents, no legal form, no punctuation and no German spellings, and its
words are sorted: “Müller & Söhne AG, Holzbau” and “Holzbau Mueller Soehne” are the same
words. It comes from the search key of the partner (see `engine.search.key`), which is
stored, so that a pass over all partners does not compute it again.
"""

from odoo.tools import SQL

from ..search.fold import KEY, PHONE_KEY

# Legal forms as they are in a search key, by class. The forms of a class are
# translations of each other.
FORMS = {
    1: "sa ag nv spa plc inc",
    2: "sarl gmbh srl bv sprl bvba sagl ltd llc eurl ug",
    3: "sas sasu",
}
OTHER_FORMS = "asbl co cie cvba ek eg ev fils gbr ivzw kg kgaa ohg sc sci scp scs scrl"
OTHER_FORMS += " selarl snc sohn sohne vof vzw zonen"
PUNCTUATION = ".,;:!?'\"()[]{}<>/\\|&+-_*#@"
# With fewer digits, a number says nothing about its owner.
PHONE_DIGITS, NUMBER_LENGTH = 7, 6
MOST_PHONE_DIGITS = 15
# The number of last digits of a phone that are the same in every notation.
PHONE_END = 8

ALL_FORMS = [*" ".join((*FORMS.values(), OTHER_FORMS)).split()]


def stored(condition=None):
    """:param SQL condition: over the partner `p`
    :return: SQL of rows with the values of stored partners, see `key_rows`
    """
    key = SQL.identifier("p", KEY)
    return SQL(
        """
        SELECT p.id, NULLIF(p.commercial_partner_id, p.id) AS client_id, p.company_id,
               COALESCE(p.is_company, FALSE) AS is_company, p.type,
               CASE WHEN p.commercial_partner_id = p.id
                     AND length(%(key)s) - length(replace(%(key)s, chr(10), ''))
                         = 12 + 2 * city.spaces
                    -- after six lines and the words of the city
                    THEN split_part(%(key)s, chr(10), 8 + city.spaces)
                    ELSE %(folded)s END AS folded,
               p.client_name2 AS name2, p.email, %(phone)s AS phone, p.vat,
               p.company_registry AS registry, p.zip, p.city, p.street, p.country_id,
               p.client_birthdate AS births
          FROM res_partner p
    CROSS JOIN LATERAL (
               SELECT length(COALESCE(p.city, ''))
                      - length(replace(COALESCE(p.city, ''), ' ', '')) AS spaces) city
         WHERE %(condition)s
        """,
        key=key,
        folded=folded(SQL("p.name")),
        phone=SQL.identifier("p", PHONE_KEY),
        condition=condition or SQL("TRUE"),
    )


def typed(values):
    """:param dict values: what somebody has typed, by name of the field
    :return: SQL of one row with these values and the id 0, see `key_rows`
    """
    values = dict.fromkeys(TYPED, None) | {
        name: value or None for name, value in values.items()
    }
    return SQL(
        """
        SELECT 0 AS id, %(client_id)s::int AS client_id, %(company_id)s::int
               AS company_id, COALESCE(%(is_company)s, FALSE) AS is_company,
               %(type)s::varchar AS type, %(folded)s AS folded,
               %(client_name2)s::varchar AS name2, %(email)s::varchar AS email,
               client_phone_key(%(phone)s) AS phone, %(vat)s::varchar AS vat,
               %(company_registry)s::varchar AS registry, %(zip)s::varchar AS zip,
               %(city)s::varchar AS city, %(street)s::varchar AS street,
               %(country_id)s::int AS country_id, NULL::jsonb AS births
        """,
        folded=folded(SQL("%s::text", values["name"])),
        **values,
    )


TYPED = (
    "name",
    "client_id",
    "company_id",
    "is_company",
    "type",
    "client_name2",
    "email",
    "phone",
    "vat",
    "company_registry",
    "zip",
    "city",
    "street",
    "country_id",
)
# The fields of `res.partner` that are compared. They must be flushed.
FIELDS = (
    "active",
    "name",
    "complete_name",
    "client_name2",
    "email",
    "ref",
    "vat",
    "phone",
    "company_registry",
    "zip",
    "city",
    "street",
    "country_id",
    "company_id",
    "is_company",
    "type",
    "parent_id",
    "commercial_partner_id",
    "client_birthdate",
)


def shortened(word):
    """:param SQL word: a word
    :return: SQL of rows `short`: the word, and the word without each of its letters.
        Two words with one of these in common are one letter apart: a letter is wrong,
        is missing, or has changed places with the next one
    """
    return SQL(
        """
        SELECT CASE place WHEN 0 THEN %(word)s
               ELSE left(%(word)s, place - 1) || substr(%(word)s, place + 1)
                END AS short
          FROM generate_series(0, length(%(word)s)) place
        """,
        word=word,
    )


def folded(name):
    """:param SQL name: a name as people write it
    :return: SQL of the name as it is in a search key
    """
    nothing = SQL(", ").join([SQL("NULL")] * 6)
    return SQL(
        "split_part(client_search_key(translate(%s, chr(10) || chr(13), '  '), %s),"
        " chr(10), 8)",
        name,
        nothing,
    )


def key_rows(rows):
    """:param SQL rows: `stored` or `typed`
    :return: SQL of the keys. `words` are the sorted words of the name, `tight` is the
        name in its own order without spaces, `form` the class of its legal form
    """
    return SQL(
        """
        SELECT p.id, p.client_id, p.company_id, p.is_company, p.type,
               name.words, name.tight, name.form, lower(NULLIF(p.name2, '')) AS name2,
               substring(lower(p.email) FROM '[^\\s<>,;"]+@[^\\s<>,;"]+') AS email,
               CASE WHEN length(ltrim(p.phone, '0')) BETWEEN %(digits)s AND %(most)s
                    THEN ltrim(p.phone, '0') END AS phone,
               %(vat)s AS vat, %(registry)s AS registry,
               NULLIF(regexp_replace(
                   upper(p.zip), '^[A-Z]{1,3}-|[^0-9A-Z]', '', 'g'), '') AS zip,
               NULLIF(p.city, '') AS city, NULLIF(p.street, '') AS street, p.country_id,
               p.births
          FROM (%(rows)s) p
    CROSS JOIN LATERAL (
               SELECT COALESCE(
                          array_agg(word ORDER BY word COLLATE "C")
                              FILTER (WHERE word != ALL(%(forms)s)),
                          array_agg(word ORDER BY word COLLATE "C")) AS words,
                      COALESCE(
                          string_agg(word, '' ORDER BY place)
                              FILTER (WHERE word != ALL(%(forms)s)),
                          string_agg(word, '' ORDER BY place)) AS tight,
                      MIN(%(form)s) AS form
                 FROM unnest(string_to_array(
                          translate(p.folded, %(marks)s, %(spaces)s), ' '))
                      WITH ORDINALITY AS part(word, place)
                WHERE word != '') name
        """,
        rows=rows,
        digits=PHONE_DIGITS,
        most=MOST_PHONE_DIGITS,
        vat=SQL("CASE WHEN p.client_id IS NULL THEN %s END", _number(SQL("p.vat"))),
        registry=SQL(
            "CASE WHEN p.client_id IS NULL THEN %s END", _number(SQL("p.registry"))
        ),
        forms=ALL_FORMS,
        form=SQL(
            "CASE %s END",
            SQL(" ").join(
                SQL("WHEN word = ANY(%s) THEN %s", forms.split(), number)
                for number, forms in FORMS.items()
            ),
        ),
        marks=PUNCTUATION,
        spaces=" " * len(PUNCTUATION),
    )


def _number(number):
    """:return: SQL of a VAT or company number without its country and punctuation; of
    the Swiss “CHE-109.865.041 MWST” and “CHE109865041 TVA” the same
    """
    plain = SQL(
        "regexp_replace(regexp_replace(upper(%s), '(MWST|TVA|IVA|TPS)$|[^0-9A-Z]', '',"
        " 'g'), '^[A-Z]{2,3}(?=[0-9])', '')",
        number,
    )
    return SQL(
        "CASE WHEN length(%s) >= %s THEN NULLIF(%s, '') END",
        number,
        NUMBER_LENGTH,
        plain,
    )
