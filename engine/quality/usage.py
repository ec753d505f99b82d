"""How many clients have a value in each field: one query that reads clients once."""

from odoo.tools import SQL

from ..planner import without_jit

TEXTS = ("char", "text", "html", "selection")
# Values that mean "nothing", by type.
EMPTY = {"integer": 0, "float": 0, "monetary": 0, "boolean": False}


def usage(env, query, fields):
    """:param query: `Query` of the clients that the user may read
    :param fields: stored fields of `res.partner`, with a column
    :return: number of clients, and dict by name of the field: how many have a value,
        and when the newest of these clients was created
    """
    without_jit(env)
    query.order = None
    table = query.table
    created = SQL.identifier(table, "create_date")
    columns = [SQL("COUNT(*)")]
    for field in fields:
        filled = _filled(table, field)
        columns.append(SQL("COUNT(*) FILTER (WHERE %s)", filled))
        columns.append(SQL("MAX(%s) FILTER (WHERE %s)", created, filled))
    [[count, *values]] = env.execute_query(query.select(*columns))
    pairs = zip(values[::2], values[1::2], strict=True)
    return count, {field.name: pair for field, pair in zip(fields, pairs, strict=True)}


def _filled(table, field):
    column = SQL.identifier(table, field.name)
    if field.company_dependent or field.type not in (*TEXTS, *EMPTY):
        return SQL("%s IS NOT NULL", column)
    if field.type in TEXTS:
        empty = ("", "0") if field.name == "client_rating" else ("",)
        return SQL("%s NOT IN %s", column, empty)
    return SQL("%s != %s", column, EMPTY[field.type])
