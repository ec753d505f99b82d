"""The revenue that a company loses if some of its clients leave."""

from odoo.tools import SQL

from ..planner import without_jit

# The groups of best clients whose share is shown: name and number of clients.
TOPS = {"top_1": 1, "top_3": 3, "top_10": 10}


def loss(env, clients, lost):
    """The revenue of the window, and the part of it that is lost if some clients leave.

    :param SQL clients: a query of `partner_id`, `revenue` and `overdue` of all clients
    :param SQL lost: a query of ids of the commercial partners that leave
    :return: dict with `lost`, the number of clients that leave, `overdue`, the amount
        that they owe, `revenue` of all clients, and `lost_revenue` of those that leave
    """
    without_jit(env)
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
    """The revenue and the lost revenue, grouped by a qualifier of the clients.

    :param str column: name of a many2one field of `res.partner`
    :return: list of `(id or None, revenue, lost revenue)`, the largest loss first
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
