"""The classes of all clients of a company, computed from their figures.

`revenue`, `payment` and `engagement` in this folder declare one class each.
"""

from odoo.tools import SQL

from .engagement import ENGAGEMENT
from .payment import PAYMENT_CLASS
from .revenue import REVENUE_CLASS

DIMENSIONS = (REVENUE_CLASS, PAYMENT_CLASS, ENGAGEMENT)


def classes(figures_query, scope):
    """The query of the classes.

    :param SQL figures_query: a query with `partner_id` and the figures that classes
        read, of *all* clients of the company, because ranks depend on all of them
    :param Scope scope: the company, the as-of day of the figures, the policy
    :return: SQL of a SELECT of all columns of that query, the helpers, the measures and
        the computed columns
    """
    dimensions = scope.catalogue.dimensions
    helpers = [pair for dimension in dimensions for pair in dimension.helpers]
    measures = [pair for dimension in dimensions for pair in dimension.measures]
    return SQL(
        """
        SELECT ranked.*%(classes)s
          FROM (SELECT figures.*%(measures)s
                  FROM (SELECT source.*%(helpers)s FROM (%(source)s) source) figures
               ) ranked
        """,
        source=figures_query,
        helpers=_extra_columns(scope, helpers),
        measures=_extra_columns(scope, measures),
        classes=_extra_columns(scope, [(dim.computed, dim.sql) for dim in dimensions]),
    )


def _extra_columns(scope, pairs):
    """:return: SQL of additional columns, from pairs of a name and an expression"""
    return SQL("").join(
        SQL(", %s AS %s", scope.render(expression), SQL.identifier(name))
        for name, expression in pairs
    )
