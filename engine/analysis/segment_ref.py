"""Segment references: texts that a search uses to name the clients behind a number.

- `revenue_class_computed:2025-12-31:vip`: the clients of a class on a day.
- `revenue_class_computed:2025-12-31:vip>2026-11-21:small`: the clients that changed
  from one class to another.
- `revenue_class:2026-11-21[vip_share=70]:vip`: limits that differ from those of the
  company follow the day.

`none` means no class; `other` means any class except the one of the other day.
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
    """A class on a day, with the limits of the company or with changed limits."""

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
    """The clients that have one class on one day and another class on another day.

    :param str name: name of a dimension, or of its computed class
    :param Side old: the class on the first day
    :param Side new: the class on the second day, None if there is only one day
    """

    name: str
    old: Side
    new: Side | None = None

    def __str__(self):
        return f"{self.name}:{self.old}" + (f">{self.new}" if self.new else "")

    @classmethod
    def parse(cls, text, catalogue):
        """:return: the reference of a text made by `str()`

        :raise ValueError: for any other text
        """
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
        # `other` needs the class of the other day.
        named = [side for side in sides if side.value != OTHER]
        if not named or any(side.value not in values for side in named):
            raise ValueError(text)
        return cls(name, *sides)

    def members(self, clients, source_of):
        """The query of the clients of the segment.

        :param SQL clients: a query of the `partner_id` to include
        :param source_of: function that returns the SQL of the classes of a `Side`, see
            `moment.segments`
        :return: SQL of a SELECT of `partner_id`
        """
        sides = [side for side in (self.old, self.new) if side]
        named_value = next(side.value for side in sides if side.value != OTHER)
        query, column = clients, SQL.identifier(self.name)
        for side in sides:
            value = named_value if side.value == OTHER else side.value
            # Clients without this class may be missing in the source, so they are
            # found as all clients except those with the class.
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
    """:return: dict of the limits in a text like `a=1,b=2.5`"""
    pairs = (pair.split("=") for pair in text.split(",")) if text else ()
    return {name: float(value) if "." in value else int(value) for name, value in pairs}


def _number(value):
    """:return: a number or boolean in the format that `_changes` reads"""
    return format(Decimal(repr(value)), "f") if isinstance(value, float) else int(value)
