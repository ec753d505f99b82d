"""Tables of numbered rows that are there to be locked, and nothing else."""

from odoo.tools import SQL

from .errors import RowsMissing


def fill(env, table, count):
    """See to it that a table has its rows, from 1 to `count`."""
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
    """Raise `RowsMissing` when rows of a model that are there to be locked are missing:
    without them nobody would wait for anybody.
    """
    if found < expected:
        raise RowsMissing(model)
