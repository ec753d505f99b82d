"""Bring the metric table up to date. Only rows that differ are written.

For all clients, one query over the documents computes figures and classes. For some
clients, the figures of these clients are computed from the documents, and then the
ranks and classes of all clients from the table, because a rank depends on all clients.
A second refresh writes nothing. Refreshes of the same company run one after another.
"""

from typing import NamedTuple

from odoo.tools import SQL

from ..classes.query import classes
from ..figures.query import figures
from ..planner import for_all_clients, without_jit
from ..scope import of_clients
from .columns import columns, effective, in_effect
from .turn import end_turn, take_turn

NOW = SQL("now() AT TIME ZONE 'UTC'")


class ClassChange(NamedTuple):
    """Clients whose effective class has changed.

    `name` is the name of a dimension; `old` and `new` are classes, or None. One object
    holds all clients with the same change, because there can be 100,000 of them.
    """

    name: str
    old: str | None
    new: str | None
    partner_ids: list[int]


def refresh(env, scope):
    """Refresh the figures of a company's clients, and the classes of all of them.

    :param Scope scope: the company, its policy, today as the as-of day; the clients
        whose figures are computed again, or None for all
    :return: dict with the number of rows `written`, and `events`, a list of
        `ClassChange`
    """
    env.flush_all()
    take_turn(env, scope.company)
    if scope.clients is None:
        for_all_clients(env)
        written, events = write_all(env, scope)
    else:
        without_jit(env)
        written, events = 0, []
        if scope.clients:
            written, events = write_figures(env, scope)
        reclassified, class_events = write_classes(env, scope)
        written, events = written + reclassified, events + class_events
    if written:
        end_turn(env, scope.company)
    return {"written": written, "events": events}


