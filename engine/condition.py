"""Conditions on figures: a client without figures has zero, no class and no date."""

import operator as compare

from odoo.tools import SQL

NUMBERS = ("monetary", "float", "integer")
COMPARE = {
    "<": compare.lt,
    ">": compare.gt,
    "<=": compare.le,
    ">=": compare.ge,
    "in": lambda number, values: number in values,
}


def condition(column, field_type, operator, value):
    """Compare a figure.

    :param SQL column: of the metric table, or an expression of its columns; NULL for
        who has no figures
    :param str field_type: type of the field that shows it
    :param str operator: one of `COMPARE`
    :param value: what it is compared with, a collection for `in`; False stands for
        "none"
    :return: SQL of a condition
    """
    if field_type in NUMBERS:
        return _of_number(column, operator, value)
    if field_type == "boolean":
        column = SQL("NULLIF(%s, FALSE)", column)
    if operator != "in":
        return SQL("%s %s %s", column, SQL(operator), value)
    values = tuple(item for item in value if item is not False)
    among = SQL("%s IN %s", column, values) if values else SQL("FALSE")
    if len(values) == len(value):
        return among
    return SQL("(%s OR %s IS NULL)", among, column)


def _of_number(column, operator, value):
    if operator == "in":
        value = tuple(float(item or 0) for item in value)
    else:
        value = float(value or 0)
    # Wrapped only where those without figures are meant: else an index can serve.
    if COMPARE[operator](0, value):
        column = SQL("COALESCE(%s, 0)", column)
    return SQL("%s %s %s", column, SQL(operator.upper()), value)
