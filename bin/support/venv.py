"""The virtual environment: Odoo's Python packages, PostgreSQL, the test tools."""

import hashlib
import sys

from . import process
from .console import Problem, step
from .debian import Repository, megabytes
from .disk import new_folder, remove, require_space
from .locks import is_free
from .paths import ENVIRONMENT_LOG, REQUIREMENTS, RUN

SPACE = 700  # MB
NO_NETWORK = (
    "NewConnectionError",
    "NameResolutionError",
    "Max retries exceeded",
    "ProxyError",
    "Could not find a version that satisfies",
    "Network is unreachable",
)


class Venv:
    """One environment per set of requirements and Python; an old one stays usable."""

    def __init__(self):
        version = "{}.{}".format(*sys.version_info)
        pins = hashlib.sha256(REQUIREMENTS.read_bytes()).hexdigest()[:8]
        self.folder = RUN / f"venv-{version}-{pins}"
        self.python = self.folder / "bin" / "python"
        self._complete = self.folder / "complete"

    @property
    def site_packages(self):
        """The folder the packages lie in."""
        return next((self.folder / "lib").glob("python3*/site-packages"))

    def ensure(self):
        """Make the environment when it is missing or was left half made."""
        if self._complete.is_file() and self.python.exists():
            return
        with step("Python packages") as current:
            require_space(SPACE)
            remove(self.folder)
            self._create(current)
            self.install(["-r", REQUIREMENTS], current)
            self._complete.touch()
        self._drop_others()

    def _create(self, current):
        """Make the empty environment, with a pip in it if this Python brings one."""
        missing = process.run(
            [sys.executable, "-c", "import ensurepip; ensurepip.version()"],
            ENVIRONMENT_LOG,
        )
        options = ["--without-pip"] if missing else []
        made = process.run(
            [sys.executable, "-m", "venv", *options, self.folder],
            ENVIRONMENT_LOG,
            current,
            lambda: "making the environment",
        )
        if made:
            raise Problem(
                f"{sys.executable} cannot make a virtual environment "
                f"(log: {ENVIRONMENT_LOG})"
            )

    def install(self, wanted, current):
        """Let pip install `wanted`; a failure is a `Problem`."""
        pip = self.site_packages / "pip"
        command = ["install", "--no-input", "--disable-pip-version-check"]
        command += ["--no-warn-script-location", "--progress-bar=off"]
        started = ENVIRONMENT_LOG.stat().st_size if ENVIRONMENT_LOG.exists() else 0
        code = process.run(
            [self.python, pip if pip.is_dir() else pip_from_debian(current)]
            + [*command, *wanted],
            ENVIRONMENT_LOG,
            current,
            lambda: self._progress(started),
        )
        if not code:
            return
        with open(ENVIRONMENT_LOG, errors="replace", encoding="utf-8") as log:
            log.seek(started)
            said = log.read()
        if "No space left on device" in said:
            raise Problem(f"the disk is full: {RUN} needs {SPACE} MB more")
        if any(sign in said for sign in NO_NETWORK):
            raise Problem(
                "could not download the Python packages: is there a network? "
                f"(log: {ENVIRONMENT_LOG})"
            )
        raise Problem(
            f"pip failed (log: {ENVIRONMENT_LOG})", process.tail(ENVIRONMENT_LOG)
        )

    def _progress(self, started):
        """How far pip has come, read from its log and from what it unpacked."""
        with open(ENVIRONMENT_LOG, errors="replace", encoding="utf-8") as log:
            log.seek(started)
            said = log.read()
        if "Installing collected" in said:
            return f"installing, {megabytes(self.site_packages)}"
        return f"downloading, {said.count('Collecting ')} packages"

    def _drop_others(self):
        """Remove environments of other pins, unless a command may be using one."""
        if not (is_free("demo") or is_free("test")):
            return
        for folder in RUN.glob("venv-*"):
            if folder != self.folder and is_free("demo") and is_free("test"):
                remove(folder)


def pip_from_debian(current):
    """The pip of Debian, a wheel that runs without being installed."""
    folder = RUN / "pip"
    found = sorted(folder.glob("usr/share/python-wheels/pip-*.whl"))
    if not found:
        staging = RUN / "pip.part"
        remove(folder)
        new_folder(staging)
        repository = Repository(current)
        repository.unpack(["python3-pip-whl"], staging)
        remove(repository.folder)
        staging.rename(folder)
        found = sorted(folder.glob("usr/share/python-wheels/pip-*.whl"))
    if not found:
        raise Problem(
            f"{sys.executable} has no pip, and Debian's python3-pip-whl holds none: "
            "install python3-venv and start again"
        )
    return found[-1] / "pip"
