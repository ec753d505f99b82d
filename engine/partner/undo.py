"""Undo a bulk operation: give back what nobody has touched since, by its journal."""

from odoo.tools import SQL

from . import block, tags
from .assign import write
from .field import Column
from .gate import close_gates

OPERATION = "client.bulk.operation"


def undo(env, operation, clients, company, **journal):
    """Take back what an operation changed on clients.

    A client gets its old value back if it still has the new one, if no newer line of
    the journal says that somebody has touched it, and if the old value still exists.

    :param env: environment; its user is the one that the journal names
    :param int operation: id of the operation to undo
    :param clients: ids of partners that it changed
    :param company: the operation's company
    :param journal: see `assign`, with `res_id`
    :return: ids of the partners that changed
    """
    env["client.change"].flush_model()
    lines = _untouched(operation, clients)
    names = env.execute_query(
        SQL("SELECT DISTINCT qualifier FROM (%s) line", lines),
    )
    changed = set()
    for (name,) in names:
        if name == "category_id":
            changed.update(_undo_tags(env, lines, **journal))
        else:
            changed.update(_undo_field(env, name, lines, clients, company, **journal))
    return changed


def left(env, operation, undone_by, clients):
    """:return: ids of those `clients` whose values an undo did not give back"""
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


def _untouched(operation, clients):
    """:return: SQL of the journal lines of an operation that no later one follows"""
    # One pass with a window: the journal may have grown a hundredfold since its last
    # statistics, and a join would then be planned for a handful of lines.
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


def _undo_field(env, name, lines, clients, company, **journal):
    column = Column(env, name, company)
    column.partners.flush_model([name, "commercial_partner_id"])
    condition = SQL("TRUE")
    if name == "client_blocked":  # with the same reason
        reason = Column(env, "client_blocked_reason", company)
        column.partners.flush_model([reason.name])
        condition = SQL(
            "%s IS NOT DISTINCT FROM line.new_name", reason.current("client")
        )
    if column.field.type == "many2one":
        condition = SQL(
            "(line.old_value IS NULL OR EXISTS (SELECT FROM %s WHERE id = %s))",
            SQL.identifier(env[column.field.comodel_name]._table),
            column.typed(SQL("line.old_value")),
        )
    changes = SQL(
        """
        SELECT client.id, %(new)s AS old, %(old)s AS new, line.new_name AS old_name,
               line.old_name AS new_name, %(document)s AS document_id
          FROM (%(lines)s) line
          JOIN res_partner client
            ON client.id = line.partner_id AND client.commercial_partner_id = client.id
         WHERE line.qualifier = %(name)s
           AND %(current)s IS NOT DISTINCT FROM %(new)s
           AND %(condition)s
        """,
        old=column.typed(SQL("line.old_value")),
        new=column.typed(SQL("line.new_value")),
        document=journal["res_id"],
        lines=lines,
        name=name,
        current=column.current("client"),
        condition=condition,
    )
    if name == "client_blocked":
        return block.write_blocks(env, changes, company, **journal)
    if name == "client_status_id":
        close_gates(env, _newly_blocked(env, changes))
    return write(env, column, changes, **journal)


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


def _undo_tags(env, lines, **journal):
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
