"""The classes of a company's clients at a moment: any day, under any limits.

The classes of a day are computed from the documents, as `figures` and `classes` do
every night. Those of today are in the metric table; under other limits they come from
the figures there, unless these are of another window.
"""

from dataclasses import dataclass
from datetime import date

from odoo.tools import SQL

from ..classes.query import classes
from ..figures.query import figures
from ..metric.columns import EFFECTIVE, decisions, effective, stored_figures
from ..policy import Policy

CLASSES = EFFECTIVE
COMPUTED_CLASSES = tuple(f"{name}_computed" for name in EFFECTIVE)


@dataclass(frozen=True)
class Moment:
    """A day, and the limits under which it is seen."""

    as_of: date
    policy: Policy


def segments(company, moment, today):
    """The classes of all clients of a company at a moment.

    :param company: `res.company`
    :param Moment moment: today or a day before
    :param date today: the day it is for the company
    :return: SQL of a SELECT of `partner_id`, the figures and `COMPUTED_CLASSES`, one
        row a client; those of today have `CLASSES` too. What people decide has no
        date: of another day only the computed classes are known
    """
    as_of, policy = moment.as_of, moment.policy
    if as_of != today:
        return classes(figures(company, as_of, policy), as_of, policy)
    own = Policy.of(company)
    if policy == own:
        return SQL("SELECT * FROM client_metric WHERE company_id = %s", company.id)
    if policy.window_months == own.window_months:
        source = stored_figures(company)
    else:
        # Who has a decision only has no figures.
        source = SQL(
            """
            SELECT *
              FROM (%s) figures
              FULL JOIN (
                  SELECT partner_id, %s FROM client_metric WHERE company_id = %s
              ) decided USING (partner_id)
            """,
            figures(company, as_of, policy),
            decisions(),
            company.id,
        )
    return SQL(
        "SELECT segments.*, %s FROM (%s) segments",
        effective(),
        classes(source, as_of, policy),
    )
