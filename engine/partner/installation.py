"""The values that contacts get from their client at the installation."""

from odoo.tools import SQL

# PostgreSQL allows 256 MB for one of these values.
MOST_CONTACTS = 2_000_000


def values_of_contacts(cr, types):
    """Type and kind of organisation of contacts, for an ALTER TABLE of partners.

    They are in one constant: PostgreSQL calls the function once for the whole table,
    because it is immutable. An UPDATE of all contacts would write their rows and
    indexes again. Remove the function `pg_temp.client_contacts` afterwards.

    :param SQL types: the id of the type of a client, from its own columns
    :return: SQL of a JSON array of the type and the kind of organisation; NULL for
        clients, and for contacts beyond `MOST_CONTACTS`
    """
    cr.execute(
        SQL(
            """
            CREATE FUNCTION pg_temp.client_contacts() RETURNS jsonb
            LANGUAGE sql IMMUTABLE AS $$
                SELECT COALESCE(jsonb_object_agg(contact.id, client.known), '{}')
                  FROM (SELECT id, commercial_partner_id
                          FROM res_partner
                         WHERE commercial_partner_id != id
                         LIMIT %s) contact
                  JOIN (SELECT id,
                               jsonb_build_array(
                                   %s, CASE WHEN is_company THEN 'company'
                                            ELSE 'individual' END
                               ) AS known
                          FROM res_partner) client
                    ON client.id = contact.commercial_partner_id
            $$
            """,
            MOST_CONTACTS,
            types,
        )
    )
    return SQL(
        "CASE WHEN commercial_partner_id != id"
        " THEN pg_temp.client_contacts() -> id::text END"
    )
