"""Contacts of clients with very many contacts get the status of their client later.

Otherwise, a posting that changes the status of a client would write each of its
contacts. They follow within seconds, when the queue is processed.
"""

from odoo.tools import SQL

from .assign import forget

NAMES = ("client_status_id", "client_type_id")


def update_contacts(env, clients, names=NAMES):
    """Give contacts the status and type of their client, for all companies.

    :param clients: ids of commercial partners
    :param names: fields of `res.partner`, if others are meant
    """
    partners = env["res.partner"]
    partners.flush_model([*names, "commercial_partner_id"])
    columns = [SQL.identifier(name) for name in names]
    rows = env.execute_query(
        SQL(
            """
            UPDATE res_partner contact
               SET (%(columns)s) = ROW(%(values)s)
              FROM res_partner client
             WHERE client.id = ANY(%(clients)s)
               AND contact.commercial_partner_id = client.id
               AND contact.id != client.id
               AND (%(own)s) IS DISTINCT FROM (%(values)s)
         RETURNING contact.id
            """,
            columns=SQL(", ").join(columns),
            values=SQL(", ").join(SQL("client.%s", column) for column in columns),
            own=SQL(", ").join(SQL("contact.%s", column) for column in columns),
            clients=sorted(clients),
        )
    )
    if rows:
        forget(env, [contact for (contact,) in rows], names)
