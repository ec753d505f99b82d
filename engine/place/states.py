"""Which canton, province, department or region a state of Odoo means.

Odoo has several states for most Swiss cantons (AG, AG-FR, AG-IT), and people add their
own. The name decides, in any language; if it says nothing, the code.
"""

from odoo.tools import SQL

# “Kanton Zürich”, “Canton de Vaud”, “Provincie Antwerpen”
GENERIC = (
    r"\m(kanton|canton|cantone|chantun|province|provincie|provincia|provinz"
    r"|departement|department|region|regione"
    r"|de|du|des|di|dei|del|della|of|la|le|the|d|l)\M"
)


def _name_key(name):
    text = SQL("client_fold_german(%s)", name)
    for pattern, new in (
        (r"[^[:alnum:]]+", " "),
        (r"\m(saint|sankt)\M", "st"),
        (GENERIC, ""),
        (r"\s+", ""),
    ):
        text = SQL("regexp_replace(%s, %s, %s, 'g')", text, pattern, new)
    return text


def _found(states):
    """:param SQL states: query with `position`, `country_id`, `code`, `name`
    :return: SQL of a query with `position` and `region_id`
    """
    return SQL(
        """
        WITH state AS MATERIALIZED (
            SELECT position, country_id, upper(code) AS code, %(state_key)s AS key
              FROM (%(states)s) state
        ),
        known AS MATERIALIZED (
            SELECT region.id, region.country_id, region.kind,
                   upper(region.code) AS code, country.code AS country_code,
                   ARRAY(
                       SELECT %(region_key)s
                         FROM (SELECT value AS name FROM jsonb_each_text(region.name)
                                UNION
                               SELECT regexp_split_to_table(region.other_names, '\\|')
                              ) named
                        WHERE name != ''
                   ) AS keys
              FROM client_region region
              JOIN res_country country ON country.id = region.country_id
        )
        SELECT DISTINCT ON (state.position) state.position, known.id AS region_id
          FROM state
          JOIN known ON known.country_id = state.country_id
           AND (state.key = ANY(known.keys)
                OR known.code = state.code
                OR known.code = split_part(state.code, '-', 1)
                OR state.code LIKE known.country_code || '-%%'
                   AND known.code = split_part(state.code, '-', 2)
                   AND known.country_code || '-' || known.code = state.code)
         ORDER BY state.position,
                  state.key = ANY(known.keys) DESC,
                  known.country_code || '-' || known.code = state.code DESC,
                  known.kind = 'region',
                  known.id
        """,
        states=states,
        state_key=_name_key(SQL("state.name")),
        region_key=_name_key(SQL("named.name")),
    )


def look_up(cr, rows):
    """:param rows: list of (country, code, name) of states
    :return: list of the ids of their regions, or None
    """
    if not rows:
        return []
    columns = [list(column) for column in zip(*rows, strict=True)]
    states = SQL(
        "SELECT * FROM unnest(%s::int[], %s::text[], %s::text[])"
        " WITH ORDINALITY AS written(country_id, code, name, position)",
        *columns,
    )
    cr.execute(_found(states))
    regions = dict(cr.fetchall())
    return [regions.get(position) for position in range(1, len(rows) + 1)]


def fill(cr):
    """Set the region of states that have none yet."""
    cr.execute(
        SQL(
            """
            UPDATE res_country_state
               SET client_region_id = found.region_id
              FROM (%s) found
             WHERE res_country_state.id = found.position
               AND client_region_id IS NULL
            """,
            _found(
                SQL(
                    "SELECT id AS position, country_id, code, name"
                    " FROM res_country_state"
                )
            ),
        )
    )
