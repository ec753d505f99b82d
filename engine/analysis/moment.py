"""The classes of a company's clients at a moment: any day, under any limits.

The classes of a day are computed from the documents, as `figures` and `classes` do
every night. Those of today are in the metric table; under other limits they come from
the figures there, unless these depend on the limits, as on the window.
"""

from odoo.tools import SQL

from ..classes.query import classes
from ..figures.query import figures
from ..metric.columns import columns, effective, stored_figures


def segments(scope, today, own_policy):
    """The classes of all clients of a company at a moment.

    :param Scope scope: the company, the day, the limits by which it is seen
    :param date today: the day it is for the company
    :param Policy own_policy: the company's limits
    :return: SQL of a SELECT of `partner_id`, the figures and the computed classes, one
        row per client; those of today have the effective classes too. What people
        decide has no date: of another day only the computed classes are known
    """
    company, catalogue = scope.company, scope.catalogue
    if scope.as_of != today:
        return classes(figures(scope), scope)
    if scope.policy == own_policy:
        return SQL("SELECT * FROM client_metric WHERE company_id = %s", company.id)
    changes = scope.policy.changes_from(own_policy)
    if changes.keys().isdisjoint(catalogue.figure_limits):
        source = stored_figures(scope)
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
            figures(scope),
            columns(catalogue.decided),
            company.id,
        )
    return SQL(
        "SELECT segments.*, %s FROM (%s) segments",
        effective(catalogue),
        classes(source, scope),
    )
