"""Check whether the metric table matches the documents, without writing."""

from odoo.tools import SQL

from ..classes.query import classes
from ..figures.query import figures
from .columns import columns, in_effect


def verify(env, scope):
    """Compare the metric table of a company with freshly computed values.

    :return: ids of the clients whose figures or computed classes differ from those
        values, or whose class in effect is neither decided nor computed
    """
    env.flush_all()
    catalogue = scope.catalogue
    fresh = SQL("SELECT NULL::int AS id, figures.* FROM (%s) figures", figures(scope))
    names = (*catalogue.figures, *catalogue.computed)
    is_empty = SQL(" AND ").join(
        SQL("%s = 0", SQL.identifier("metric", name))
        if name in catalogue.zero_figures
        else SQL("%s IS NULL", SQL.identifier("metric", name))
        for name in catalogue.figures
    )
    rows = env.execute_query(
        SQL(
            """
            WITH fresh AS (%(classes)s),
                 metric AS (
                     SELECT *, (%(effective)s) IS DISTINCT FROM (%(in_effect)s)
                               AS is_not_in_effect
                       FROM client_metric
                      WHERE company_id = %(company)s
                 )
            SELECT COALESCE(fresh.partner_id, metric.partner_id)
              FROM fresh
              FULL JOIN metric USING (partner_id)
             WHERE CASE WHEN fresh.partner_id IS NULL THEN NOT (%(is_empty)s)
                        ELSE (%(fresh)s) IS DISTINCT FROM (%(metric)s) END
                OR is_not_in_effect
          ORDER BY 1
            """,
            classes=classes(fresh, scope),
            company=scope.company.id,
            is_empty=is_empty,
            fresh=columns(names, "fresh"),
            metric=columns(names, "metric"),
            effective=columns(catalogue.effective),
            in_effect=SQL(", ").join(map(in_effect, catalogue.effective)),
        )
    )
    return [partner for (partner,) in rows]
