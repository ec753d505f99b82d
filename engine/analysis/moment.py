"""The classes of a company's clients on any day, with any limits.

The classes of an earlier day are computed from the documents, by the same queries as in
the nightly refresh. Today's classes are in the metric table. With other limits, they
are computed from the figures in this table, unless the figures themselves depend on a
changed limit, for example on the window.
"""

from odoo.tools import SQL

from ..classes.query import classes
from ..figures.query import figures
from ..metric.columns import columns, effective, stored_figures


def documented_clients(scope):
    """:return: SQL of a SELECT of `partner_id`: the clients with documents"""
    return SQL(" UNION ").join(
        SQL("SELECT partner_id FROM (%s) document", source.sql(scope))
        for source in scope.catalogue.document_sources
    )


def segments(scope, today, own_policy):
    """The classes of all clients of a company on a day.

    :param Scope scope: the company, the day and the limits
    :param date today: the current date of the company
    :param Policy own_policy: the limits in the settings of the company
    :return: SQL of a SELECT of `partner_id`, the figures and the computed classes, one
        row per client. For today it has the effective classes too. For another day only
        the computed classes are known, because decisions of people have no date
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
        # Clients that only have a decided class have no figures.
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
