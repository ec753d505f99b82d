"""Is the metric table what the documents give? Compares, and writes nothing."""

from odoo.tools import SQL

from ..classes.query import COMPUTED, classes
from ..figures.query import FIGURES, figures
from .columns import EFFECTIVE, ZEROS, columns, in_effect


def verify(env, company, as_of, policy):
    """Compare the metric table of a company with a fresh pass, without writing.

    :return: ids of the clients whose figures or computed classes are not those that
        the documents give today, or whose classes are neither decided nor computed
    """
    env.flush_all()
    fresh = SQL(
        "SELECT NULL::int AS id, figures.* FROM (%s) figures",
        figures(company, as_of, policy),
    )
    names = (*FIGURES, *COMPUTED)
    is_empty = SQL(" AND ").join(
        SQL("%s = 0", SQL.identifier("metric", name))
        if name in ZEROS
        else SQL("%s IS NULL", SQL.identifier("metric", name))
        for name in FIGURES
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
            classes=classes(fresh, as_of, policy),
            company=company.id,
            is_empty=is_empty,
            fresh=columns(names, "fresh"),
            metric=columns(names, "metric"),
            effective=columns(EFFECTIVE),
            in_effect=SQL(", ").join(map(in_effect, EFFECTIVE)),
        )
    )
    return [partner for (partner,) in rows]