def write_all(env, scope):
    """Insert, update, empty or delete the rows of all clients: figures and classes.

    :return: number of rows written, and list of `ClassChange`
    """
    catalogue = scope.catalogue
    names = (*catalogue.figures, *catalogue.computed, *catalogue.effective)
    fresh = classes(figures(scope), scope)
    in_scope = SQL("company_id = %s", scope.company.id)
    # In a table of its own, because PostgreSQL never uses parallel workers for a query
    # that is a part of a statement that writes.
    env.cr.execute(
        SQL(
            "CREATE TEMP TABLE client_metric_differing AS %s",
            rows_to_write(catalogue, fresh, in_scope, names),
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
    """Insert, update, empty or delete the rows of some clients. Their classes are not
    updated here.

    :return: number of rows written, and list of `ClassChange` of the deleted rows
    """
    catalogue = scope.catalogue
    in_scope = SQL(
        "company_id = %s AND %s",
        scope.company.id,
        of_clients(SQL.identifier("partner_id"), scope.clients),
    )
    differing = rows_to_write(catalogue, figures(scope), in_scope, catalogue.figures)
    no_class = SQL(", ").join(
        SQL("NULL AS %s, %s", SQL.identifier(name), _old(name))
        for name in catalogue.effective
    )
    deleted = SQL(
        "(SELECT partner_id, %s FROM differing WHERE is_obsolete) deleted", no_class
    )
    env.cr.execute(
        SQL(
            "WITH %s %s",
            _write(scope, differing, catalogue.figures),
            _report(catalogue, deleted),
        )
    )
    return _reported(env)


def rows_to_write(catalogue, fresh, in_scope, names):
    """The rows of the metric table that differ from freshly computed values.

    :param SQL fresh: SELECT of `partner_id` and the fresh values of clients
    :param SQL in_scope: condition on the rows of the table for the same clients
    :param names: columns to compare: figures, computed and effective classes
    :return: SQL of a SELECT of `metric_id`, `partner_id`, `is_obsolete` (the client no
        longer has documents, open lines, meetings or decisions), these columns with
        their new values, and the old effective classes
    """
    new = {name: _new(catalogue, name) for name in names}
    is_obsolete = SQL(
        "(fresh.partner_id IS NULL AND COALESCE(%s) IS NULL)",
        columns(catalogue.decided, "metric"),
    )
    return SQL(
        """
        SELECT metric.id AS metric_id,
               COALESCE(fresh.partner_id, metric.partner_id) AS partner_id,
               %(is_obsolete)s AS is_obsolete, %(new)s, %(old)s
          FROM (%(fresh)s) fresh
          FULL JOIN (SELECT * FROM client_metric WHERE %(in_scope)s) metric
            ON metric.partner_id = fresh.partner_id
         -- a row that does not change must not be locked
         WHERE metric.id IS NULL
            OR %(is_obsolete)s
            OR (%(current)s) IS DISTINCT FROM (%(values)s)
        """,
        is_obsolete=is_obsolete,
        new=SQL(", ").join(
            SQL("%s AS %s", value, SQL.identifier(name)) for name, value in new.items()
        ),
        old=_olds(catalogue.effective, "metric"),
        fresh=fresh,
        in_scope=in_scope,
        current=columns(names, "metric"),
        values=SQL(", ").join(new.values()),
    )


def _new(catalogue, name):
    """:return: SQL of the new value of a column of the metric table. A client without
    documents keeps its decided classes, with empty figures
    """
    if name in catalogue.effective:
        return in_effect(name, "metric", "fresh")
    value = SQL.identifier("fresh", name)
    return SQL("COALESCE(%s, 0)", value) if name in catalogue.zero_figures else value


def _write(scope, differing, names):
    """:return: SQL of the CTEs `differing`, see `rows_to_write`, and `written`, one row
    for each row that was deleted, inserted or updated in these columns
    """
    # Rows to delete are found by their ids, and the others by the conflict, never by a
    # join: the statistics of PostgreSQL may be older than the rows of the table, and it
    # would compare all pairs of rows.
    return SQL(
        """
        differing AS MATERIALIZED (%(differing)s),
        deleted AS (
            DELETE FROM client_metric
             WHERE id = ANY(ARRAY(SELECT metric_id FROM differing WHERE is_obsolete))
         RETURNING 1
        ), upserted AS (%(upsert)s),
        written AS (
            SELECT 1 FROM deleted UNION ALL SELECT 1 FROM upserted
        )
        """,
        differing=differing,
        upsert=_upsert(scope, names, SQL("NOT is_obsolete")),
    )


def _upsert(scope, names, condition):
    """:return: SQL that inserts or updates these columns of the rows of `differing`"""
    return SQL(
        """
        INSERT INTO client_metric (partner_id, company_id, computed_at, %(names)s)
        SELECT partner_id, %(company)s, %(now)s, %(names)s
          FROM differing
         WHERE %(condition)s
            ON CONFLICT (company_id, partner_id) DO UPDATE
           SET (computed_at, %(names)s) = ROW(EXCLUDED.computed_at, %(new)s)
     RETURNING 1
        """,
        company=scope.company.id,
        names=columns(names),
        now=NOW,
        condition=condition,
        new=columns(names, "excluded"),
    )


def write_classes(env, scope):
    """Ranks and classes of a company's clients from the metric table.

    :return: number of rows written, and list of `ClassChange`
    """
    catalogue = scope.catalogue
    names = (*catalogue.computed, *catalogue.effective)
    stored = SQL(
        "SELECT partner_id, %s, %s, %s FROM client_metric WHERE company_id = %s",
        columns(catalogue.class_figures),
        columns(catalogue.decided),
        _olds(names, "client_metric"),
        scope.company.id,
    )
    env.cr.execute(
        SQL(
            """
            WITH differing AS MATERIALIZED (  -- usually only a few rows
                SELECT *
                  FROM (SELECT classes.*, %(effective)s FROM (%(classes)s) classes) new
                 WHERE (%(old)s) IS DISTINCT FROM (%(names)s)
            ), written AS (%(upsert)s)
            %(report)s
            """,
            effective=effective(catalogue),
            classes=classes(stored, scope),
            old=SQL(", ").join(map(_old, names)),
            names=columns(names),
            upsert=_upsert(scope, names, SQL("TRUE")),
            report=_report(catalogue, SQL("differing")),
        )
    )
    return _reported(env)


def _report(catalogue, rows):
    """The SELECT at the end of a statement that writes, for `_reported`.

    :param SQL rows: the written rows, with old and new effective classes
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


def _olds(names, metric):
    """:return: SQL of the columns `_old` of some columns of the alias `metric`"""
    return SQL(", ").join(
        SQL("%s AS %s", SQL.identifier(metric, name), _old(name)) for name in names
    )
