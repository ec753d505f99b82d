"""Odoo's command line: its configuration file and the ways we call it."""

import copy
import signal
import time
import urllib.error
import urllib.request

from . import process
from .paths import SUPPORT
from .postgres import ROLE

START_TIMEOUT = 300  # seconds


class OdooCommand:
    """Calls Odoo on one cluster; everything it says goes to one log."""

    def __init__(self, odoo, venv, cluster, addons):
        self.odoo = odoo
        self.venv = venv
        self.cluster = cluster
        self.folder = cluster.folder
        self.log = self.folder / "odoo.log"
        self.config = self.folder / "odoo.conf"
        self.data = self.folder / "data"
        self.variables = {}  # of the environment, what tests need to know
        self.log.unlink(missing_ok=True)
        self.addons = [*addons, *odoo.addons_paths]
        self._write_config()

    def _write_config(self):
        settings = {
            "addons_path": ",".join(str(path) for path in self.addons),
            "data_dir": self.data,
            "db_host": self.cluster.socket_folder,
            "db_user": ROLE,
            "http_interface": "127.0.0.1",
            "list_db": False,
            "max_cron_threads": 1,
            "limit_time_real": 1200,
            "limit_time_cpu": 1200,
            "screenshots": self.folder / "screenshots",
        }
        lines = [f"{name} = {value}" for name, value in settings.items()]
        self.config.write_text("\n".join(["[options]", *lines, ""]), encoding="utf-8")

    def without(self, folder):
        """The same command on an addons path that leaves out one of our folders.

        :return: `OdooCommand`
        """
        other = copy.copy(self)
        other.addons = [path for path in self.addons if path != folder]
        other.config = self.folder / f"odoo_without_{folder.name}.conf"
        other._write_config()
        return other

    def environment(self, **extra):
        """The environment of a Python that can import this Odoo."""
        path = f"{self.venv.folder / 'bin'}:{process.os.environ.get('PATH', '')}"
        variables = {**self.variables, **extra}
        return process.environment(
            PYTHONPATH=str(self.odoo.folder), PATH=path, **variables
        )

    def script(self, arguments, step=None, **options):
        """Run Python with this Odoo on its path; a failure is a `Problem`."""
        options.setdefault("env", self.environment())
        code = process.run(
            [self.venv.python, *arguments],
            self.log,
            step,
            cwd=self.folder,
            **options,
        )
        if code:
            raise process.failure("Odoo failed", self.log)

    def pytest(self, arguments):
        """Run pytest, its output shown as it comes; returns its exit code."""
        return self.show(["-m", "pytest", *arguments])

    def show(self, arguments):
        """Run Python with this Odoo on its path, its output shown as it comes.

        :return: its exit code
        """
        return process.show(
            [self.venv.python, *arguments],
            end_signal=signal.SIGINT,
            cwd=self.folder,
            env=self.environment(),
        )

    def make(self, database, modules, *options, step=None):
        """Make `database` with `modules`, its attachments in it (click-odoo-initdb)."""
        options = ["-n", database, "-m", ",".join(modules), "--no-demo", *options]
        options += ["-c", self.config, "--attachments-in-db-persistent"]
        self.script([SUPPORT / "initdb.py", *options, "--log-level=info"], step)

    def refresh(self, database, *options, step=None):
        """Update the addons in `database` whose files have changed since.

        Odoo's own stay: in one series, newer code works without an update. With
        `--only-compute-hashes`, the files of now count as those it was made from.
        """
        update = ["-m", "click_odoo_contrib.update", "-c", self.config]
        options = ["-d", database, "--ignore-core-addons", *options]
        self.script([*update, *options], step)

    def in_database(self, database, script, *arguments, step=None):
        """Run a Python file of `bin/support/shell`; it gets `env` of the database."""
        click = ["-m", "click_odoo", "-c", self.config, "-d", database]
        self.script([*click, SUPPORT / "shell" / script, *arguments], step)

    def update(self, database, *arguments, step=None):
        """Install or update addons, by Odoo's own command."""
        self.run(database, "--no-http", *arguments, step=step)

    def run(self, database, *arguments, step=None):
        """Run Odoo's server on `database` until it has done what it is told."""
        odoo = ["-m", "odoo", "server", "-c", self.config, "-d", database]
        self.script([*odoo, "--stop-after-init", *arguments], step)

    def uninstall(self, database, module, step=None):
        """Uninstall an addon, by Odoo's own command."""
        odoo = ["-m", "odoo", "module", "uninstall", "-c", self.config]
        self.script([*odoo, "-d", database, module], step)

    def serve(self, database, port):
        """Start the server; returns the process. `wait_for_answer` comes next."""
        with open(self.log, "ab") as log:
            return process.start(
                [self.venv.python, "-m", "odoo", "server", "-c", self.config]
                + ["-d", database, f"--http-port={port}"],
                log,
                cwd=self.folder,
                env=self.environment(),
            )

    def wait_for_answer(self, server, port, step):
        """Return when the log-in page answers with HTTP 200."""
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        deadline = time.monotonic() + START_TIMEOUT
        while time.monotonic() < deadline:
            if server.poll() is not None:
                break
            try:
                with opener.open(
                    f"http://127.0.0.1:{port}/web/login", timeout=60
                ) as page:
                    if page.status == 200:
                        return
            except (urllib.error.URLError, OSError):
                pass
            step.tick()
            time.sleep(0.2)
        raise process.failure("the server did not start", self.log)
