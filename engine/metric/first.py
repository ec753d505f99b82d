"""Filling the metric table when the addon is installed."""

from contextlib import contextmanager

from odoo.tools import SQL


@contextmanager
def without_foreign_keys(env):
    """Fill the empty metric table, and create its foreign keys again afterwards.

    PostgreSQL checks a foreign key row by row while rows are inserted, which takes a
    sixth of the time of a first refresh, and all rows at once when the key is created.
    This locks the table until the end of the transaction, so it is for the installation
    only, when nobody else sees the table.
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
    for name, _definition in keys:
        _alter(env, SQL("DROP CONSTRAINT %s", SQL.identifier(name)))
    yield
    env.flush_all()
    for name, definition in keys:
        name = SQL.identifier(name)
        # As PostgreSQL itself writes it.
        _alter(env, SQL("ADD CONSTRAINT %s %s", name, SQL(definition)))


def _alter(env, change):
    env.cr.execute(SQL("ALTER TABLE client_metric %s", change))
