"""Set a qualifier of many clients at once, with its journal: one SQL statement.

Only clients whose value differs are written, and each of them gets one journal line.
The caller must have checked the access rights. `write` is not called, so there are no
messages in the chatter, and no automation rules of other apps run.
"""

from odoo.fields import Datetime
from odoo.models import BaseModel
from odoo.tools import SQL

from .field import NOT_MERGED, PartnerField
from .gate import close_gates, forget_statuses

# Clients with more contacts than this are large, see `contacts_later`.
FEW = 100


def differing(env, name, clients, value, company, *, condition=None):
    """The query of the clients that `assign` would change, with the same parameters.

    :param clients: ids, or None for all clients
    :return: SQL of a SELECT of `id` and `old` value, one row per client that changes
    """
    field = PartnerField(env, name, company)
    field.partners.flush_model([name, "commercial_partner_id"])
    return SQL(
        """
        SELECT client.id, old
          FROM res_partner client
    CROSS JOIN LATERAL (SELECT %(old)s AS old %(not_merged)s) current_value
         WHERE %(among)s
           AND client.commercial_partner_id = client.id
           AND old IS DISTINCT FROM %(value)s
           AND %(condition)s
        """,
        old=field.current("client"),
        not_merged=NOT_MERGED,
        value=field.typed(_raw(value)),
        among=SQL("TRUE")
        if clients is None
        else SQL("client.id = ANY(%s::int[])", list(clients)),
        condition=condition or SQL("TRUE"),
    )


def assign(
    env,
    name,
    clients,
    value,
    company,
    *,
    condition=None,
    type_change=None,
    blocks=None,
    contacts_later=None,
    **journal,
):
    """Set field `name` of `clients` and their contacts to `value`.

    :param env: environment; the journal names its user
    :param str name: many2one or selection of `res.partner`, shared or dependent on the
        company
    :param clients: dict by id of commercial partners: the id of the document that
        caused the change, or None
    :param value: the new value: a record, or the key of an option
    :param company: the company whose relation with the clients changes
    :param SQL condition: only clients that meet it change; over the partner `client`
        and its value `old`
    :param type_change: the old and the new `client.type`. Changed clients with the old
        type get the new type
    :param blocks: whether `value` is a status that blocks documents; without it, a
        query reads this
    :param contacts_later: see `write`
    :param journal: `origin`, `rule_id`, `res_model` of the journal lines
    :return: ids of the clients that changed
    """
    if not clients:
        return []
    if name == "client_status_id":
        if blocks is None:
            blocks = blocks_documents(env, value.id)
        if blocks:
            query = differing(env, name, clients, value, company, condition=condition)
            close_gates(env, [client for client, _old in env.execute_query(query)])
    journal["contacts_later"] = contacts_later
    field = PartnerField(env, name, company)
    changes = SQL(
        """
        SELECT differing.id, old, %(value)s AS new, old_value.name AS old_name,
               %(value_name)s AS new_name, document.id AS document_id
          FROM (%(differing)s) differing
          JOIN unnest(%(ids)s::int[], %(documents)s::int[]) AS document(client_id, id)
            ON document.client_id = differing.id
     LEFT JOIN (%(names)s) old_value ON old_value.value = old
        """,
        value=field.typed(_raw(value)),
        value_name=field.name_of(value),
        differing=differing(env, name, clients, value, company, condition=condition),
        ids=list(clients),
        documents=list(clients.values()),
        names=field.names(),
    )
    if not type_change:
        return write(env, field, changes, **journal)
    other_fields, lines = _type_change(env, company, *type_change)
    return write(env, field, changes, other_fields=other_fields, lines=lines, **journal)


def _type_change(env, company, old, new):
    """:return: `other_fields` and `lines` of `write`, to change the client type"""
    name = "client_type_id"
    field = PartnerField(env, name, company)
    field.partners.flush_model([name])
    column = SQL.identifier("p", name)
    content = SQL(
        "CASE WHEN %s = %s THEN %s ELSE %s END", column, old.id, new.id, column
    )
    lines = SQL(
        """
        SELECT changed.id, NULL::int, %(name)s, %(old)s::text, %(new)s::text,
               %(old_name)s, %(new_name)s, document_id
          FROM changed
          JOIN res_partner p ON p.id = changed.id AND %(column)s = %(old)s
        """,
        name=name,
        old=old.id,
        new=new.id,
        old_name=field.name_of(old),
        new_name=field.name_of(new),
        column=column,
    )
    return {field: content}, lines


