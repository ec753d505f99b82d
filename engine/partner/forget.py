"""Remove deleted fields of `res.partner` from the tables of the addon."""

from odoo.tools import SQL
from odoo.tools.sql import column_exists


def forget_fields(env, names):
    """Delete the journal lines and the bulk operations of fields, also their undos.

    :param names: names of fields that `res.partner` no longer has
    """
    names = list(names)
    # When this addon itself is uninstalled, these columns may already be deleted.
    if column_exists(env.cr, "client_change", "qualifier"):
        env["client.change"].invalidate_model()
        query = SQL("DELETE FROM client_change WHERE qualifier = ANY(%s)", names)
        env.cr.execute(query)
    if column_exists(env.cr, "client_bulk_operation", "field_name"):
        env["client.bulk.operation"].invalidate_model()
        # An undo has the same action as its operation, so it has the same field.
        query = SQL(
            "DELETE FROM client_bulk_operation WHERE field_name = ANY(%s)", names
        )
        env.cr.execute(query)
