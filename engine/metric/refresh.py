"""Bring the metric table up to date: write what changed, and nothing else.

All clients: one pass over the documents gives figures and classes, and what differs is
written. Some clients: their figures, and then the ranks and classes of everybody from
the table, because a rank depends on all. Only rows that differ are written, and so a
second refresh writes none. Refreshes of the same company take turns.
"""

from typing import NamedTuple

from odoo.tools import SQL

from ..classes.query import BEHIND, COMPUTED, classes
from ..figures.query import FIGURES, figures
from .columns import (
    EFFECTIVE,
    ZEROS,
    columns,
    decisions,
    effective,
    in_effect,
    stored_figures,
)
from .turn import end_turn, take_turn

NOW = SQL("now() AT TIME ZONE 'UTC'")
ALL = (*FIGURES, *COMPUTED, *EFFECTIVE)


class ClassChange(NamedTuple):
    """Clients with another effective class than before.

    `name` is one of `EFFECTIVE`; `old` and `new` are classes, or None. All that changed
    alike are one object, for there can be some hundred thousand.
    """

    name: str
    old: str | None
    new: str | None
    partner_ids: list[int]


def refresh(env, company, as_of, policy, clients=None):
    """Refresh the figures of a company's clients, and the classes of all of them.

    :param company: `res.company`
    :param date as_of: today, for the company
    :param Policy policy: the company's limits
    :param clients: ids of commercial partners, or None for all
    :return: dict with the number of rows `written`, and `events`: a list of
        `ClassChange`
    """
    env.flush_all()
    take_turn(env, company)
    if clients is None:
        written, events = write_all(env, company, as_of, policy)
    else:
        written, gone = 0, []
        if clients:
            written, gone = write_figures(env, company, as_of, policy, clients)
        ranked, events = write_classes(env, company, as_of, policy)
        written, events = written + ranked, gone + events
    if written:
        end_turn(env, company)
    env["client.metric"].invalidate_model()
    env["res.partner"].invalidate_model(env["res.partner"]._client_metric_fields())
    return {"written": written, "events": events}


def write_all(env, company, as_of, policy):
    """Insert, update, empty or delete rows: the figures and classes of all clients.

    :return: number of rows written, and list of `ClassChange`
    """
    fresh = classes(figures(company, as_of, policy), as_of, policy)
    scope = SQL("company_id = %s", company.id)
    # PostgreSQL plans a query over everything for several processes, but not as a part
    # of a statement that writes.
    env.cr.execute(
        SQL(
            "CREATE TEMP TABLE client_metric_differing AS %s",
            _differing(fresh, scope, ALL),
        )
    )
    env.cr.execute(SQL("ANALYZE client_metric_differing"))
    env.cr.execute(
        SQL(
            "WITH %s %s",
            _write(company, SQL("TABLE client_metric_differing"), ALL),
            _report(SQL("differing")),
        )
    )
    result = _reported(env)
    env.cr.execute(SQL("DROP TABLE client_metric_differing"))
    return result


def write_figures(env, company, as_of, policy, clients):
    """Insert, update, empty or delete the rows of clients; classes do not follow yet.

    :return: number of rows written, and list of `ClassChange` of those deleted
    """
    scope = SQL("company_id = %s AND partner_id = ANY(%s)", company.id, list(clients))
    fresh = figures(company, as_of, policy, clients)
    no_class = SQL(", ").join(
        SQL("NULL AS %(name)s, %(old)s", **each) for each in _old_and_new()
    )
    gone = SQL("(SELECT partner_id, %s FROM differing WHERE is_gone) gone", no_class)
    env.cr.execute(
        SQL(
            "WITH %s %s",
            _write(company, _differing(fresh, scope, FIGURES), FIGURES),
            _report(gone),
        )
    )
    return _reported(env)


def _differing(fresh, scope, names):
    """The rows of the metric table that are not as they should be.

    :param SQL fresh: SELECT of `partner_id` and what is computed of clients
    :param SQL scope: condition on the rows of the table for the same clients
    :param names: columns that are compared, each a figure, or from `COMPUTED` or
        `EFFECTIVE`
    :return: SQL of a SELECT of `partner_id`, `is_gone` (no document, no meeting and no
        decision any more), these columns, and the effective classes so far
    """
    new = {name: _new(name) for name in names}
    is_gone = SQL(
        "(fresh.partner_id IS NULL AND COALESCE(%s) IS NULL)", decisions("metric")
    )
    return SQL(
        """
        SELECT COALESCE(fresh.partner_id, metric.partner_id) AS partner_id,
               %(is_gone)s AS is_gone, %(new)s, %(old)s
          FROM (%(fresh)s) fresh
          FULL JOIN (SELECT * FROM client_metric WHERE %(scope)s) metric
            ON metric.partner_id = fresh.partner_id
         -- a row that stays as it is must not even be locked
         WHERE metric.id IS NULL
            OR %(is_gone)s
            OR (%(current)s) IS DISTINCT FROM (%(values)s)
        """,
        is_gone=is_gone,
        new=SQL(", ").join(
            SQL("%s AS %s", value, SQL.identifier(name)) for name, value in new.items()
        ),
        old=SQL(", ").join(
            SQL("metric.%(name)s AS %(old)s", **each) for each in _old_and_new()
        ),
        fresh=fresh,
        scope=scope,
        current=columns(names, "metric"),
        values=SQL(", ").join(new.values()),
    )


