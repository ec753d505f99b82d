"""Pairs of partners that may be the same, without comparing each with each.

Partners with the same value of something are in one block: the same VAT number, e-mail,
end of the phone, words of the name, words but one and the postcode... Only partners of
one block are compared. A block with too many partners is left out, because its value
says nothing: an address info@ of 500 clients, the name “Anna Müller”. Those clients are
still compared in their other blocks, and the caller is told about them.

A wrong letter, see `keys.shortened`: each distinct name is in the blocks of its words
with one letter less, next to the other words of the name.
"""

from odoo.tools import SQL

from .block_kinds import ACCOUNT, COUNTED, KINDS, TYPO, codes_of
from .keys import shortened

KEYS, BLOCKS, SIZES = "duplicate_key", "duplicate_block", "duplicate_size"
NAMES, NAME_BLOCKS = "duplicate_name", "duplicate_name_block"
PAIRS = "duplicate_pair"
TABLES = (PAIRS, SIZES, BLOCKS, NAME_BLOCKS, NAMES, KEYS)
# The number of pairs of partners with two names that are one letter apart.
MOST_TYPO_PAIRS = 25
MOST_TYPO_NAMES = 12
SHORTEST_WORD = 4
LONGEST_WORD = 40


def create_keys(env, rows):
    """:param SQL rows: SELECT of the keys of the partners to compare"""
    drop(env)
    _create(env, KEYS, rows)


def create_pairs(env, own_partners):
    """Find the pairs of the partners in `KEYS` that may be the same.

    :param own_partners: ids of the partners of all companies of the database
    :return: list of tuples: code of a block, number of values that are left out because
        too many partners have them, number of these partners
    """
    _create(
        env,
        BLOCKS,
        SQL(" UNION ALL ").join(
            [
                *(_block(code, kind) for code, kind in KINDS.items()),
                _accounts(env),
            ]
        ),
    )
    _create(
        env,
        SIZES,
        SQL(
            "SELECT code, hash, COUNT(*)::int AS size FROM %s GROUP BY code, hash"
            " HAVING COUNT(*) > 1",
            SQL.identifier(BLOCKS),
        ),
    )
    _create_names(env)
    _create(env, PAIRS, _pairs(own_partners))
    return _left_out(env)


def drop(env):
    """Remove the tables, which otherwise stay until the end of the transaction."""
    for table in TABLES:
        env.cr.execute(SQL("DROP TABLE IF EXISTS %s", SQL.identifier("pg_temp", table)))


def _create(env, table, rows):
    name = SQL.identifier(table)
    env.cr.execute(SQL("CREATE TEMP TABLE %s ON COMMIT DROP AS %s", name, rows))
    env.cr.execute(SQL("ANALYZE %s", name))


def _block(code, kind):
    """:return: SQL of rows `code`, `hash` of the value, `id` of a partner"""
    value = SQL(kind.value)
    if kind.of_contacts:
        value = SQL("k.client_id || ' ' || %s", value)
    return SQL(
        """
        SELECT %(code)s::smallint AS code,
               hashtextextended(%(value)s, %(code)s) AS hash, k.id
          FROM %(keys)s k %(words)s
         WHERE %(value)s IS NOT NULL AND k.client_id %(client)s AND %(condition)s
        """,
        code=code,
        value=value,
        keys=SQL.identifier(KEYS),
        words=SQL("CROSS JOIN unnest(k.words) word" if kind.by_word else ""),
        client=SQL("IS NOT NULL" if kind.of_contacts else "IS NULL"),
        condition=SQL(kind.condition),
    )


def _accounts(env):
    """:return: SQL of the blocks of bank accounts, see `_block`"""
    env["res.partner.bank"].flush_model(["sanitized_acc_number", "partner_id"])
    return SQL(
        """
        SELECT %s::smallint, hashtextextended(
                   concat(k.client_id, ' ', bank.sanitized_acc_number), 0), k.id
          FROM res_partner_bank bank
          JOIN %s k ON k.id = bank.partner_id
         WHERE length(bank.sanitized_acc_number) >= 8
        """,
        ACCOUNT,
        SQL.identifier(KEYS),
    )


