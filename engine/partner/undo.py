"""Undo a bulk operation by its journal.

A client gets its old value back if it still has the new value, if there is no newer
line in the journal for this value, and if the old value still exists.
"""

from odoo.tools import SQL

from . import block, tags
from .assign import write
from .field import PartnerField
from .gate import close_gates

OPERATION = "client.bulk.operation"


def undo_field(env, name, operation, clients, company, *, members=None, **journal):
    """Undo the changes of an operation in one field of clients.

    :param env: environment; the journal names its user
    :param str name: name of a field of `res.partner`
    :param int operation: id of the operation to undo
    :param clients: ids of clients that the operation changed
    :param company: the operation's company
    :param SQL members: see `assign.write`; with it, the operation also changed contacts
        alone
    :param journal: see `assign`, with `res_id`
    :return: ids of the clients that changed
    """
    field = PartnerField(env, name, company)
    condition = SQL("TRUE")
    if field.field.type == "many2one":
        condition = SQL(
            "(line.old_value IS NULL OR EXISTS (SELECT FROM %s WHERE id = %s))",
            SQL.identifier(env[field.field.comodel_name]._table),
            field.typed(SQL("line.old_value")),
        )
    if not members:
        condition = SQL("%s AND client.commercial_partner_id = client.id", condition)
    changes = _changes(env, field, operation, clients, condition, journal)
    if name == "client_status_id":
        close_gates(env, _newly_blocked(env, changes))
    return write(env, field, changes, members=members, **journal)


def undo_blocks(env, operation, clients, company, **journal):
    """Block clients again with their previous reason, or unblock them again. The
    parameters are the same as in `undo_field`.
    """
    field = PartnerField(env, "client_blocked", company)
    reason = PartnerField(env, "client_blocked_reason", company)
    reason.partners.flush_model([reason.name])
    same = SQL(
        "%s IS NOT DISTINCT FROM line.new_name"
        " AND client.commercial_partner_id = client.id",
        reason.current("client"),
    )
    changes = _changes(env, field, operation, clients, same, journal)
    return block.write_blocks(env, changes, company, **journal)


def undo_tags(env, operation, partners, **journal):
    """Restore the tags that an operation removed, and remove those that it added. The
    parameters are the same as in `undo_field`.
    """
    env["client.change"].flush_model()
    lines = untouched(operation, partners)

    def tags_in(value):
        return SQL(
            """
            SELECT line.partner_id, tag.id AS category_id
              FROM (%s) line
              JOIN res_partner_category tag ON tag.id::text = %s
             WHERE line.qualifier = 'category_id'
            """,
            lines,
            value,
        )

    return tags.write(
        env,
        wanted=tags_in(SQL("line.old_value")),
        unwanted=tags_in(SQL("line.new_value")),
        **journal,
    )


def not_restored(env, operation, undone_by, clients):
    """:return: ids of the `clients` whose values an undo did not restore"""
    rows = env.execute_query(
        SQL(
            """
            SELECT DISTINCT line.partner_id
              FROM client_change line
             WHERE line.res_model = %(model)s AND line.res_id = %(operation)s
               AND line.partner_id = ANY(%(clients)s)
               AND NOT EXISTS (
                   SELECT FROM client_change back
                    WHERE back.res_model = %(model)s AND back.res_id = %(undone_by)s
                      AND back.partner_id = line.partner_id
                      AND back.qualifier = line.qualifier
                      AND back.old_value IS NOT DISTINCT FROM line.new_value
                      AND back.new_value IS NOT DISTINCT FROM line.old_value)
            """,
            model=OPERATION,
            operation=operation,
            undone_by=undone_by,
            clients=list(clients),
        )
    )
    return [client for (client,) in rows]


def untouched(operation, clients):
    """:return: SQL of the journal lines of an operation without a later line for the
    same value
    """
    # With a window function: the statistics of PostgreSQL may be older than the lines
    # of the operation, so it would plan a join for only a few lines.
    return SQL(
        """
        SELECT line.*
          FROM (
              SELECT client_change.*,
                     MAX(id) OVER (
                         PARTITION BY partner_id, company_id, qualifier, CASE
                             WHEN qualifier = 'category_id'  -- each tag for itself
                             THEN COALESCE(old_value, new_value) END
                     ) AS last_id
                FROM client_change
               WHERE partner_id = ANY(%(clients)s)
          ) line
         WHERE line.res_model = %(model)s
           AND line.res_id = %(operation)s
           AND line.id = line.last_id
        """,
        model=OPERATION,
        operation=operation,
        clients=list(clients),
    )


def _changes(env, field, operation, clients, condition, journal):
    """:return: SQL of the changes that undo an operation, see `assign.write`

    :param SQL condition: over the journal's `line` and the partner `client`
    """
    env["client.change"].flush_model()
    field.partners.flush_model([field.name, "commercial_partner_id"])
    return SQL(
        """
        SELECT client.id, %(new)s AS old, %(old)s AS new, line.new_name AS old_name,
               line.old_name AS new_name, %(document)s AS document_id
          FROM (%(lines)s) line
          JOIN res_partner client ON client.id = line.partner_id
         WHERE line.qualifier = %(name)s
           AND %(current)s IS NOT DISTINCT FROM %(new)s
           AND %(condition)s
        """,
        old=field.typed(SQL("line.old_value")),
        new=field.typed(SQL("line.new_value")),
        document=journal["res_id"],
        lines=untouched(operation, clients),
        name=field.name,
        current=field.current("client"),
        condition=condition,
    )


def _newly_blocked(env, changes):
    """:return: ids of the clients that get back a status that blocks documents"""
    rows = env.execute_query(
        SQL(
            """
            SELECT changed.id
              FROM (%s) changed
              JOIN client_status status ON status.id = changed.new
             WHERE status.blocks_documents
            """,
            changes,
        )
    )
    return [client for (client,) in rows]
