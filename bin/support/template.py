"""The databases of the tests: copies of one that has the addon's needs."""

import contextlib

from . import addon
from .console import step
from .disk import remove
from .paths import ADDON

STOCK = "stock"  # without the addon
DATABASE = "test"
INTEGRATION = "test_integrations"  # the same with more of Odoo's apps
EXTENSION = "test_extension"  # the same with an addon that extends this one
CACHE = "cache"  # prefix of the names of click-odoo's copies
SHIMS = ("test_shim_patient_browser", "test_shim_selfie_segmentation")


class TestDatabase:
    """Makes the databases anew for every run; click-odoo keeps the slow part of it.

    Attachments lie in the databases, thus a copy or a removal needs nothing else.
    """

    def __init__(self, command):
        self.command = command
        self.cluster = command.cluster

    def make(self):
        """Make the database with the addon installed, and the one without it."""
        with step("Database with what the addon depends on") as current:
            for name in self.cluster.databases():
                if not name.startswith(f"{CACHE}-"):
                    self.cluster.drop(name)
            remove(self.command.data)
            modules = [*addon.dependencies(), *SHIMS]
            cache = (f"--cache-prefix={CACHE}", "--cache-max-size=2")
            self.command.make(STOCK, modules, *cache, step=current)
        with step("Database with the addon") as current:
            self._copy(STOCK, DATABASE)
            self.command.update(DATABASE, "-i", ADDON, step=current)

    def make_copy(self, name):
        """Make a copy of it that gets more modules."""
        self._copy(DATABASE, name)

    @contextlib.contextmanager
    def copies(self):
        """Names of two databases of their own: with the addon, and without it."""
        names = ("processes", "processes_stock")
        try:
            with step("Databases, with the addon and without it"):
                for source, name in zip((DATABASE, STOCK), names, strict=True):
                    self._copy(source, name)
            yield names
        finally:
            for name in names:
                self.cluster.drop(name)

    @contextlib.contextmanager
    def copy_of_test(self, name):
        """A copy of the database, which goes afterwards."""
        try:
            self._copy(DATABASE, name)
            yield
        finally:
            self.cluster.drop(name)

    def _copy(self, source, target):
        """Copy a database, in a tenth of the time that click-odoo-copydb takes."""
        self.cluster.drop(target)
        self.cluster.sql(
            f'CREATE DATABASE "{target}" TEMPLATE "{source}" STRATEGY file_copy '
            f"OWNER {self.cluster.role}"
        )
