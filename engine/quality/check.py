"""Declarations of the room *quality*: what may be missing or wrong in a client file.

A `Check` is one item of the catalogue `client.quality._checks`. Filters, the list, the
score and the form derive from it.
"""

from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass

from odoo.tools import SQL

# Checks without documents weigh 100 together, so that an empty file has 0 of 100.
FULL = 100
# The first score of each range, by the key of the range.
RANGES = {"1": 0, "2": 50, "3": 80, "4": FULL}


@dataclass(frozen=True)
class Row:
    """The partner that the SQL of a check is about.

    :param str alias: alias of `res_partner`
    :param stored: function from a column of `client_quality` to its SQL
    :param days: dict of the first days that count as recent, by `email` and `silent`
    :param companies: ids of the companies whose documents count; None means all
    :param ids: ids of the partners that are read; None means any partner. With ids, the
        queries of documents use indexes
    """

    alias: str
    stored: Callable
    days: dict
    companies: tuple = None
    ids: tuple = None

    def __getitem__(self, column):
        """:return: SQL of a column of the partner"""
        return SQL.identifier(self.alias, column)

    def is_empty(self, column):
        """:return: SQL of the condition that a text is empty"""
        return SQL("COALESCE(%s, '') = ''", self[column])


@dataclass(frozen=True)
class Check:
    """Something that is missing or wrong.

    :param name: key, as in `client_findings`; its filter is called `client_<name>`
    :param label: label, as short as a filter
    :param sql: function of a `Row` that returns the SQL of the condition
    :param field: name of the field of `res.partner` to fill in or correct
    :param weight: points of 100 that a client loses. Without a weight the finding is a
        hint: it does not count as missing or wrong
    :param reads: names of the fields of `res.partner` that it reads. A check of a field
        that does not exist is left out
    :param groups: the users who see it, like `groups` of a field; it needs them if it
        follows from documents. Only checks without groups may have a weight, so that
        all users see the same score
    :param mend: name of the bulk action that corrects it, if there is one right value
    :param of_contacts: whether contacts can have it too, not only clients
    :param heavy: whether a search reads many documents
    """

    name: str
    label: str
    sql: Callable
    field: str
    _: KW_ONLY
    weight: int = 0
    reads: tuple = ()
    groups: str = None
    mend: str = None
    of_contacts: bool = False
    heavy: bool = False

    def __post_init__(self):
        if self.weight and self.groups:
            raise ValueError(f"{self.name}: not all users would see the same score")

    def condition(self, row):
        """:return: SQL of the condition that a partner has this finding"""
        found = SQL("COALESCE(%s, FALSE)", self.sql(row))
        if self.heavy:  # PostgreSQL can only join what is not inside an expression
            found = self.sql(row)
        if self.of_contacts:
            return found
        return SQL("(%s = %s AND %s)", row["commercial_partner_id"], row["id"], found)


def score(checks, row):
    """:return: SQL of the score from 0 to 100; NULL for contacts"""
    lost = [
        SQL("CASE WHEN %s THEN %s ELSE 0 END", check.condition(row), check.weight)
        for check in checks
        if check.weight
    ]
    return SQL(
        "CASE WHEN %s = %s THEN GREATEST(0, %s - (%s)) END",
        row["commercial_partner_id"],
        row["id"],
        FULL,
        SQL(" + ").join(lost) if lost else SQL("0"),
    )


def count(checks, row):
    """:return: SQL of the number of findings that count"""
    found = [SQL("(%s)::int", c.condition(row)) for c in checks if c.weight]
    return SQL("(%s)", SQL(" + ").join(found)) if found else SQL("0")


def score_range(checks, row):
    """:return: SQL of the key of the range of the score, see `RANGES`"""
    cases = [
        SQL("WHEN value >= %s THEN %s", lowest, key)
        for key, lowest in reversed(RANGES.items())
    ]
    return SQL(
        "(SELECT CASE %s END FROM (SELECT %s AS value OFFSET 0) score)",
        SQL(" ").join(cases),
        score(checks, row),
    )
