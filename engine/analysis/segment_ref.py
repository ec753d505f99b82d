"""How a search names the clients behind a number: a segment reference, as a text.

The clients of a class on a day: `revenue_class_computed:2025-12-31:vip`; those that
went from one class to another:
`revenue_class_computed:2025-12-31:vip>2026-11-21:small`. Limits other than the
company's stand after the day: `revenue_class:2026-11-21[vip_share=70]:vip`. `none` is
no class, `other` any class but that of the other day.
"""

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from odoo.tools import SQL

NONE, OTHER = "none", "other"
_MOMENT = r"(\d{4}-\d{2}-\d{2})(?:\[([a-z_]+=[0-9.]+(?:,[a-z_]+=[0-9.]+)*)\])?:([a-z]+)"
_REFERENCE = re.compile(rf"([a-z_]+):{_MOMENT}(?:>{_MOMENT})?")


@dataclass(frozen=True)
class Side:
    """A class on a day, under changed limits or those of the company."""

    as_of: date
    value: str
    changes: dict = field(default_factory=dict)

    def __str__(self):
        changes = ",".join(
            f"{name}={_number(value)}" for name, value in self.changes.items()
        )
        return f"{self.as_of}{f'[{changes}]' if changes else ''}:{self.value}"


@dataclass(frozen=True)
class SegmentRef:
    """The clients in a class on one day, and in another one on another day.

    :param str name: name of a dimension, or of its computed class
    :param Side old: the class on the first day
    :param Side new: the class on the second day, None when there is only one
    """

    name: str
    old: Side
    new: Side | None = None

    def __str__(self):
        return f"{self.name}:{self.old}" + (f">{self.new}" if self.new else "")

    @classmethod
    def parse(cls, text, catalogue):
        """:return: the reference that `str()` gave; a ValueError for anything else"""
        found = _REFERENCE.fullmatch(text) if isinstance(text, str) else None
        dimension = catalogue.dimension(found[1]) if found else None
        if not dimension or found[1] == dimension.decided:
            raise ValueError(text)
        name, *old = found.groups()[:4]
        new = found.groups()[4:]
        values = (*dimension.values, NONE)
        sides = [
            Side(date.fromisoformat(day), value, _changes(changes))
            for day, changes, value in ((old, new) if new[0] else (old,))
        ]
        # `other` needs something that it is other than.
        plain = [side for side in sides if side.value != OTHER]
        if not plain or any(side.value not in values for side in plain):
            raise ValueError(text)
        return cls(name, *sides)

    def members(self, clients, source_of):
        """The query of the clients of the segment.

        :param SQL clients: a query of the `partner_id` that count
        :param source_of: function from a `Side` to its classes, SQL, see
            `moment.segments`
        :return: SQL of a SELECT of `partner_id`
        """
        sides = [side for side in (self.old, self.new) if side]
        plain = next(side.value for side in sides if side.value != OTHER)
        query, column = clients, SQL.identifier(self.name)
        for side in sides:
            value = plain if side.value == OTHER else side.value
            # Who has no class, or another one, may be missing in the source: these
            # are all but those that have it.
            without = (side.value == OTHER) != (value == NONE)
            query = SQL(
                "(%s) %s (SELECT partner_id FROM (%s) source WHERE %s)",
                query,
                SQL("EXCEPT") if without else SQL("INTERSECT"),
                source_of(side),
                SQL("%s IS NOT NULL", column)
                if value == NONE
                else SQL("%s = %s", column, value),
            )
        return query


def _changes(text):
    """:return: the limits in `a=1,b=2.5`"""
    pairs = (pair.split("=") for pair in text.split(",")) if text else ()
    return {name: float(value) if "." in value else int(value) for name, value in pairs}


def _number(value):
    """:return: a number, or yes and no, as `_changes` reads it"""
    return format(Decimal(repr(value)), "f") if isinstance(value, float) else int(value)
