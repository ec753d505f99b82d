"""The clients of the work lists of a review: who is on a list, who has left it.

A work list is a query of clients. When the review opens, the clients that the query
finds get a line each. From then on, the lines follow the query: a client that it no
longer finds has left the list, a new one gets a line, and one that comes back is open
again. Each is one statement per list, for any number of clients.
"""

from odoo.tools import SQL


def lock_review(env, review):
    """:return: whether this transaction may refresh a review. If another transaction is
    refreshing it, there is nothing to wait for
    """
    rows = env.execute_query(
        SQL(
            """
            SELECT 1 FROM client_review WHERE id = %s
               FOR NO KEY UPDATE SKIP LOCKED
            """,
            review,
        )
    )
    return bool(rows)


def follow(env, values, matching, now, is_new):
    """Make the lines of a list agree with its query.

    :param dict values: `list_id`, `review_id`, `company_id`, `is_figure`; and `mends`:
        whether a client that leaves the list has been mended
    :param SQL matching: SELECT of `id` (of the client) and `revenue_at_risk` of the
        clients that belong to the list now
    :param datetime now: the time to write
    :param bool is_new: whether new lines are of clients that came after the opening
    """
    env.cr.execute(
        SQL(
            """
            WITH known AS (
                -- Grouped, not joined: PostgreSQL does not know how many clients a
                -- list has, and might compare each line with each client.
                SELECT partner_id, MAX(line_id) AS line_id,
                       BOOL_OR(matches) AS matches,
                       BOOL_OR(has_left) AS has_left,
                       MAX(risk) FILTER (WHERE matches) AS risk,
                       MAX(risk) FILTER (WHERE NOT matches) AS old_risk
                  FROM (SELECT partner_id, id AS line_id, FALSE AS matches,
                               left_at IS NOT NULL AS has_left,
                               revenue_at_risk AS risk
                          FROM client_review_line
                         WHERE list_id = %(list_id)s
                     UNION ALL
                        SELECT id, NULL, TRUE, NULL,
                               COALESCE(revenue_at_risk, 0)::numeric
                          FROM (%(matching)s) matching) both_sides
              GROUP BY partner_id
            ), changed AS (
                UPDATE client_review_line line
                   SET left_at = CASE WHEN matches THEN NULL ELSE %(now)s END,
                       state = CASE
                           WHEN NOT matches AND %(mends)s THEN 'mended'
                           WHEN line.seen_at IS NOT NULL THEN 'seen'
                           WHEN NOT matches THEN 'gone'
                           ELSE 'todo' END,
                       revenue_at_risk = CASE
                           WHEN matches THEN risk ELSE line.revenue_at_risk END
                  FROM known
                 WHERE line.id = known.line_id
                   AND (matches = has_left
                        OR (matches AND risk IS DISTINCT FROM old_risk))
            )
            INSERT INTO client_review_line (
                list_id, review_id, company_id, is_figure, partner_id,
                revenue_at_risk, state, is_new)
            SELECT %(list_id)s, %(review_id)s, %(company_id)s, %(is_figure)s,
                   partner_id, risk, 'todo', %(is_new)s
              FROM known
             WHERE matches AND line_id IS NULL
          ORDER BY partner_id
       ON CONFLICT DO NOTHING
            """,
            matching=matching,
            now=now,
            is_new=is_new,
            **values,
        )
    )


def see(env, lines, user, now):
    """Mark lines as seen, if they are still to do.

    :param SQL lines: SELECT of the `id` of the lines
    :param int user: id of the user who has seen them
    :return: number of lines
    """
    env.cr.execute(
        SQL(
            """
            UPDATE client_review_line
               SET state = 'seen', seen_at = %s, seen_by_id = %s
             WHERE state = 'todo' AND id IN (%s)
            """,
            now,
            user,
            lines,
        )
    )
    return env.cr.rowcount


def join_lines(env, sources, target):
    """Before a merge of clients: one line per list remains of theirs, with what people
    have seen and noted. A client can be on a list only once.

    :param sources: ids of the partners that will be deleted
    :param int target: id of the remaining partner
    """
    env.cr.execute(
        SQL(
            """
            WITH lines AS (
                SELECT *, FIRST_VALUE(id) OVER (
                              PARTITION BY list_id
                              ORDER BY partner_id = %(target)s DESC, id) AS kept
                  FROM client_review_line
                 WHERE partner_id = ANY(%(partners)s)
            ), deleted AS (
                DELETE FROM client_review_line line
                 USING lines
                 WHERE line.id = lines.id AND lines.id != lines.kept
            )
            UPDATE client_review_line line
               SET seen_at = joined.seen_at,
                   seen_by_id = joined.seen_by_id,
                   note = joined.note,
                   state = CASE
                       WHEN line.state = 'todo' AND joined.seen_at IS NOT NULL
                       THEN 'seen' ELSE line.state END
              FROM (SELECT kept, MIN(seen_at) AS seen_at,
                           (ARRAY_AGG(seen_by_id ORDER BY seen_at)
                                FILTER (WHERE seen_at IS NOT NULL))[1] AS seen_by_id,
                           STRING_AGG(note, E'\n' ORDER BY id != kept, id) AS note
                      FROM lines
                  GROUP BY kept
                    HAVING COUNT(*) > 1) joined
             WHERE line.id = joined.kept
            """,
            partners=[target, *sources],
            target=target,
        )
    )
