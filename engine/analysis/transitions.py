"""Transitions between classes: how many clients changed, which ones, their revenue."""

from odoo.tools import SQL

from ..planner import for_all_clients

# The maximum number of clients shown by name beside a number.
NAMED = 5
# Name of the rows that compare two classes of the same moment.
OVERRULED = "overruled"


def transitions(clients, before, after, names, overruled=None):
    """The query of the transitions.

    :param SQL clients: a query of the `partner_id` to include
    :param SQL before: the classes before, see `moment.segments`
    :param SQL after: the classes after
    :param names: columns with the classes to compare, in `before` and `after`
    :param overruled: two of these columns, which are compared with each other `after`;
        the name of these rows is `OVERRULED`
    :return: SQL of a SELECT of `partner_id`, `revenue_before`, `revenue_after`, and
        `name`, `old`, `new` of a class; one row for each client and name
    """
    classes = [SQL.identifier(name) for name in names]
    # One row per client and side: before, after, and none for the clients to include.
    known = SQL(" UNION ALL ").join(
        SQL(
            "SELECT partner_id, %s::varchar AS side, %s FROM (%s) client",
            side,
            SQL(", ").join(columns),
            query,
        )
        for side, columns, query in (
            (None, _nulls(classes), clients),
            ("before", [SQL("revenue"), *classes], before),
            ("after", [SQL("revenue"), *classes], after),
        )
    )
    pairs = [
        SQL("(%s, %s, %s)", name, _on_side("before", name), _on_side("after", name))
        for name in names
    ]
    if overruled:
        sides = (_on_side("after", name) for name in overruled)
        pairs.append(SQL("(%s, %s, %s)", OVERRULED, *sides))
    return SQL(
        """
        SELECT client.partner_id, revenue_before, revenue_after,
               class.name, class.old, class.new
          FROM (
              -- Grouped, not joined: PostgreSQL does not know how many rows the classes
              -- have, and might compare every row with every other row.
              SELECT partner_id, %(values)s,
                     COALESCE(SUM(revenue) FILTER (WHERE side = 'before'), 0)
                         AS revenue_before,
                     COALESCE(SUM(revenue) FILTER (WHERE side = 'after'), 0)
                         AS revenue_after
                FROM (%(known)s) known
            GROUP BY partner_id
              HAVING BOOL_OR(side IS NULL)
          ) client
    CROSS JOIN LATERAL (VALUES %(pairs)s) class(name, old, new)
        """,
        values=SQL(", ").join(
            SQL(
                "MAX(%s) FILTER (WHERE side = %s) AS %s",
                SQL.identifier(name),
                side,
                _on_side(side, name),
            )
            for side in ("before", "after")
            for name in names
        ),
        known=known,
        pairs=SQL(", ").join(pairs),
    )


def _nulls(classes):
    """:return: SQL of columns without a revenue and classes"""
    return [
        SQL("NULL::numeric AS revenue"),
        *(SQL("NULL::varchar AS %s", column) for column in classes),
    ]


def _on_side(side, name):
    return SQL.identifier(f"{side}_{name}")


def transition_matrix(env, clients, before, after, names, overruled=None):
    """Count the transitions. See `transitions` for the parameters.

    :return: list of dicts with `name`, `old` and `new` of a class, the `count` of
        clients, their `revenue_before` and `revenue_after` (company currency),
        `lowest`, the smallest revenue after of a client, and `named`: pairs
        `(id, revenue after)` of the changed clients with the most revenue
    """
    for_all_clients(env)
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
            transitions=transitions(clients, before, after, names, overruled),
            named=NAMED,
        )
    )
    rows = env.cr.dictfetchall()
    for row in rows:
        ids, revenues = row.pop("ids") or (), row.pop("revenues") or ()
        row["named"] = list(zip(ids, revenues, strict=True))
    return rows
