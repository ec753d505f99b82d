"""Tables of numbered rows that are there to be locked, and nothing else."""

from odoo.exceptions import UserError
from odoo.tools import SQL


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


def check_rows(env, model, found, expected):
    """Raise when rows of a model that are there to be locked are missing: without them
    nobody would wait for anybody.
    """
    if found < expected:
        raise UserError(
            env._(
                "Rows of the table “%s” are missing: ask an administrator to upgrade "
                "the app Client Segmentation.",
                model,
            )
        )
