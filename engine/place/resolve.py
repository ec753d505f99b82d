"""Which place an address is in, and which canton, province or department.

The definition, for addresses in any number:

- The postcode finds the places. If they are several, the town's name decides; if it is
  none of them, the place is not known, and the region only if it is the same in all.
- A postcode that is in no list is a post-office box or belongs to one large client: it
  is at the place with this name whose postcode is nearest, among those with the same
  first two digits.
- An address without a country is in the country of the company that the partner
  belongs to, or in the one country of all companies. It is elsewhere only if postcode
  and town are those of a place there.
- A state is stronger than the place: it gives the region. If it is a region with
  departments or provinces, the place tells which one.

Each spelling of an address is looked up once, however many partners have it.
"""

from odoo.tools import SQL

from .names import network, plain, town_key, zip_key


def _spellings(addresses):
    """:param SQL addresses: query with `country_id`, `company_id`, `zip`, `city`; the
        company only if there is no country
    :return: SQL of a query; one row is a spelling: these columns, `place_id` and
        `region_id`. Spellings of which nothing is known are missing
    """
    post = SQL("spelling.post")
    return SQL(
        """
        WITH post AS MATERIALIZED (
            SELECT id AS country_id, %(network)s AS post
              FROM res_country country
        ),
        home AS MATERIALIZED (
            SELECT company.id AS company_id, post.post
              FROM res_company company
              JOIN res_partner partner ON partner.id = company.partner_id
              JOIN post ON post.country_id = partner.country_id
        ),
        common_home AS MATERIALIZED (
            SELECT MIN(post) AS post FROM home HAVING MIN(post) = MAX(post)
        ),
        written AS MATERIALIZED (
            SELECT row_number() OVER () AS number, address.*
              FROM (SELECT DISTINCT country_id, company_id, zip, city
                      FROM (%(addresses)s) address
                     WHERE zip ~ '[[:alnum:]]') address
        ),
        -- One row: a spelling, and a post whose places may be meant.
        spelling AS MATERIALIZED (
            SELECT written.*, post.post, TRUE AS is_home
              FROM written JOIN post USING (country_id)
             UNION ALL
            SELECT written.*, elsewhere.post,
                   elsewhere.post = COALESCE(
                       home.post, (SELECT post FROM common_home))
              FROM written
              LEFT JOIN home USING (company_id)
             CROSS JOIN (SELECT DISTINCT post FROM post
                          WHERE EXISTS (SELECT FROM client_place place
                                         WHERE place.country_id = post.country_id)
                        ) elsewhere
             WHERE written.country_id IS NULL
        ),
        -- Many spellings have the same postcode or town.
        postcode AS MATERIALIZED (
            SELECT post, zip, %(zip_key)s AS zip_key
              FROM (SELECT DISTINCT post, zip FROM spelling) spelling
        ),
        town AS MATERIALIZED (
            SELECT post, city, %(plain)s AS plain, %(town_key)s AS town_key
              FROM (SELECT DISTINCT post, city FROM spelling) spelling
        ),
        keyed AS MATERIALIZED (
            SELECT number, is_home, post, zip_key, plain, town_key
              FROM spelling
              JOIN postcode USING (post, zip)
              JOIN town USING (post, city)
             WHERE zip_key IS NOT NULL
        ),
        found AS (
            SELECT keyed.number, keyed.post, place.id, place.region_id,
                   CASE WHEN place.plain_names LIKE '%%|' || keyed.plain || '|%%'
                        THEN 2
                        WHEN keyed.town_key != ''
                         AND place.town_keys LIKE '%%|' || keyed.town_key || '|%%'
                        THEN 1 ELSE 0 END AS named,
                   keyed.is_home
              FROM keyed
              JOIN client_place place ON place.zip_key = keyed.zip_key
             WHERE place.active
        ),
        ranked AS (
            SELECT *, rank() OVER (
                       PARTITION BY number
                       ORDER BY LEAST(named, 1) DESC, is_home DESC, named DESC
                   ) AS rank
              FROM found
             WHERE named > 0 OR is_home
        ),
        known AS (
            SELECT number,
                   CASE WHEN MIN(post) = MAX(post)
                             AND (MIN(named) > 0 OR COUNT(*) = 1)
                             AND (COUNT(*) = 1 OR MIN(region_id) = MAX(region_id)
                                  OR COUNT(region_id) = 0)
                        THEN MIN(id) END AS place_id,
                   CASE WHEN MIN(region_id) = MAX(region_id)
                             AND COUNT(region_id) = COUNT(*)
                        THEN MIN(region_id) END AS region_id
              FROM ranked
             WHERE rank = 1
             GROUP BY number
        ),
        -- Post-office boxes
        unknown AS MATERIALIZED (
            SELECT number, zip_key, town_key
              FROM keyed
             WHERE is_home AND town_key != '' AND zip_key ~ '^..\\d{3,8}$'
               AND number NOT IN (SELECT number FROM found)
        ),
        boxed AS (
            SELECT DISTINCT ON (unknown.number)
                   unknown.number, place.id AS place_id, place.region_id
              FROM unknown
              JOIN (SELECT area.start, id, region_id, zip_key,
                           unnest(string_to_array(btrim(town_keys, '|'), '|'))
                           AS town_key
                      FROM (SELECT DISTINCT left(zip_key, 4) AS start FROM unknown) area
                      JOIN client_place ON left(client_place.zip_key, 4) = area.start
                     WHERE active AND zip_key ~ '^..\\d{3,8}$'
                   ) place
                ON place.start = left(unknown.zip_key, 4)
               AND place.town_key = unknown.town_key
             WHERE length(place.zip_key) = length(unknown.zip_key)
             ORDER BY unknown.number,
                      abs(substr(place.zip_key, 3)::int
                          - substr(unknown.zip_key, 3)::int),
                      place.id
        ),
        -- A French postcode begins with the number of its department.
        numbered AS (
            SELECT keyed.number, region.id AS region_id
              FROM keyed
              JOIN client_region region
                ON region.kind = 'department'
               AND region.code = CASE
                       WHEN keyed.zip_key ~ '^FR9[78]' THEN substr(keyed.zip_key, 3, 3)
                       WHEN keyed.zip_key ~ '^FR20[01]' THEN '2A'
                       WHEN keyed.zip_key ~ '^FR20' THEN '2B'
                       ELSE substr(keyed.zip_key, 3, 2) END
              JOIN res_country country
                ON country.id = region.country_id AND country.code = 'FR'
             WHERE keyed.is_home AND keyed.post = 'FR' AND length(keyed.zip_key) = 7
        )
        SELECT written.country_id, written.company_id, written.zip, written.city,
               COALESCE(known.place_id, boxed.place_id) AS place_id,
               CASE WHEN known.number IS NULL
                    THEN COALESCE(boxed.region_id, numbered.region_id)
                    ELSE known.region_id END AS region_id
          FROM written
          LEFT JOIN known USING (number)
          LEFT JOIN boxed USING (number)
          LEFT JOIN numbered USING (number)
         WHERE COALESCE(known.number, boxed.number, numbered.number) IS NOT NULL
        """,
        network=network(SQL("country.code")),
        addresses=addresses,
        zip_key=zip_key(post, SQL("spelling.zip")),
        plain=plain(SQL("spelling.city")),
        town_key=town_key(post, SQL("spelling.city")),
    )


