"""Search conditions on figures.

For a client without figures, a number is zero, and classes and dates are empty.
"""

from datetime import date
from math import isfinite
from operator import ge, gt, le, lt

from odoo.tools import SQL

NUMBERS = ("monetary", "float", "integer")
COMPARE = {"<": lt, ">": gt, "<=": le, ">=": ge}
OPERATORS = (*COMPARE, "in")


def comparable(field_type, operator, value):
    """Convert the value of a search to a value that PostgreSQL can compare.

    :param str field_type: type of the field that shows the figure
    :param value: the value of the search; the ORM has converted texts to dates
    :return: the value for `condition`
    :raise ValueError: with the part of the value that is not valid
    """
    if operator != "in":
        return _comparable(field_type, value)
    return [_comparable(field_type, item) for item in value]


def _comparable(field_type, value):
    if not value:
        return False
    if field_type == "boolean":
        return bool(value)
    if field_type in NUMBERS:
        return _number(value)
    if field_type in ("date", "datetime"):
        if isinstance(value, date):
            return value
    elif isinstance(value, str | int | float):
        # No text in the database has NUL or half of a surrogate pair.
        return str(value).replace("\0", "").encode(errors="ignore").decode()
    raise ValueError(value)


def _number(value):
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        raise ValueError(value) from None
    if not isfinite(number):
        raise ValueError(value)
    # An integer is more exact than its float.
    return int(value) if isinstance(value, int) else number


def condition(column, has_figures, field_type, operator, value):
    """The condition on a figure.

    :param SQL column: a column of the metric table, or an expression of its columns;
        NULL for a client without figures
    :param SQL has_figures: condition that a client has a row in the metric table
    :param str field_type: type of the field that shows the figure
    :param str operator: one of `OPERATORS`
    :param value: a value from `comparable`; a collection for `in`; False means "none"
    :return: SQL of a condition
    """
    if field_type in NUMBERS:
        return _of_number(column, has_figures, operator, value)
    if field_type == "boolean":
        column = SQL("NULLIF(%s, FALSE)", column)
    if operator != "in":
        if value is False:  # no value is more or less than "none"
            return SQL("FALSE")
        return SQL("(%s AND %s %s %s)", has_figures, column, SQL(operator), value)
    values = tuple(item for item in value if item is not False)
    among = SQL("%s IN %s", column, values) if values else SQL("FALSE")
    if len(values) == len(value):
        return SQL("(%s AND %s)", has_figures, among)
    return SQL("(%s OR %s IS NULL)", among, column)


def _of_number(column, has_figures, operator, value):
    if operator == "in":
        value = tuple(item or 0 for item in value)
        means_zero = 0 in value
    else:
        value = value or 0
        means_zero = COMPARE[operator](0, value)
    if means_zero:
        column = SQL("COALESCE(%s, 0)", column)
    comparison = SQL("%s %s %s", column, SQL(operator.upper()), value)
    # If clients without figures do not match, the condition says so. Then PostgreSQL
    # starts with the metric table and its indexes, not with all partners.
    return comparison if means_zero else SQL("(%s AND %s)", has_figures, comparison)
