"""The Pareto curve for *What If*: with limits that are not saved yet."""

from odoo.tools import SQL

# This number of points gives a smooth curve; each of the first clients has a point.
POINTS = 150
FIRST = 30


def curve(env, clients, source):
    """The points of the curve: the share of the best clients in the total revenue.

    :param SQL clients: a query of the `partner_id` to include
    :param SQL source: a query with `partner_id` and `revenue`
    :return: list of `(number of clients, per cent of the revenue)`, from the best
        client to the last client with revenue
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