def found(addresses):
    """:param SQL addresses: query with `position`, `country_id`, `company_id`,
        `state_id`, `zip`, `city`; the company only if there is no country
    :return: SQL of a query with `position`, `place_id` and `region_id`
    """
    return SQL(
        """
        SELECT address.position, spelling.place_id,
               CASE WHEN of_state.id IS NULL THEN region.id
                    WHEN of_state.kind = 'region' AND region.parent_id = of_state.id
                    THEN region.id
                    ELSE of_state.id END AS region_id
          FROM (%(addresses)s) address
          LEFT JOIN (%(spellings)s) spelling
            ON spelling.zip = address.zip
           AND COALESCE(spelling.city, '') = COALESCE(address.city, '')
           AND COALESCE(spelling.country_id, 0) = COALESCE(address.country_id, 0)
           AND COALESCE(spelling.company_id, 0) = COALESCE(address.company_id, 0)
          LEFT JOIN client_region region ON region.id = spelling.region_id
          LEFT JOIN res_country_state state ON state.id = address.state_id
          LEFT JOIN client_region of_state ON of_state.id = state.client_region_id
        """,
        addresses=addresses,
        spellings=_spellings(
            SQL(
                "SELECT country_id, company_id, zip, COALESCE(city, '') AS city"
                " FROM (%s) address",
                addresses,
            )
        ),
    )


def look_up(cr, rows):
    """Look up a few addresses.

    :param rows: list of (country, company, state, postcode, town): ids, texts, or None
    :return: list of (place, region): ids or None, in the same order
    """
    if not rows:
        return []
    columns = [list(column) for column in zip(*rows, strict=True)]
    addresses = SQL(
        """
        SELECT position, country_id, state_id, zip, city,
               CASE WHEN country_id IS NULL THEN company_id END AS company_id
          FROM unnest(%s::int[], %s::int[], %s::int[], %s::text[], %s::text[])
               WITH ORDINALITY
               AS written(country_id, company_id, state_id, zip, city, position)
        """,
        *columns,
    )
    cr.execute(SQL("SELECT * FROM (%s) found ORDER BY position", found(addresses)))
    return [(place, region) for _position, place, region in cr.fetchall()]
