"""Conditions on figures: a client without figures has zero, no class and no date."""

from operator import ge, gt, le, lt

from odoo.tools import SQL

NUMBERS = ("monetary", "float", "integer")
COMPARE = {"<": lt, ">": gt, "<=": le, ">=": ge}
OPERATORS = (*COMPARE, "in")


def condition(column, has_figures, field_type, operator, value):
    """Compare a figure.

    :param SQL column: of the metric table, or an expression of its columns; NULL for
        who has no figures
    :param SQL has_figures: whether a client has a row in the metric table
    :param str field_type: type of the field that shows it
    :param str operator: one of `OPERATORS`
    :param value: what it is compared with, a collection for `in`; False stands for
        "none"
    :return: SQL of a condition
    """
    if field_type in NUMBERS:
        return _of_number(column, has_figures, operator, value)
    if field_type == "boolean":
        column = SQL("NULLIF(%s, FALSE)", column)
    if operator != "in":
        return SQL("(%s AND %s %s %s)", has_figures, column, SQL(operator), value)
    values = tuple(item for item in value if item is not False)
    among = SQL("%s IN %s", column, values) if values else SQL("FALSE")
    if len(values) == len(value):
        return SQL("(%s AND %s)", has_figures, among)
    return SQL("(%s OR %s IS NULL)", among, column)


def _of_number(column, has_figures, operator, value):
    if operator == "in":
        value = tuple(item or 0 for item in value)
        means_zero = 0 in map(float, value)
    else:
        value = value or 0
        means_zero = COMPARE[operator](0, float(value))
    if means_zero:
        column = SQL("COALESCE(%s, 0)", column)
    comparison = SQL("%s %s %s", column, SQL(operator.upper()), value)
    # Where those without figures are not meant, PostgreSQL is told so: it begins with
    # the metric table and its indexes then, and not with all partners.
    return comparison if means_zero else SQL("(%s AND %s)", has_figures, comparison)
