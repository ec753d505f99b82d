"""The hand-written tables of the demo clientele, read from ``data/*.csv``."""

import csv
from functools import cache

from odoo.tools import file_open


@cache
def rows(table):
    """The rows of one table, as dicts of strings ('' where a cell is empty)."""
    with file_open(f"client_segmentation/demo/data/{table}.csv") as file:
        return tuple(csv.DictReader(file))


@cache
def by(table, key):
    """The rows of one table by the value of one column."""
    return {row[key]: row for row in rows(table)}
