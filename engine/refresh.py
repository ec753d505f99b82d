"""Bring the metric table up to date: write what changed, and nothing else.

Two statements a company: the figures of the clients in question, and then the ranks
and classes of all its clients from the table, because a rank depends on everybody.
Both write only rows that differ, and so a second refresh writes none. Refreshes of the
same company take turns.
"""

from itertools import chain
from sys import intern
from typing import NamedTuple

from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tools import SQL

from .classes import BEHIND, COMPUTED, classes
from .figures import FIGURES, figures
from .gate import check_rows

TURNS = 256
NOW = SQL("now() AT TIME ZONE 'UTC'")
# The classes, in their effective form: the decided one, else the computed one.
EFFECTIVE = ("revenue_class", "payment_class", "engagement")
# A client whose documents have all gone has these figures, and the others are empty.
ZEROS = (
    "revenue",
    "revenue_previous",
    "revenue_total",
    "invoice_count",
    "order_count",
    "payment_count",
    "overdue",
)


class ClassChange(NamedTuple):
    """An effective class of a client that is another one than before.

    `name` is one of `EFFECTIVE`; `old` and `new` are classes, or None.
    """

    partner_id: int
    name: str
    old: str | None
    new: str | None


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
    _take_turn(env, company)
    written = 0
    if clients is None or clients:
        written += write_figures(env, company, as_of, policy, clients)
    ranked, events = write_classes(env, company, as_of, policy)
    written += ranked
    if written:
        _end_turn(env, company)
    env["client.metric"].invalidate_model()
    env["res.partner"].invalidate_model(env["res.partner"]._client_metric_fields())
    return {"written": written, "events": events}


def _take_turn(env, company):
    """Wait for another refresh of the company; fail to serialize if it has written.

    A rank depends on everybody: two refreshes that do not see each other would write
    ranks that were never right, and perhaps no row in common.
    """
    turn = SQL(
        "SELECT FROM client_metric_turn WHERE id = %s FOR NO KEY UPDATE", _turn(company)
    )
    env.cr.execute(turn)
    check_rows(env, "client.metric.turn", env.cr.rowcount, 1)


def _end_turn(env, company):
    """Let those fail that wait for this refresh: what they see is out of date."""
    env.cr.execute(
        SQL(
            "UPDATE client_metric_turn SET version = version + 1 WHERE id = %s",
            _turn(company),
        )
    )


def _turn(company):
    """:return: id of the row that refreshes of a company lock; not the company's own,
    which other people write meanwhile
    """
    return company.id % TURNS + 1


def columns(names, prefix=None):
    """:return: SQL of columns, one after the other"""
    return SQL(", ").join(
        SQL.identifier(prefix, name) if prefix else SQL.identifier(name)
        for name in names
    )


def in_effect():
    """:return: SQL of the effective classes as they follow from the others, by name"""
    return {
        name: SQL(
            "COALESCE(%s, %s)",
            SQL.identifier(f"{name}_decided"),
            SQL.identifier(f"{name}_computed"),
        )
        for name in EFFECTIVE
    }


def effective():
    """:return: SQL of the columns of the effective classes"""
    return SQL(", ").join(
        SQL("%s AS %s", value, SQL.identifier(name))
        for name, value in in_effect().items()
    )


def decisions():
    """:return: SQL of the columns with what people decided"""
    return columns(f"{name}_decided" for name in EFFECTIVE)


def stored_figures(company, names=FIGURES):
    """:return: SQL of a SELECT of a company's rows of the metric table: figures, and
    what people decided
    """
    return SQL(
        "SELECT id, partner_id, %s, %s FROM client_metric WHERE company_id = %s",
        columns(names),
        decisions(),
        company.id,
    )