def _create_names(env):
    """Distinct names of clients with the number of clients, and the blocks of names
    that are one letter apart.
    """
    _create(
        env,
        NAMES,
        SQL(
            """
            SELECT row_number() OVER ()::int AS id, words, COUNT(*)::int AS size
              FROM %s
             WHERE client_id IS NULL AND words IS NOT NULL
          GROUP BY words
            """,
            SQL.identifier(KEYS),
        ),
    )
    _create(
        env,
        NAME_BLOCKS,
        SQL(
            """
            SELECT name.id,
                   hashtextextended(concat(part.others, '|', form.short), 0) AS hash
              FROM %(names)s name
        CROSS JOIN LATERAL (
                   SELECT word, array_to_string(
                              array_remove(name.words, word), ' ') AS others
                     FROM unnest(name.words) word
                    WHERE length(word) BETWEEN %(shortest)s - 1 AND %(longest)s
                   OFFSET 0) part
        CROSS JOIN LATERAL (%(shortened)s) form
             WHERE cardinality(name.words) <= 6
            """,
            names=SQL.identifier(NAMES),
            shortened=shortened(SQL("part.word")),
            shortest=SHORTEST_WORD,
            longest=LONGEST_WORD,
        ),
    )


def _pairs(own_partners):
    """:return: SQL of the pairs, see `sure.scored`"""
    most = SQL(" ").join(
        SQL("WHEN %s THEN %s", code, kind.most) for code, kind in KINDS.items()
    )
    counts = SQL(", ").join(
        SQL(
            "MIN(size) FILTER (WHERE code IN %s) AS %s",
            codes_of(name),
            SQL.identifier(f"{name}_count"),
        )
        for name in COUNTED
    )
    return SQL(
        """
        WITH fitting AS MATERIALIZED (
            SELECT * FROM %(sizes)s
             WHERE size <= CASE code %(most)s ELSE 20 END
        ), member AS MATERIALIZED (
            SELECT block.code, block.hash, block.id, fitting.size
              FROM %(blocks)s block JOIN fitting USING (code, hash)
        ), name_pair AS MATERIALIZED (
            SELECT DISTINCT one.id AS one_id, other.id AS other_id
              FROM %(name_blocks)s one
              JOIN %(name_blocks)s other USING (hash)
             WHERE one.id < other.id
               AND hash IN (SELECT hash FROM %(name_blocks)s
                          GROUP BY hash HAVING COUNT(*) BETWEEN 2 AND %(most_names)s)
        ), found AS (
            SELECT least(one.id, other.id) AS a_id, greatest(one.id, other.id) AS b_id,
                   one.code, one.size
              FROM member one
              JOIN member other USING (code, hash)
             WHERE one.id < other.id
         UNION ALL
            SELECT least(a.id, b.id), greatest(a.id, b.id), %(typo)s, 1
              FROM name_pair
              JOIN %(names)s one ON one.id = one_id
              JOIN %(names)s other ON other.id = other_id
              JOIN %(keys)s a ON a.words = one.words AND a.client_id IS NULL
              JOIN %(keys)s b ON b.words = other.words AND b.client_id IS NULL
             WHERE one.size * other.size <= %(most_pairs)s
        ), pair AS (
            SELECT a_id, b_id, %(counts)s,
                   bool_or(code = %(account)s) AS iban, bool_or(code = %(typo)s) AS typo
              FROM found
          GROUP BY a_id, b_id
        )
        SELECT pair.*, greatest(one.size, other.size) AS name_count
          FROM pair
          JOIN %(keys)s a ON a.id = a_id
          JOIN %(keys)s b ON b.id = b_id
     LEFT JOIN %(names)s one ON one.words = a.words
     LEFT JOIN %(names)s other ON other.words = b.words
         WHERE NOT (a_id = ANY(%(own)s) AND b_id = ANY(%(own)s))
           -- Odoo does not merge two partners who can log in.
           AND NOT (EXISTS (SELECT FROM res_users WHERE partner_id = a_id)
                AND EXISTS (SELECT FROM res_users WHERE partner_id = b_id))
        """,
        sizes=SQL.identifier(SIZES),
        blocks=SQL.identifier(BLOCKS),
        name_blocks=SQL.identifier(NAME_BLOCKS),
        names=SQL.identifier(NAMES),
        keys=SQL.identifier(KEYS),
        most=most,
        most_names=MOST_TYPO_NAMES,
        most_pairs=MOST_TYPO_PAIRS,
        counts=counts,
        account=ACCOUNT,
        typo=TYPO,
        own=list(own_partners),
    )


def _left_out(env):
    told = {code: kind for code, kind in KINDS.items() if kind.tell}
    rows = env.execute_query(
        SQL(
            """
            SELECT code, COUNT(*), SUM(size) FROM %s
             WHERE size > CASE code %s END
          GROUP BY code ORDER BY code
            """,
            SQL.identifier(SIZES),
            SQL(" ").join(
                SQL("WHEN %s THEN %s", code, kind.most) for code, kind in told.items()
            ),
        )
    )
    return [(told[code].name, int(values), int(size)) for code, values, size in rows]
