"""Transitions between classes: how many clients changed, which ones, their revenue."""

from odoo.tools import SQL

# The maximum number of clients shown by name beside a number.
NAMED = 5


def transitions(clients, before, after, names):
    """The query of the transitions.

    :param SQL clients: a query of the `partner_id` to include
    :param SQL before: the classes before, see `moment.segments`
    :param SQL after: the classes after
    :param names: columns with the classes to compare, in `before` and `after`
    :return: SQL of a SELECT of `partner_id`, `revenue_before`, `revenue_after`, and
        `name`, `old`, `new` of a class; one row for each client and name
    """
    old_columns = [SQL.identifier(f"old_{name}") for name in names]
    new_columns = [SQL.identifier(f"new_{name}") for name in names]
    classes = [SQL.identifier(name) for name in names]
    nulls = SQL(", ").join([SQL("NULL")] * len(names))
    return SQL(
        """
        SELECT client.partner_id, revenue_before, revenue_after,
               class.name, class.old, class.new
          FROM (
              -- Grouped, not joined: PostgreSQL does not know how many rows the classes
              -- have, and might compare every row with every other row.
              SELECT partner_id, %(largest)s,
                     COALESCE(SUM(revenue_before), 0) AS revenue_before,
                     COALESCE(SUM(revenue_after), 0) AS revenue_after
                FROM (
                    SELECT partner_id, NULL::numeric AS revenue_before,
                           NULL::numeric AS revenue_after, TRUE AS counts, %(empty)s
                      FROM (%(clients)s) client
                 UNION ALL
                    SELECT partner_id, revenue, NULL, FALSE, %(classes)s, %(nulls)s
                      FROM (%(before)s) before
                 UNION ALL
                    SELECT partner_id, NULL, revenue, FALSE, %(nulls)s, %(classes)s
                      FROM (%(after)s) after
                ) known
            GROUP BY partner_id
              HAVING BOOL_OR(counts)
          ) client
    CROSS JOIN LATERAL (VALUES %(pairs)s) class(name, old, new)
        """,
        largest=SQL(", ").join(
            SQL("MAX(%s) AS %s", column, column)
            for column in (*old_columns, *new_columns)
        ),
        empty=SQL(", ").join(
            SQL("NULL::varchar AS %s", column)
            for column in (*old_columns, *new_columns)
        ),
        classes=SQL(", ").join(classes),
        nulls=nulls,
        clients=clients,
        before=before,
        after=after,
        pairs=SQL(", ").join(
            SQL("(%s, %s, %s)", name, old, new)
            for name, old, new in zip(names, old_columns, new_columns, strict=True)
        ),
    )


def transition_matrix(env, clients, before, after, names):
    """Count the transitions. See `transitions` for the parameters.

    :return: list of dicts with `name`, `old` and `new` of a class, the `count` of
        clients, their `revenue_before` and `revenue_after` (company currency),
        `lowest`, the smallest revenue after of a client, and `named`: pairs
        `(id, revenue after)` of the changed clients with the most revenue
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
