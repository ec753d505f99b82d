"""Check whether the metric table matches the documents, without writing.

A client differs if a refresh would write or delete its row, or if a column that no
refresh writes is not valid: a decision that nobody has taken (the journal knows them),
a reason without its decision, the time of the last business.

Clients in the queue do not differ: their rows are to be computed. The classes of the
others are compared with those that follow from the rows as they are, because ranks
depend on all clients.
"""

from odoo.fields import Datetime
from odoo.tools import SQL

from ..classes.query import classes
from ..figures.query import figures
from ..planner import for_all_clients
from .columns import columns
from .refresh import rows_to_write


def verify(env, scope):
    """Compare the metric table of a company with freshly computed values.

    :return: ids of the clients whose row differs
    """
    env.flush_all()
    waiting = waiting_clients(env, scope.company)
    if 0 in waiting:  # all clients
        return []
    for_all_clients(env)
    catalogue = scope.catalogue
    names = (*catalogue.figures, *catalogue.computed, *catalogue.effective)
    in_scope = SQL("company_id = %s", scope.company.id)
    if waiting:
        in_scope = SQL("%s AND partner_id != ALL(%s)", in_scope, waiting)
    rows = env.execute_query(
        SQL(
            """
            SELECT partner_id FROM (%s) differing
             UNION
            SELECT partner_id FROM client_metric metric WHERE %s AND (%s)
          ORDER BY 1
            """,
            rows_to_write(catalogue, _fresh(scope, waiting), in_scope, names),
            in_scope,
            SQL(" OR ").join(_not_valid(scope)),
        )
    )
    return [partner for (partner,) in rows]


def waiting_clients(env, company):
    """:return: list of the ids of the clients in the queue of a company"""
    query = SQL(
        "SELECT DISTINCT partner_id FROM client_metric_queue WHERE company_id = %s",
        company.id,
    )
    return [client for (client,) in env.execute_query(query)]


def _fresh(scope, waiting):
    """:return: SQL of the fresh figures and classes, without the clients that wait"""
    if not waiting:
        return classes(figures(scope), scope)
    names = columns(("partner_id", *scope.catalogue.figures))
    # The classes depend on the rows of the waiting clients as they are.
    source = SQL(
        """
        SELECT %(names)s FROM (%(figures)s) fresh WHERE partner_id != ALL(%(waiting)s)
     UNION ALL
        SELECT %(names)s FROM client_metric
         WHERE company_id = %(company)s AND partner_id = ANY(%(waiting)s)
        """,
        names=names,
        figures=figures(scope),
        waiting=waiting,
        company=scope.company.id,
    )
    return SQL(
        "SELECT * FROM (%s) classes WHERE partner_id != ALL(%s)",
        classes(source, scope),
        waiting,
    )


def _not_valid(scope):
    """:return: list of SQL conditions on `metric`, one of which is true if a column
    that no refresh writes is not valid
    """
    now = Datetime.now()
    conditions = [
        SQL("(business_at IS NULL) != (business_date IS NULL)"),
        SQL("business_at > %s", now),
    ]
    for dimension in scope.catalogue.dimensions:
        decided = SQL.identifier("metric", dimension.decided)
        conditions.append(
            SQL(
                """%(decided)s IS NOT NULL AND NOT EXISTS (
                       SELECT FROM client_change change
                        WHERE change.partner_id = metric.partner_id
                          AND change.company_id = metric.company_id
                          AND change.qualifier = %(field)s
                          AND change.new_value = %(decided)s)""",
                decided=decided,
                field=dimension.field,
            )
        )
        if dimension.only_decided:
            conditions.append(
                SQL(
                    "(COALESCE(%s, '') != '') != (%s IS NOT NULL AND %s IN %s)",
                    SQL.identifier("metric", f"{dimension.name}_reason"),
                    decided,
                    decided,
                    dimension.only_decided,
                )
            )
    return conditions
