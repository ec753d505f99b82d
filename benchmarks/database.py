"""Helpers of the benchmarks: the command line, the database, measuring."""

# A command-line script prints its results.
# pylint: disable=print-used

import argparse
import contextlib
import statistics
import time
from pathlib import Path

import odoo
from odoo import api
from odoo.modules.registry import Registry
from odoo.tools import SQL


def parser(description):
    """:return: an argument parser with the options of the database"""
    command = argparse.ArgumentParser(description=description)
    command.add_argument("-c", "--config", required=True, help="Odoo's configuration")
    command.add_argument("-d", "--database", required=True)
    return command


@contextlib.contextmanager
def environment(options):
    """The environment of the superuser in the database of `options`.

    Only the caller commits.
    """
    odoo.tools.config.parse_config(
        [f"--config={options.config}", "--log-level=warn"], setup_logging=True
    )
    with Registry(options.database).cursor() as cr:
        yield api.Environment(cr, api.SUPERUSER_ID, {})
        cr.rollback()


@contextlib.contextmanager
def step(name):
    """Print the duration of a step."""
    print(f"{name} ... ", end="", flush=True)
    start = time.perf_counter()
    yield
    print(f"{time.perf_counter() - start:.1f} s", flush=True)


@contextlib.contextmanager
def without_indexes(cr, tables):
    """Remove the indexes of tables, except unique ones, and restore them at the end.
    Both are committed.

    Creating an index once is six times faster than updating it with each row.
    """
    cr.execute(
        """
        SELECT indexname, indexdef
          FROM pg_indexes
          JOIN pg_class ON relname = indexname
          JOIN pg_index ON indexrelid = pg_class.oid
         WHERE tablename = ANY(%s) AND NOT indisunique
        """,
        [tables],
    )
    indexes = cr.fetchall()
    for name, _definition in indexes:
        cr.execute(SQL("DROP INDEX %s", SQL.identifier(name)))
    cr.commit()
    try:
        yield
    finally:
        with step(f"{len(indexes)} indexes"):
            cr.rollback()
            for _name, definition in indexes:
                cr.execute(definition)
            cr.commit()


def worked(pid):
    """:return: processor time of a process of this machine, in seconds"""
    try:
        return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e9
    except OSError:  # PostgreSQL runs elsewhere
        return 0


def median_ms(function, times=5):
    """Call `function` once to warm up; :return: its median duration after that"""
    return medians_ms({"": function}, times)[""]


def medians_ms(functions, times=5):
    """Call all functions in turns, so that other load slows all of them equally.

    :param dict functions: the functions by name
    :return: dict of the median duration by name, after one call to warm up
    """
    for function in functions.values():
        function()
    durations = {name: [] for name in functions}
    for _time in range(times):
        for name, function in functions.items():
            start = time.perf_counter()
            function()
            durations[name].append(time.perf_counter() - start)
    return {name: statistics.median(spent) * 1000 for name, spent in durations.items()}
