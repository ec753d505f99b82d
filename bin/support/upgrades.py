"""Updates and uninstallation must not fail or lose data."""

import contextlib
import json

from .console import Problem, step
from .paths import ADDON, SUPPORT
from .template import DATABASE, STOCK

PLAIN = "test_base"
APPS = "test_upgrades"  # the addon with many of Odoo's apps
MODULES = (
    "sale_management",
    "purchase",
    "stock",
    "point_of_sale",
    "website_sale",
    "mass_mailing",
    "l10n_ch",
    "l10n_be",
)
IDS = "module, name FROM ir_model_data"
COLUMNS = (
    "table_name, column_name FROM information_schema.columns"
    " WHERE table_schema = 'public'"
)
TROUBLE = (" ERROR ", " CRITICAL ")
# Odoo first tries to delete records that are still in use; its own test of
# uninstallation leaves out what the database says of it, too.
TRIED = " odoo.sql_db: bad query: b'DELETE FROM "


class Upgrades:
    """Odoo's maintenance commands on copies of the test database."""

    def __init__(self, database):
        self.database = database
        self.command = database.command

    def base(self, current):
        """Update `base`, and with it everything."""
        with self.database.copy_of_test(PLAIN):
            self._update(PLAIN, "base", current)

    def many_apps(self):
        """Update `base`, all, and the addon twice, with many apps beside it."""
        with self.database.copy_of_test(APPS):
            with step("Database with many apps") as current:
                names = ",".join(MODULES)
                self.command.update(APPS, "-i", names, step=current)
            for name in ("base", "all", ADDON):
                with step(f"Update of {name}, with many apps") as current:
                    self._update(APPS, name, current)
            with step(f"Second update of {ADDON}") as current:
                before = self._snapshot(APPS, current)
                self._update(APPS, ADDON, current)
                self._same(before, self._snapshot(APPS, current))

    def uninstall(self, current):
        """Uninstall the addon: what is Odoo's stays, and the log says nothing."""
        with self._no_trouble("uninstalling", (*TROUBLE, " WARNING "), TRIED):
            self.command.uninstall(DATABASE, ADDON, step=current)
        current.tick("what is left")
        for columns in ("model, name FROM ir_model_fields", IDS):
            left, stock = (
                set(self.command.cluster.sql(f"SELECT {columns}", name).splitlines())
                for name in (DATABASE, STOCK)
            )
            self._differ("more or less than before, uninstalled", left ^ stock)

    def extension(self, current, database, addon):
        """Uninstall an addon that extends this one: it must leave no trace."""
        script = [SUPPORT / "extended.py", self.command.config, database]
        self.command.script([*script, "fill"], current)
        with self._no_trouble("uninstalling", (*TROUBLE, " WARNING ")):
            self.command.uninstall(database, addon, step=current)
        for columns in ("model, name FROM ir_model_fields", IDS, COLUMNS):
            left, before = (
                set(self.command.cluster.sql(f"SELECT {columns}", name).splitlines())
                for name in (database, DATABASE)
            )
            self._differ(f"left by {addon}, uninstalled", left ^ before)
        self.command.script([*script, "check"], current)

    def _update(self, database, name, current):
        with self._no_trouble(f"the update of {name}"):
            self.command.update(database, "-u", name, step=current)

    @contextlib.contextmanager
    def _no_trouble(self, what, levels=TROUBLE, left_out=None):
        """Raise a `Problem` when Odoo's log tells of trouble, even if it went on."""
        log = self.command.log
        start = log.stat().st_size if log.exists() else 0
        yield
        with open(log, encoding="utf-8", errors="replace") as text:
            text.seek(start)
            found = [line.rstrip() for line in text if any(map(line.count, levels))]
        found = [line for line in found if not left_out or left_out not in line]
        if found:
            raise Problem(f"{what} is not silent", found[:10])

    def _snapshot(self, database, current):
        file = self.command.folder / "snapshot.json"
        script = SUPPORT / "snapshot.py"
        self.command.script(
            [script, self.command.config, database, ADDON, file], current
        )
        return json.loads(file.read_text(encoding="utf-8"))

    def _same(self, before, after):
        rows = before.keys() | after.keys()
        changed = {row for row in rows if before.get(row) != after.get(row)}
        self._differ("written by an update that has nothing to do", changed)

    def _differ(self, when, rows):
        if rows:
            raise Problem(f"{len(rows)} rows {when}", sorted(rows)[:10])
