"""Fill the places and regions of many partners with few statements.

A temporary table has one row for each address that occurs, because many partners have
the same one.
"""

from odoo.tools import SQL

from .resolve import found

COLUMNS = ("client_place_id", "client_region_id")
# What identifies an address, as text. Without a postcode and a state there is nothing
# to find.
KEY = SQL(
    """
    CASE WHEN zip != '' OR state_id IS NOT NULL THEN
        COALESCE(country_id::text, 'c' || company_id, '') || '/'
        || COALESCE(state_id::text, '') || '/' || COALESCE(zip, '') || '/'
        || COALESCE(city, '')
    END
    """
)


def look_up_all(cr, condition=None):
    """Look up the addresses of all partners: create the temporary table
    `client_address` with `key`, `place_id` and `region_id`.

    :param SQL condition: on the columns of `res_partner`; default: all partners
    """
    cr.execute("SET LOCAL jit = off")
    cr.execute("SET LOCAL work_mem = '64MB'")
    cr.execute(
        SQL(
            """
            CREATE TEMP TABLE client_written ON COMMIT DROP AS
            SELECT row_number() OVER () AS position, written.*
              FROM (SELECT DISTINCT country_id, state_id, zip, city, %s AS key,
                           CASE WHEN country_id IS NULL THEN company_id END
                           AS company_id
                      FROM res_partner WHERE %s) written
             WHERE key IS NOT NULL
            """,
            KEY,
            condition or SQL("TRUE"),
        )
    )
    cr.execute("ANALYZE client_written")
    cr.execute(
        SQL(
            """
            CREATE TEMP TABLE client_address ON COMMIT DROP AS
            SELECT written.key, found.place_id, found.region_id
              FROM client_written written
              JOIN (%s) found USING (position)
             WHERE COALESCE(found.place_id, found.region_id) IS NOT NULL
            """,
            found(
                SQL(
                    "SELECT position, country_id, company_id, state_id, zip, city"
                    " FROM client_written"
                )
            ),
        )
    )
    cr.execute("ANALYZE client_address")
    cr.execute("DROP TABLE client_written")


def columns(cr):
    """Look up the addresses of all partners.

    :return: list of SQL for an ALTER TABLE of partners, which fills the columns.
        PostgreSQL calls the function once for the whole table, because it is immutable;
        a query per partner would take ten times as long. Afterwards, call `forget`
    """
    look_up_all(cr)
    cr.execute(
        """
        CREATE FUNCTION pg_temp.client_addresses() RETURNS jsonb
        LANGUAGE sql IMMUTABLE AS $$
            SELECT COALESCE(
                jsonb_object_agg(key, jsonb_build_array(place_id, region_id)), '{}')
              FROM client_address
        $$
        """
    )
    return [
        SQL(
            "ALTER %s TYPE int4 USING (pg_temp.client_addresses() -> %s ->> %s)::int4",
            SQL.identifier(column),
            KEY,
            SQL(position),
        )
        for column, position in zip(COLUMNS, ("0", "1"), strict=True)
    ]


def forget(cr):
    """Remove what `columns` has created."""
    cr.execute("DROP FUNCTION pg_temp.client_addresses()")
    cr.execute("DROP TABLE client_address")


def fill(cr):
    """Fill the columns of all partners by rewriting their table, for an update of the
    addon on a database that has no places yet.
    """
    cr.execute(SQL("ALTER TABLE res_partner %s", SQL(", ").join(columns(cr))))
    forget(cr)


def update(cr, condition=None):
    """Look up the addresses again, and write the partners that differ.

    :param SQL condition: on the columns of `res_partner`; default: all partners
    :return: number of partners written
    """
    look_up_all(cr, condition)
    cr.execute(
        SQL(
            """
            UPDATE res_partner
               SET client_place_id = found.place_id, client_region_id = found.region_id
              FROM (SELECT partner.id, address.place_id, address.region_id
                      FROM (SELECT id, %s AS key FROM res_partner WHERE %s) partner
                      LEFT JOIN client_address address USING (key)) found
             WHERE res_partner.id = found.id
               AND (client_place_id, client_region_id)
                   IS DISTINCT FROM (found.place_id, found.region_id)
            """,
            KEY,
            condition or SQL("TRUE"),
        )
    )
    written = cr.rowcount
    cr.execute("DROP TABLE client_address")
    return written


def update_without_country(cr):
    """Look up the addresses that say no country again.

    :return: number of partners written
    """
    condition = SQL("country_id IS NULL AND zip != ''")
    cr.execute(SQL("SELECT EXISTS (SELECT FROM res_partner WHERE %s)", condition))
    return update(cr, condition) if cr.fetchone()[0] else 0
