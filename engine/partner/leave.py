"""Contacts that become clients: the status and type of the former client may stay."""

from odoo.tools import SQL

from .assign import forget
from .field import stored_values

STATUS, TYPE = "client_status_id", "client_type_id"


def start_anew(env, former_clients, names, default_type):
    """Remove the status and type that the rules gave the former client because of *its*
    history. What a person has set stays, and so do pinned statuses and those that block
    documents.

    :param former_clients: dict of ids of the former clients by id of the partner
    :param names: the fields to change: status, type, or both
    :param default_type: id of the type of new clients, or None
    """
    if not former_clients or not names:
        return
    env["res.partner"].flush_model(
        [STATUS, TYPE, "client_status_pinned", "commercial_partner_id"]
    )
    env["client.change"].flush_model()
    env["client.status"].flush_model(["blocks_documents"])
    statuses = SQL(
        """(SELECT jsonb_object_agg(stored.company, stored.value::int)
              FROM %(stored)s
             WHERE COALESCE((p.client_status_pinned ->> stored.company)::bool, FALSE)
                OR EXISTS (SELECT FROM client_status
                            WHERE id = stored.value::int AND blocks_documents)
                OR %(by_hand)s)""",
        stored=stored_values(SQL("p.client_status_id")),
        by_hand=_by_hand(STATUS, SQL("stored.value"), SQL("stored.company::int")),
    )
    kept_type = SQL(
        "CASE WHEN %s THEN p.client_type_id ELSE %s END",
        _by_hand(TYPE, SQL("p.client_type_id::text"), SQL("NULL")),
        default_type,
    )
    contents = {STATUS: statuses, TYPE: kept_type}
    env.cr.execute(
        SQL(
            """
            UPDATE res_partner p
               SET %s
              FROM unnest(%s::int[], %s::int[]) AS leaving(id, client_id)
             WHERE p.commercial_partner_id = leaving.id
            """,
            SQL(", ").join(
                SQL("%s = %s", SQL.identifier(name), contents[name]) for name in names
            ),
            list(former_clients),
            list(former_clients.values()),
        )
    )
    members = env["res.partner"].with_context(active_test=False)
    domain = [("commercial_partner_id", "in", list(former_clients))]
    forget(env, members.search(domain).ids, list(names))


def _by_hand(name, value, company):
    """:return: SQL of the condition that the journal of the former client says that its
    value was set last by a person, an import or a bulk operation
    """
    return SQL(
        """COALESCE((
            SELECT change.origin != 'rule' AND change.new_value = %s
              FROM client_change change
             WHERE change.partner_id = leaving.client_id
               AND change.qualifier = %s
               AND change.company_id IS NOT DISTINCT FROM %s
          ORDER BY change.date DESC, change.id DESC
             LIMIT 1), FALSE)""",
        value,
        name,
        company,
    )
