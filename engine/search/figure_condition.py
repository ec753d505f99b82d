"""Search conditions on figures, in SQL (`condition`) and in memory (`predicate`).

Both find the same clients, and both compare the value that a list shows. For a client
without figures, a number is zero, and classes, texts and dates are empty. Texts are
compared like in Python: by code point, whatever the language of the database.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import isfinite
from operator import ge, gt, le, lt

from odoo.tools import SQL

NUMBERS = ("monetary", "float", "integer")
TEXTS = ("char", "text", "selection")
COMPARE = {"<": lt, ">": gt, "<=": le, ">=": ge}
LIKE = {
    "like": SQL("LIKE"),
    "ilike": SQL("ILIKE"),
    "=like": SQL("LIKE"),
    "=ilike": SQL("ILIKE"),
}
OPERATORS = (*COMPARE, "in", *LIKE)


def comparable(field_type, operator, value):
    """Convert the value of a search to a value that PostgreSQL can compare.

    :param str field_type: type of the field that shows the figure
    :param value: the value of the search; the ORM has converted texts to dates
    :return: the value for `condition`
    :raise ValueError: with the part of the value that is not valid
    """
    if operator in LIKE:
        return _pattern(operator, value)
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
        return _storable(str(value))
    raise ValueError(value)


def _storable(text):
    # No text in the database has NUL or half of a surrogate pair.
    return text.replace("\0", "").encode(errors="ignore").decode()


def _pattern(operator, value):
    """:return: the pattern that the whole text has to match"""
    if not isinstance(value, str):
        raise ValueError(value)
    text = _storable(value)
    # A backslash at the end escapes nothing, so it means itself.
    if (len(text) - len(text.rstrip("\\"))) % 2:
        text += "\\"
    return text if operator.startswith("=") else f"%{text}%"


def _number(value):
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        raise ValueError(value) from None
    if not isfinite(number):
        raise ValueError(value)
    # An integer is more exact than its float.
    return int(value) if isinstance(value, int) else number


def condition(column, has_figures, field_type, operator, value, texts=None):
    """The condition on a figure.

    :param SQL column: a column of the metric table, or an expression of its columns;
        NULL for a client without figures
    :param SQL has_figures: condition that a client has a row in the metric table
    :param str field_type: type of the field that shows the figure
    :param str operator: one of `OPERATORS`
    :param value: a value from `comparable`; a collection for `in`; False means "none"
    :param Texts texts: how `like` compares texts
    :return: SQL of a condition
    """
    if operator in LIKE:
        return _like(column, field_type, operator, value, texts)
    if field_type in NUMBERS:
        return _of_number(column, has_figures, operator, value)
    if field_type == "boolean":
        column = SQL("NULLIF(%s, FALSE)", column)
    elif field_type in TEXTS:
        column = SQL("NULLIF(%s, '')", column)
    if operator != "in":
        if value is False:  # no value is more or less than "none"
            return SQL("FALSE")
        if field_type in TEXTS:
            column = SQL('%s COLLATE "C"', column)
        return SQL("(%s AND %s %s %s)", has_figures, column, SQL(operator), value)
    values = tuple(item for item in value if item is not False)
    among = SQL("%s IN %s", column, values) if values else SQL("FALSE")
    if len(values) == len(value):
        return SQL("(%s AND %s)", has_figures, among)
    return SQL("(%s OR %s IS NULL)", among, column)


@dataclass(frozen=True)
class Texts:
    """How `like` compares the texts of a field.

    :param unaccent: function that removes accents in SQL, see `odoo.modules.registry`
    :param plain: function that removes accents in Python
    :param decimals: number of decimals that a number is shown with
    """

    unaccent: Callable
    plain: Callable
    decimals: int | None = None


def _like(column, field_type, operator, pattern, texts):
    if field_type in NUMBERS:
        column = SQL("COALESCE(%s, 0)", column)
        if texts.decimals is not None:
            column = SQL("ROUND(%s::numeric, %s)", column, texts.decimals)
    column, pattern = SQL("COALESCE(%s::text, '')", column), SQL("%s", pattern)
    if operator.endswith("ilike"):
        column, pattern = texts.unaccent(column), texts.unaccent(pattern)
    return SQL("%s %s %s", column, LIKE[operator], pattern)


def predicate(field_type, operator, value, texts):
    """The same condition in memory. The parameters are those of `condition`.

    :return: function of the value that a record shows, which returns a boolean
    """
    if operator in LIKE:
        return _like_predicate(field_type, operator, value, texts)
    if operator == "in":
        none = 0 if field_type in NUMBERS else False
        values = {item or none for item in value}
        return lambda shown: (shown or none) in values
    compare = COMPARE[operator]
    if field_type in NUMBERS:
        return lambda shown: compare(shown or 0, value or 0)
    return lambda shown: bool(shown and value) and compare(shown, value)


def _like_predicate(field_type, operator, pattern, texts):
    flags = re.DOTALL
    plain = str
    if operator.endswith("ilike"):
        flags |= re.IGNORECASE
        plain = texts.plain
    regex = re.compile(_regex(plain(pattern)), flags)
    return lambda shown: bool(
        regex.fullmatch(plain(_text(field_type, shown, texts.decimals)))
    )


def _regex(pattern):
    """:return: regular expression for a pattern of `LIKE`"""
    parts = re.findall(r"\\.|[^\\]", pattern, re.DOTALL)
    wildcards = {"%": ".*", "_": "."}
    return "".join(wildcards.get(part) or re.escape(part[-1]) for part in parts)


def _text(field_type, shown, decimals):
    """:return: the text that PostgreSQL makes of a shown value"""
    if field_type not in NUMBERS:
        return str(shown) if shown else ""
    if decimals is None:
        return str(shown or 0)
    return f"{Decimal(str(shown or 0)):.{decimals}f}"


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
