"""Filling the metric table when the addon is installed."""

from contextlib import contextmanager

from odoo.tools import SQL


@contextmanager
def empty_table(env):
    """Fill the empty metric table without its foreign keys and its indexes, except the
    unique one, and create them again afterwards.

    PostgreSQL checks keys and sorts rows into indexes one by one while rows are
    inserted, which takes a fourth of the time of a first refresh, and all at once when
    they are created. This locks the table until the end of the transaction, so it is
    for the installation only, when nobody else sees the table.
    """
    keys = env.execute_query(
        SQL(
            """
            SELECT conname, pg_get_constraintdef(oid)
              FROM pg_constraint
             WHERE conrelid = 'client_metric'::regclass AND contype = 'f'
          ORDER BY conname
            """
        )
    )
    indexes = env.execute_query(
        SQL(
            """
            SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid)
              FROM pg_index
             WHERE indrelid = 'client_metric'::regclass AND NOT indisunique
          ORDER BY indexrelid
            """
        )
    )
    for name, _definition in keys:
        _alter(env, SQL("DROP CONSTRAINT %s", SQL.identifier(name)))
    for name, _definition in indexes:
        env.cr.execute(SQL("DROP INDEX %s", SQL(name)))
    yield
    env.flush_all()
    # As PostgreSQL itself writes them.
    for _name, definition in indexes:
        env.cr.execute(SQL(definition))
    for name, definition in keys:
        name = SQL.identifier(name)
        _alter(env, SQL("ADD CONSTRAINT %s %s", name, SQL(definition)))


def _alter(env, change):
    env.cr.execute(SQL("ALTER TABLE client_metric %s", change))
