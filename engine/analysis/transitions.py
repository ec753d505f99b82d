"""From class to class: how many clients changed, which ones, and their revenue."""

from odoo.tools import SQL

# Clients that are named beside a number.
NAMED = 5


def transitions(clients, before, after, names):
    """The query of the transitions.

    :param SQL clients: a query of the `partner_id` that count
    :param SQL before: the classes before, see `moment.segments`
    :param SQL after: the classes after
    :param names: columns of the two with the classes to compare
    :return: SQL of a SELECT of `partner_id`, `revenue_before`, `revenue_after`, and
        `name`, `old`, `new` of a class; one row for each client and name
    """
    olds = [SQL.identifier(f"old_{name}") for name in names]
    news = [SQL.identifier(f"new_{name}") for name in names]
    classes = [SQL.identifier(name) for name in names]
    nothing = SQL(", ").join([SQL("NULL")] * len(names))
    return SQL(
        """
        SELECT client.partner_id, revenue_before, revenue_after,
               class.name, class.old, class.new
          FROM (
              -- Grouped, not joined: PostgreSQL can't tell how many rows the classes
              -- have, and might compare each of them with each.
              SELECT partner_id, %(largest)s,
                     COALESCE(SUM(revenue_before), 0) AS revenue_before,
                     COALESCE(SUM(revenue_after), 0) AS revenue_after
                FROM (
                    SELECT partner_id, NULL::numeric AS revenue_before,
                           NULL::numeric AS revenue_after, TRUE AS counts, %(empty)s
                      FROM (%(clients)s) client
                 UNION ALL
                    SELECT partner_id, revenue, NULL, FALSE, %(classes)s, %(nothing)s
                      FROM (%(before)s) before
                 UNION ALL
                    SELECT partner_id, NULL, revenue, FALSE, %(nothing)s, %(classes)s
                      FROM (%(after)s) after
                ) known
            GROUP BY partner_id
              HAVING BOOL_OR(counts)
          ) client
    CROSS JOIN LATERAL (VALUES %(pairs)s) class(name, old, new)
        """,
        largest=SQL(", ").join(
            SQL("MAX(%s) AS %s", column, column) for column in (*olds, *news)
        ),
        empty=SQL(", ").join(
            SQL("NULL::varchar AS %s", column) for column in (*olds, *news)
        ),
        classes=SQL(", ").join(classes),
        nothing=nothing,
        clients=clients,
        before=before,
        after=after,
        pairs=SQL(", ").join(
            SQL("(%s, %s, %s)", name, old, new)
            for name, old, new in zip(names, olds, news, strict=True)
        ),
    )


def transition_matrix(env, clients, before, after, names):
    """Count the transitions; for the parameters see `transitions`.

    :return: dicts with `name`, `old` and `new` of a class, the `count` of clients,
        their `revenue_before` and `revenue_after` (company currency), the `lowest`
        of the latter, and `named`: `(id, revenue after)` of the first of those that
        changed, by revenue
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
              FROM (%(transitions)s) transition
          GROUP BY name, old, new
            """,
            transitions=transitions(clients, before, after, names),
            named=NAMED,
        )
    )
    rows = env.cr.dictfetchall()
    for row in rows:
        ids, revenues = row.pop("ids") or (), row.pop("revenues") or ()
        row["named"] = list(zip(ids, revenues, strict=True))
    return rows
