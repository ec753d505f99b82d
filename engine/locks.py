"""Tables of numbered rows. Their only purpose is that transactions lock the rows."""

from odoo.tools import SQL

from .errors import RowsMissing


def fill(env, table, count):
    """Make sure that a table has the rows with the ids from 1 to `count`."""
    env.cr.execute(
        SQL(
            """
            INSERT INTO %s (id, version)
            SELECT id, 0 FROM generate_series(1, %s) id
                ON CONFLICT DO NOTHING
            """,
            SQL.identifier(table),
            count,
        )
    )


def check_rows(model, found, expected):
    """Raise `RowsMissing` if there are fewer lock rows than expected. Without these
    rows no transaction would wait for another one.
    """
    if found < expected:
        raise RowsMissing(model)
