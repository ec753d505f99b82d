"""From class to class: how many clients moved, which ones, and with what revenue."""

from odoo.tools import SQL

# Clients that are named beside a number.
NAMED = 5


def members(clients, source, condition):
    """The query of the clients in a class.

    :param SQL clients: a query of the `partner_id` that count
    :param SQL source: the classes of a moment, see `history.segments`
    :param SQL condition: on a row of `source`, empty for clients that it lacks
    :return: SQL of a SELECT of `partner_id`
    """
    return SQL(
        """
        SELECT client.partner_id
          FROM (%s) client
     LEFT JOIN (%s) source ON source.partner_id = client.partner_id
         WHERE %s
        """,
        clients,
        source,
        condition,
    )


def moves(clients, before, after, names):
    """The query of the moves.

    :param SQL clients: a query of the `partner_id` that count
    :param SQL before: the classes before, see `history.segments`
    :param SQL after: the classes after
    :param names: columns of the two with the classes to compare
    :return: SQL of a SELECT of `partner_id`, `revenue_before`, `revenue_after`, and
        `name`, `old`, `new` of a class; one row for each client and name
    """
    pairs = (
        SQL(
            "(%s, before.%s, after.%s)",
            name,
            SQL.identifier(name),
            SQL.identifier(name),
        )
        for name in names
    )
    return SQL(
        """
        SELECT client.partner_id,
               COALESCE(before.revenue, 0) AS revenue_before,
               COALESCE(after.revenue, 0) AS revenue_after,
               class.name, class.old, class.new
          FROM (%(clients)s) client
     LEFT JOIN (%(before)s) before ON before.partner_id = client.partner_id
     LEFT JOIN (%(after)s) after ON after.partner_id = client.partner_id
    CROSS JOIN LATERAL (VALUES %(pairs)s) class(name, old, new)
        """,
        clients=clients,
        before=before,
        after=after,
        pairs=SQL(", ").join(pairs),
    )


def matrix(env, clients, before, after, names):
    """Count the moves; parameters as of `moves`.

    :return: dicts with `name`, `old` and `new` of a class, the `count` of clients,
        their `revenue_before` and `revenue_after` (company currency), the `lowest`
        of the latter, and `named`: `(id, revenue after)` of the first of those that
        moved, by revenue
    """
    env.cr.execute(
        SQL(
            """
            SELECT name, old, new, COUNT(*) AS count,
                   SUM(revenue_before) AS revenue_before,
                   SUM(revenue_after) AS revenue_after,
                   MIN(revenue_after) AS lowest,
                   (ARRAY_AGG(partner_id ORDER BY revenue_after DESC, partner_id)
                        FILTER (WHERE old IS DISTINCT FROM new))[:%(named)s] AS ids,
                   (ARRAY_AGG(revenue_after ORDER BY revenue_after DESC, partner_id)
                        FILTER (WHERE old IS DISTINCT FROM new))[:%(named)s] AS revenues
              FROM (%(moves)s) moves
          GROUP BY name, old, new
            """,
            moves=moves(clients, before, after, names),
            named=NAMED,
        )
    )
    rows = env.cr.dictfetchall()
    for row in rows:
        ids, revenues = row.pop("ids") or (), row.pop("revenues") or ()
        row["named"] = list(zip(ids, revenues, strict=True))
    return rows