def _new(name):
    """:return: SQL of what a column of the metric table should be: without documents,
    what people decided stays, with empty figures
    """
    if name in EFFECTIVE:
        return in_effect(name, "metric", "fresh")
    value = SQL.identifier("fresh", name)
    return SQL("COALESCE(%s, 0)", value) if name in ZEROS else value


def _write(company, differing, names):
    """:return: SQL of the CTEs `differing`, as of `_differing`, and `written`, one row
    for each row that was deleted, inserted or updated in these columns
    """
    return SQL(
        """
        differing AS MATERIALIZED (%(differing)s),
        deleted AS (
            DELETE FROM client_metric metric
             USING differing
             WHERE metric.company_id = %(company)s
               AND metric.partner_id = differing.partner_id
               AND is_gone
         RETURNING 1
        ), upserted AS (
            INSERT INTO client_metric (partner_id, company_id, computed_at, %(names)s)
            SELECT partner_id, %(company)s, %(now)s, %(names)s
              FROM differing
             WHERE NOT is_gone
                ON CONFLICT (company_id, partner_id) DO UPDATE
               SET (computed_at, %(names)s) = ROW(EXCLUDED.computed_at, %(new)s)
         RETURNING 1
        ), written AS (
            SELECT 1 FROM deleted UNION ALL SELECT 1 FROM upserted
        )
        """,
        differing=differing,
        company=company.id,
        names=columns(names),
        now=NOW,
        new=columns(names, "excluded"),
    )


def write_classes(env, company, as_of, policy):
    """Ranks and classes of a company's clients from the metric table.

    :return: number of rows written, and list of `ClassChange`
    """
    old_and_new = SQL(", ").join(
        SQL("old.%(name)s AS %(old)s", **each) for each in _old_and_new()
    )
    names = (*COMPUTED, *EFFECTIVE)
    env.cr.execute(
        SQL(
            """
            WITH new AS (
                SELECT classes.*, %(effective)s FROM (%(classes)s) classes
            ), differing AS MATERIALIZED (  -- few, most of the time
                SELECT new.*, %(old_and_new)s
                  FROM new
                  JOIN client_metric old ON old.id = new.id
                 WHERE old.company_id = %(company)s
                   AND (%(old)s) IS DISTINCT FROM (%(new)s)
            ), written AS (
                UPDATE client_metric metric
                   SET (computed_at, %(names)s) = ROW(%(now)s, %(differing)s)
                  FROM differing
                 WHERE metric.id = differing.id
             RETURNING differing.*
            )
            %(report)s
            """,
            effective=effective(),
            classes=classes(stored_figures(company, BEHIND), as_of, policy),
            company=company.id,
            names=columns(names),
            now=NOW,
            differing=columns(names, "differing"),
            new=columns(names, "new"),
            old=columns(names, "old"),
            old_and_new=old_and_new,
            report=_report(SQL("written")),
        )
    )
    return _reported(env)


def _report(rows):
    """The end of a statement that writes, which `_reported` reads.

    :param SQL rows: those written, with effective classes old and new
    """
    return SQL(
        """
        SELECT total.written, change.*
          FROM (SELECT COUNT(*) AS written FROM written) total
     LEFT JOIN (
              SELECT name, old, new, ARRAY_AGG(partner_id) AS partner_ids
                FROM %(rows)s
          CROSS JOIN LATERAL (VALUES %(changes)s) change (name, old, new)
               WHERE old IS DISTINCT FROM new
            GROUP BY name, old, new
          ) change ON TRUE
        """,
        rows=rows,
        changes=SQL(", ").join(
            SQL("(%(text)s, %(old)s, %(name)s)", **each) for each in _old_and_new()
        ),
    )


def _reported(env):
    """:return: number of rows written, and list of `ClassChange`"""
    rows = env.cr.fetchall()
    return rows[0][0], [ClassChange(*change) for _written, *change in rows if change[0]]


def _old_and_new():
    """:return: for each effective class its name as SQL text and column, and the
    column of its old value
    """
    return [
        {
            "text": SQL("%s", name),
            "name": SQL.identifier(name),
            "old": SQL.identifier(f"{name}_old"),
        }
        for name in EFFECTIVE
    ]