def write_figures(env, company, as_of, policy, clients):
    """Insert, update, empty or delete the rows of clients; :return: how many"""
    scope = SQL("company_id = %s", company.id)
    if clients is not None:
        scope = SQL("%s AND partner_id = ANY(%s)", scope, list(clients))
    empty = [SQL("0") if name in ZEROS else SQL("NULL") for name in FIGURES]
    fresh = figures(company, as_of, policy, clients)
    if clients is None:
        # PostgreSQL plans a query over everything for several processes, but not as
        # a part of a statement that writes.
        env.cr.execute(SQL("CREATE TEMP TABLE client_metric_fresh AS %s", fresh))
        env.cr.execute(SQL("ANALYZE client_metric_fresh"))
        fresh = SQL("TABLE client_metric_fresh")
    env.cr.execute(
        SQL(
            """
            WITH fresh AS MATERIALIZED (%(figures)s),
            gone AS (  -- no document and no meeting any more
                SELECT id, COALESCE(%(decided)s) IS NOT NULL AS is_decided
                  FROM client_metric
                 WHERE %(scope)s
                   AND NOT EXISTS (
                       SELECT FROM fresh WHERE partner_id = client_metric.partner_id)
            ), deleted AS (
                DELETE FROM client_metric
                 USING gone
                 WHERE gone.id = client_metric.id AND NOT is_decided
             RETURNING 1
            ), emptied AS (  -- what people decided stays
                UPDATE client_metric AS metric
                   SET (computed_at, %(names)s) = ROW(%(now)s, %(empty)s)
                  FROM gone
                 WHERE gone.id = metric.id AND is_decided
                   AND (%(current)s) IS DISTINCT FROM (%(empty)s)
             RETURNING 1
            ), written AS (
                INSERT INTO client_metric AS metric (
                    partner_id, company_id, computed_at, %(names)s)
                SELECT fresh.partner_id, %(company)s, %(now)s, %(fresh)s
                  FROM fresh
             LEFT JOIN client_metric metric
                    ON metric.partner_id = fresh.partner_id
                   AND metric.company_id = %(company)s
                 -- a row that stays as it is must not even be locked
                 WHERE metric.id IS NULL OR (%(current)s) IS DISTINCT FROM (%(fresh)s)
                    ON CONFLICT (company_id, partner_id) DO UPDATE
                   SET (computed_at, %(names)s) = ROW(EXCLUDED.computed_at, %(new)s)
             RETURNING 1
            )
            SELECT (SELECT COUNT(*) FROM deleted)
                 + (SELECT COUNT(*) FROM emptied)
                 + (SELECT COUNT(*) FROM written)
            """,
            figures=fresh,
            decided=decisions(),
            scope=scope,
            names=columns(FIGURES),
            fresh=columns(FIGURES, "fresh"),
            new=columns(FIGURES, "excluded"),
            current=columns(FIGURES, "metric"),
            empty=SQL(", ").join(empty),
            now=NOW,
            company=company.id,
        )
    )
    [(written,)] = env.cr.fetchall()
    if clients is None:
        env.cr.execute(SQL("DROP TABLE client_metric_fresh"))
    return written


def write_classes(env, company, as_of, policy):
    """Ranks and classes of a company's clients from the metric table.

    :return: number of rows written, and list of `ClassChange`
    """
    old_and_new = SQL(", ").join(
        SQL("old.%(name)s AS %(old)s, new.%(name)s AS %(new)s", **names)
        for names in _old_and_new()
    )
    changes = SQL(", ").join(
        SQL("(%(text)s, %(old)s, %(new)s)", **names) for names in _old_and_new()
    )
    written = (*COMPUTED, *EFFECTIVE)
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
            -- one row a change of class, and the number of rows written in each
            SELECT total.written, change.*
              FROM (SELECT COUNT(*) AS written FROM written) total
         LEFT JOIN (
                  SELECT partner_id, name, old, new
                    FROM written
              CROSS JOIN LATERAL (VALUES %(changes)s) change (name, old, new)
                   WHERE old IS DISTINCT FROM new
              ) change ON TRUE
            """,
            effective=effective(),
            classes=classes(stored_figures(company, BEHIND), as_of, policy),
            company=company.id,
            names=columns(written),
            now=NOW,
            differing=columns(written, "differing"),
            new=columns(written, "new"),
            old=columns(written, "old"),
            old_and_new=old_and_new,
            changes=changes,
        )
    )
    rows = iter(env.cr.fetchone, None)
    written, *first = next(rows)
    # Interned, for there can be some hundred thousand.
    events = [
        ClassChange(partner, intern(name), old and intern(old), new and intern(new))
        for partner, name, old, new in chain([first], (row[1:] for row in rows))
        if partner
    ]
    return written, events


def _old_and_new():
    """:return: for each effective class its name as SQL text and column, and the
    columns of its old and new value
    """
    return [
        {
            "text": SQL("%s", name),
            "name": SQL.identifier(name),
            "old": SQL.identifier(f"{name}_old"),
            "new": SQL.identifier(f"{name}_new"),
        }
        for name in EFFECTIVE
    ]


def again(env, run, attempts=5):
    """Run something in a cron, again when another transaction was faster.

    Odoo repeats requests that fail to serialize or meet in a deadlock, but not crons.
    What ran before in the same transaction must be committed.

    :return: what `run()` returns
    """
    for attempt in range(1, attempts + 1):
        try:
            return run()
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            env.cr.rollback()
            if attempt == attempts:
                raise
