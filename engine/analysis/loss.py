"""The revenue that is lost with some clients."""

from odoo.tools import SQL

# The best clients whose share is shown, by name: how many they are.
TOPS = {"top_1": 1, "top_3": 3, "top_10": 10}


def loss(env, clients, lost):
    """The revenue of the window, and what of it is lost with some clients.

    :param SQL clients: a query of `partner_id`, `revenue` and `overdue` of all clients
    :param SQL lost: a query of ids of the commercial partners that leave
    :return: dict with the number `lost` of clients that leave, what they owe as
        `overdue`, the `revenue` of all and of those that leave as `lost_revenue`
    """
    env.cr.execute(
        SQL(
            """
            SELECT COUNT(*) FILTER (WHERE leaves) AS lost,
                   COALESCE(SUM(overdue) FILTER (WHERE leaves), 0)::float AS overdue,
                   COALESCE(SUM(revenue), 0)::float AS revenue,
                   COALESCE(SUM(revenue) FILTER (WHERE leaves), 0)::float
                       AS lost_revenue
              FROM (%s) client
            """,
            _leaving(clients, lost),
        )
    )
    return env.cr.dictfetchone()


def loss_by(env, clients, lost, column):
    """The same by a qualifier of the clients.

    :param str column: of `res.partner`, a many2one
    :return: `(id or None, revenue, lost revenue)` each, the largest loss first
    """
    return env.execute_query(
        SQL(
            """
            SELECT %s, SUM(revenue)::float,
                   COALESCE(SUM(revenue) FILTER (WHERE leaves), 0)::float
              FROM (%s) client
              JOIN res_partner partner ON partner.id = client.partner_id
          GROUP BY 1
          ORDER BY 3 DESC, 2 DESC, 1
            """,
            SQL.identifier("partner", column),
            _leaving(clients, lost),
        )
    )


def _leaving(clients, lost):
    return SQL(
        "SELECT client.*, partner_id IN (%s) AS leaves FROM (%s) client", lost, clients
    )