_MEMBERS = SQL("changed WHERE p.commercial_partner_id = changed.id")
# Only the client itself if it has more than `FEW` contacts.
_FEW_MEMBERS = SQL(
    """
    (SELECT *, EXISTS (
                   SELECT FROM res_partner contact
                    WHERE contact.commercial_partner_id = changed.id
                   OFFSET %(few)s) AS is_large
       FROM changed) changed
  CROSS JOIN LATERAL (
       SELECT changed.id, is_large
    UNION ALL
       SELECT contact.id, is_large
         FROM res_partner contact
        WHERE NOT is_large
          AND contact.commercial_partner_id = changed.id
          AND contact.id != changed.id
       ) member
 WHERE p.id = member.id
    """,
    few=FEW,
)


def write(
    env,
    field,
    changes,
    *,
    other_fields=None,
    lines=None,
    contacts_later=None,
    members=None,
    **journal,
):
    """Write changes to the clients, their contacts and the journal.

    :param PartnerField field: the field that changes
    :param SQL changes: SELECT of `id` of the client, `old` and `new` value, their
        `old_name` and `new_name`, `document_id`; one row per client that changes
    :param dict other_fields: SQL of the new content of other fields, by `PartnerField`,
        over the client `changed` and the partner `p`
    :param SQL lines: SELECT of additional journal lines, over `changed`, with the
        columns of `line` below
    :param contacts_later: function of the ids of changed clients with very many
        contacts. These contacts are not written, so that a posting does not wait for
        20,000 of them; see `contacts`. None if all contacts are written
    :param SQL members: condition on the partner `p` that gets the value of a client
        `changed`; default is the client and all of its contacts
    :param journal: see `assign`
    :return: ids of the clients that changed
    """
    other_fields = other_fields or {}
    rows = env.execute_query(
        SQL(
            """
            WITH changed AS MATERIALIZED (%(changes)s),
            written AS (  -- the client and its contacts
                UPDATE res_partner p
                   SET %(assignments)s, write_uid = %(uid)s, write_date = %(now)s
                  FROM %(members)s
             RETURNING p.id, changed.id AS client_id, %(is_large)s AS is_large
            ), line (
                client_id, company_id, qualifier, old_value, new_value, old_name,
                new_name, document_id
            ) AS (
                SELECT id, %(company)s::int, %(name)s, old::text, new::text,
                       old_name, new_name, document_id
                  FROM changed
                       %(lines)s
            ), logged AS (
                INSERT INTO client_change (
                    partner_id, company_id, qualifier, old_value, new_value,
                    old_name, new_name, res_id,
                    date, user_id, origin, rule_id, res_model)
                SELECT client_id, company_id, qualifier, old_value, new_value,
                       old_name, new_name, document_id,
                       %(now)s, %(uid)s, %(origin)s, %(rule)s, %(model)s
                  FROM line
            )
            SELECT id, client_id, is_large FROM written
            """,
            changes=changes,
            members=SQL("changed WHERE %s", members)
            if members
            else _FEW_MEMBERS
            if contacts_later
            else _MEMBERS,
            is_large=SQL("member.is_large") if contacts_later else SQL("FALSE"),
            assignments=SQL(", ").join(
                [
                    field.assignment(SQL("changed.new")),
                    *(other.assignment(new) for other, new in other_fields.items()),
                ]
            ),
            uid=env.uid,
            now=Datetime.now(),
            company=field.company_id,
            name=field.name,
            lines=SQL("UNION ALL %s", lines) if lines else SQL(),
            origin=journal.get("origin", "hand"),
            rule=journal.get("rule_id"),
            model=journal.get("res_model"),
        )
    )
    if rows:
        names = [field.name, *(other.name for other in other_fields)]
        forget(env, [member for member, _client, _large in rows], names)
    large = [client for member, client, is_large in rows if is_large]
    if large:
        contacts_later(large)
    return [member for member, client, _large in rows if member == client]


def blocks_documents(env, status):
    """:return: whether a status (id) blocks documents"""
    env["client.status"].flush_model(["blocks_documents"])
    query = SQL("SELECT blocks_documents FROM client_status WHERE id = %s", status)
    return any(blocks for (blocks,) in env.execute_query(query))


def forget(env, partners, names):
    """Tell the ORM that fields of partners (ids) have changed in the database."""
    forget_statuses(env)
    env["client.change"].invalidate_model()
    members = env["res.partner"].sudo().browse(partners)
    members.invalidate_recordset([*names, "client_change_ids"], flush=False)
    members.modified(names)


def _raw(value):
    """:return: the value in the column, for a record or another value"""
    return (value.id or None) if isinstance(value, BaseModel) else value
