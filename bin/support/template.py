"""The database of the tests: a copy of a template that has the addon's needs."""

import contextlib
import hashlib
import shutil

from . import addon
from .console import step
from .paths import ADDON, SUPPORT

DATABASE = "test"
INTEGRATION = "test_integrations"  # the same with more of Odoo's apps
SHIMS = ("test_shim_patient_browser", "test_shim_selfie_segmentation")


class TestDatabase:
    """Makes the database anew for every run; the slow part of it only once."""

    def __init__(self, command):
        self.command = command
        self.cluster = command.cluster
        self.modules = [*addon.dependencies(), *SHIMS]
        self.template = f"template_{self._key()}"
        self._complete = command.folder / f"{self.template}.complete"

    def make(self):
        """Make the database with the addon installed."""
        if not self._complete.exists() or self.template not in self.cluster.databases():
            self._make_template()
        with step("Database with the addon") as current:
            self._drop(DATABASE)
            self._copy(self.template, DATABASE)
            self.command.update(DATABASE, "-i", ADDON, step=current)

    def make_integration(self):
        """Make the copy of it that gets more modules."""
        self._drop(INTEGRATION)
        self._copy(DATABASE, INTEGRATION)

    @contextlib.contextmanager
    def copies(self):
        """Names of two databases of their own: with the addon, and without it."""
        names = ("processes", "processes_stock")
        try:
            with step("Databases, with the addon and without it"):
                for source, name in zip((DATABASE, self.template), names, strict=True):
                    self._drop(name)
                    self._copy(source, name)
            yield names
        finally:
            for name in names:
                self._drop(name)

    @contextlib.contextmanager
    def copy_of_test(self, name):
        """A copy of the database, which goes afterwards."""
        try:
            self._drop(name)
            self._copy(DATABASE, name)
            yield
        finally:
            self._drop(name)

    def uninstall(self, current):
        """Uninstall the addon, by Odoo's own script."""
        script = self.command.odoo.folder / "odoo/tests/test_module_operations.py"
        # The script knows no configuration file.
        paths = ",".join(str(path) for path in self.command.addons)
        options = ["-d", DATABASE, "-D", self.command.data, "-p", paths]
        server = {
            "PGHOST": str(self.cluster.socket_folder),
            "PGUSER": self.cluster.role,
        }
        self.command.script(
            [script, *options, "uninstall", "-n", ADDON],
            current,
            env=self.command.environment(**server),
        )

    def _key(self):
        shims = [
            (SUPPORT / "addons" / name / "__manifest__.py").read_text()
            for name in SHIMS
        ]
        made_from = "\n".join([self.command.odoo.identity, *self.modules, *shims])
        return hashlib.sha256(made_from.encode()).hexdigest()[:8]

    def _make_template(self):
        with step("Database with what the addon depends on") as current:
            for name in self.cluster.databases():
                self._drop(name)
            for marker in self.command.folder.glob("template_*.complete"):
                marker.unlink()
            modules = ",".join(self.modules)
            self.command.update(self.template, "-i", modules, step=current)
            self._complete.touch()

    def _copy(self, source, target):
        self.cluster.sql(
            f'CREATE DATABASE "{target}" TEMPLATE "{source}" STRATEGY file_copy '
            f"OWNER {self.cluster.role}"
        )
        files = self._filestore(source)
        if files.is_dir():
            shutil.copytree(files, self._filestore(target))

    def _drop(self, name):
        self.cluster.drop(name)
        shutil.rmtree(self._filestore(name), ignore_errors=True)

    def _filestore(self, name):
        return self.command.data / "filestore" / name
