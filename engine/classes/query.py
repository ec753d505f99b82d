"""From the figures to the classes, for all clients of a company at once.

`revenue`, `payment` and `engagement` in this folder declare one class each.
"""

from odoo.tools import SQL

from .engagement import ENGAGEMENT
from .payment import PAYMENT_CLASS
from .revenue import REVENUE_CLASS

DIMENSIONS = (REVENUE_CLASS, PAYMENT_CLASS, ENGAGEMENT)


def classes(source, scope):
    """The query of the classes.

    :param SQL source: a query with `partner_id` and the figures `behind` the classes,
        of *all* clients of the company: ranks depend on everybody
    :param Scope scope: the company, the day as of which the figures are, the policy
    :return: SQL of a SELECT of all columns of the source, and those `computed`
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
        source=source,
        helpers=_more(scope, helpers),
        measures=_more(scope, measures),
        classes=_more(scope, [(one.computed, one.sql) for one in dimensions]),
    )


def _more(scope, pairs):
    """:return: SQL of more columns, from pairs of a name and an expression"""
    return SQL("").join(
        SQL(", %s AS %s", scope.sql(expression), SQL.identifier(name))
        for name, expression in pairs
    )
