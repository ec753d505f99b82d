"""Bring the metric table up to date: write what changed, and nothing else.

All clients: one pass over the documents gives figures and classes, and what differs is
written. Some clients: their figures, and then the ranks and classes of everybody from
the table, because a rank depends on all. Only rows that differ are written, and so a
second refresh writes none. Refreshes of the same company take turns.
"""

from typing import NamedTuple

from odoo.tools import SQL

from ..classes.query import classes
from ..figures.query import figures
from .columns import columns, effective, in_effect, stored_figures
from .turn import end_turn, take_turn

NOW = SQL("now() AT TIME ZONE 'UTC'")


class ClassChange(NamedTuple):
    """Clients with another effective class than before.

    `name` is that of a dimension; `old` and `new` are classes, or None. One object has
    all clients with the same change: there can be some hundred thousand.
    """

    name: str
    old: str | None
    new: str | None
    partner_ids: list[int]


def refresh(env, scope):
    """Refresh the figures of a company's clients, and the classes of all of them.

    :param Scope scope: the company, today, its policy; the clients whose figures are
        computed again, or None for all
    :return: dict with the number of rows `written`, and `events`: a list of
        `ClassChange`
    """
    env.flush_all()
    take_turn(env, scope.company)
    if scope.clients is None:
        written, events = write_all(env, scope)
    else:
        written, gone = 0, []
        if scope.clients:
            written, gone = write_figures(env, scope)
        ranked, events = write_classes(env, scope)
        written, events = written + ranked, gone + events
    if written:
        end_turn(env, scope.company)
    return {"written": written, "events": events}


def write_all(env, scope):
    """Insert, update, empty or delete rows: the figures and classes of all clients.

    :return: number of rows written, and list of `ClassChange`
    """
    catalogue = scope.catalogue
    names = (*catalogue.figures, *catalogue.computed, *catalogue.effective)
    fresh = classes(figures(scope), scope)
    own = SQL("company_id = %s", scope.company.id)
    # PostgreSQL plans a query over everything for several processes, but not as a part
    # of a statement that writes.
    env.cr.execute(
        SQL(
            "CREATE TEMP TABLE client_metric_differing AS %s",
            _differing(catalogue, fresh, own, names),
        )
    )
    env.cr.execute(SQL("ANALYZE client_metric_differing"))
    env.cr.execute(
        SQL(
            "WITH %s %s",
            _write(scope, SQL("TABLE client_metric_differing"), names),
            _report(catalogue, SQL("differing")),
        )
    )
    result = _reported(env)
    env.cr.execute(SQL("DROP TABLE client_metric_differing"))
    return result


def write_figures(env, scope):
    """Insert, update, empty or delete the rows of clients; classes do not follow yet.

    :return: number of rows written, and list of `ClassChange` of those deleted
    """
    catalogue = scope.catalogue
    own = SQL(
        "company_id = %s AND %s",
        scope.company.id,
        scope.of_clients(SQL.identifier("partner_id")),
    )
    differing = _differing(catalogue, figures(scope), own, catalogue.figures)
    no_class = SQL(", ").join(
        SQL("NULL AS %s, %s", SQL.identifier(name), _old(name))
        for name in catalogue.effective
    )
    gone = SQL("(SELECT partner_id, %s FROM differing WHERE is_gone) gone", no_class)
    env.cr.execute(
        SQL(
            "WITH %s %s",
            _write(scope, differing, catalogue.figures),
            _report(catalogue, gone),
        )
    )
    return _reported(env)


def _differing(catalogue, fresh, own, names):
    """The rows of the metric table that are not as they should be.

    :param SQL fresh: SELECT of `partner_id` and what is computed of clients
    :param SQL own: condition on the rows of the table for the same clients
    :param names: columns that are compared: figures, computed and effective classes
    :return: SQL of a SELECT of `partner_id`, `is_gone` (no document, no meeting and no
        decision any more), these columns, and the effective classes so far
    """
    new = {name: _new(catalogue, name) for name in names}
    is_gone = SQL(
        "(fresh.partner_id IS NULL AND COALESCE(%s) IS NULL)",
        columns(catalogue.decided, "metric"),
    )
    return SQL(
        """
        SELECT COALESCE(fresh.partner_id, metric.partner_id) AS partner_id,
               %(is_gone)s AS is_gone, %(new)s, %(old)s
          FROM (%(fresh)s) fresh
          FULL JOIN (SELECT * FROM client_metric WHERE %(own)s) metric
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
        old=_olds(catalogue, "metric"),
        fresh=fresh,
        own=own,
        current=columns(names, "metric"),
        values=SQL(", ").join(new.values()),
    )


def _new(catalogue, name):
    """:return: SQL of what a column of the metric table should be: without documents,
    what people decided stays, with empty figures
    """
    if name in catalogue.effective:
        return in_effect(name, "metric", "fresh")
    value = SQL.identifier("fresh", name)
    return SQL("COALESCE(%s, 0)", value) if name in catalogue.zeros else value


def _write(scope, differing, names):
    """:return: SQL of the CTEs `differing`, see `_differing`, and `written`, one row
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
        company=scope.company.id,
        names=columns(names),
        now=NOW,
        new=columns(names, "excluded"),
    )


def write_classes(env, scope):
    """Ranks and classes of a company's clients from the metric table.

    :return: number of rows written, and list of `ClassChange`
    """
    catalogue = scope.catalogue
    names = (*catalogue.computed, *catalogue.effective)
    env.cr.execute(
        SQL(
            """
            WITH new AS (
                SELECT classes.*, %(effective)s FROM (%(classes)s) classes
            ), differing AS MATERIALIZED (  -- few, most of the time
                SELECT new.*, %(olds)s
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
            effective=effective(catalogue),
            classes=classes(stored_figures(scope, catalogue.behind), scope),
            company=scope.company.id,
            names=columns(names),
            now=NOW,
            differing=columns(names, "differing"),
            new=columns(names, "new"),
            old=columns(names, "old"),
            olds=_olds(catalogue, "old"),
            report=_report(catalogue, SQL("written")),
        )
    )
    return _reported(env)


def _report(catalogue, rows):
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
            SQL("(%s, %s, %s)", name, _old(name), SQL.identifier(name))
            for name in catalogue.effective
        ),
    )


def _reported(env):
    """:return: number of rows written, and list of `ClassChange`"""
    rows = env.cr.fetchall()
    return rows[0][0], [ClassChange(*change) for _written, *change in rows if change[0]]


def _old(name):
    """:return: SQL of the column with the class in effect before the refresh"""
    return SQL.identifier(f"{name}_old")


def _olds(catalogue, metric):
    """:return: SQL of the columns `_old` of all classes, from the alias `metric`"""
    return SQL(", ").join(
        SQL("%s AS %s", SQL.identifier(metric, name), _old(name))
        for name in catalogue.effective
    )
