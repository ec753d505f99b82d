"""The Pareto curve of other limits, before anybody keeps them."""

from odoo.tools import SQL

# So many points draw a smooth curve; the first clients have one each.
POINTS = 150
FIRST = 30


def curve(env, clients, source):
    """The clients by their revenue, and the share of it that they make together.

    :param SQL clients: a query of the `partner_id` that count
    :param SQL source: a query with `partner_id` and `revenue`
    :return: `(number of clients, per cent of the revenue)` of the points, from the
        best client to the last one with revenue
    """
    return env.execute_query(
        SQL(
            """
            SELECT number, share::float
              FROM (
                  SELECT COUNT(*) OVER best AS number,
                         COUNT(*) OVER () AS count,
                         ROUND(100 * SUM(revenue) OVER best / SUM(revenue) OVER (), 4)
                             AS share
                    FROM (
                        -- grouped, not joined, see `transitions`
                        SELECT partner_id, SUM(revenue) AS revenue
                          FROM (
                              SELECT partner_id, NULL::numeric AS revenue,
                                     TRUE AS counts
                                FROM (%(clients)s) client
                           UNION ALL
                              SELECT partner_id, revenue, FALSE
                                FROM (%(source)s) source
                          ) known
                      GROUP BY partner_id
                        HAVING BOOL_OR(counts)
                    ) client
                   WHERE revenue > 0
                  WINDOW best AS (
                      ORDER BY revenue DESC, partner_id
                      ROWS UNBOUNDED PRECEDING)
              ) client
             WHERE number <= %(first)s
                OR number = count
                OR number * %(points)s / count > (number - 1) * %(points)s / count
          ORDER BY number
            """,
            clients=clients,
            source=source,
            first=FIRST,
            points=POINTS,
        )
    )
