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
    return SQL(
        """
        WITH figures AS MATERIALIZED (
            SELECT source.*%(helpers)s FROM (%(source)s) source
        )
        SELECT ranked.*%(classes)s
          FROM (SELECT figures.*%(measures)s FROM figures %(levels)s) ranked
        """,
        source=figures_query,
        helpers=_extra_columns(scope, helpers),
        measures=SQL("").join(
            _extra_columns(scope, _measures(dimension)) for dimension in dimensions
        ),
        levels=SQL("").join(
            _levels(scope, dimension) for dimension in dimensions if dimension.ranked_by
        ),
        classes=_extra_columns(scope, [(dim.computed, dim.sql) for dim in dimensions]),
    )


def _measures(dimension):
    """:return: pairs of the name and the SQL of a dimension's measures"""
    if not dimension.ranked_by:
        return dimension.measures
    return [
        (name, SQL.identifier(_level(dimension), name))
        for name, _expression in dimension.measures
    ]


def _levels(scope, dimension):
    """:return: SQL of a join with the measures of a dimension, one row per value: there
    are fewer values than clients, and their rows are short

    Each value is that of a client, so a full join has the rows of a left join. Unlike
    that, PostgreSQL never executes it by comparing each row with each other one, as it
    would where the statistics of the table are older than its rows: after the first
    refresh, for example.
    """
    return SQL(
        """
        FULL JOIN (
            SELECT %(value)s AS %(key)s%(measures)s
              FROM (SELECT %(value)s, COUNT(*) AS clients, SUM(%(value)s) AS total
                      FROM figures
                     WHERE %(value)s IS NOT NULL
                  GROUP BY %(value)s) level
        ) %(level)s ON %(level)s.%(key)s = figures.%(value)s
        """,
        value=SQL.identifier(dimension.ranked_by),
        measures=_extra_columns(scope, dimension.measures),
        level=SQL.identifier(_level(dimension)),
        # A name of its own: measures of other dimensions may read the helper.
        key=SQL.identifier(f"{_level(dimension)}_key"),
    )


def _level(dimension):
    return f"{dimension.name}_level"


def _extra_columns(scope, pairs):
    """:return: SQL of additional columns, from pairs of a name and an expression"""
    return SQL("").join(
        SQL(", %s AS %s", scope.render(expression), SQL.identifier(name))
        for name, expression in pairs
    )
