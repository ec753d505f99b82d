"""Packages from Debian unstable, unpacked into a folder: no root, nothing installed.

The mirror is the one this machine's own apt uses; only the suite differs.
"""

import contextlib
import os
import re
import shutil
import subprocess
from pathlib import Path

from . import process
from .console import Problem
from .disk import remove
from .paths import ENVIRONMENT_LOG, RUN

SUITE = "sid"
USE_ODOO_HOME = "let ODOO_HOME point to an Odoo 19 that you have"


class Unavailable(Problem):
    """This machine cannot get Debian packages."""


class Repository:
    """Debian unstable as a private apt: own sources, lists and cache in `.run/apt`."""

    def __init__(self, step):
        if not shutil.which("apt-get") or not shutil.which("dpkg"):
            raise Unavailable(
                f"this machine has no apt-get to get Odoo 19 with: {USE_ODOO_HOME}"
            )
        self.step = step
        self.folder = RUN / "apt"
        remove(self.folder)
        for name in ("lists/partial", "cache/archives/partial", "parts", "debs"):
            (self.folder / name).mkdir(parents=True)
        self._open()

    def _options(self):
        settings = {
            "Dir::Etc::SourceList": self.folder / "sources.list",
            "Dir::Etc::SourceParts": self.folder / "parts",
            "Dir::State::Lists": self.folder / "lists",
            "Dir::Cache": self.folder / "cache",
            "Debug::NoLocking": "1",
            # A mirror that lags behind, or a snapshot, is signed all the same.
            "Acquire::Check-Valid-Until": "false",
            "Acquire::Languages": "none",
            "Acquire::Retries": "2",
            "Acquire::http::Timeout": "30",
            "Acquire::https::Timeout": "30",
            "Acquire::IndexTargets::deb::Contents-deb::DefaultEnabled": "false",
        }
        if os.geteuid() == 0:  # its own user may not be able to reach the checkout
            settings["APT::Sandbox::User"] = "root"
        return [f"-o{key}={value}" for key, value in settings.items()]

    def _open(self):
        """Find a mirror that has the suite, and fetch its list of packages."""
        mirrors = machine_mirrors()
        if not mirrors:
            raise Unavailable(
                f"no Debian mirror in this machine's apt sources: {USE_ODOO_HOME}"
            )
        for uri in mirrors:
            (self.folder / "sources.list").write_text(f"deb {uri} {SUITE} main\n")
            code = process.run(
                ["apt-get", "update", "-q", "--error-on=any", *self._options()],
                ENVIRONMENT_LOG,
                self.step,
                lambda: f"package list, {megabytes(self.folder / 'lists')}",
            )
            if code == 0:
                return
        raise Unavailable(
            "could not reach Debian's package list: is there a network? "
            f"(log: {ENVIRONMENT_LOG}; or {USE_ODOO_HOME})"
        )

    def version(self, package):
        """The version the mirror has, or None."""
        shown = self._ask("apt-cache", "show", "--no-all-versions", package)
        found = re.search(r"^Version: (\S+)", shown, re.MULTILINE)
        return found and found[1]

    def unpack(self, packages, into):
        """Download `packages` and unpack them below the folder `into`."""
        uris = self._ask("apt-get", "download", "--print-uris", *packages)
        sizes = [int(line.split()[2]) for line in uris.splitlines() if line[:1] == "'"]
        debs = self.folder / "debs"
        total = sum(sizes) / 1e6
        code = process.run(
            ["apt-get", "download", "-q", *self._options(), *packages],
            ENVIRONMENT_LOG,
            self.step,
            lambda: f"{megabytes(debs, self.folder / 'cache')} of {total:.0f} MB",
            cwd=debs,
        )
        if code:
            raise Unavailable(
                f"could not download {packages[0]} from Debian: is there a network? "
                f"(log: {ENVIRONMENT_LOG})"
            )
        for number, deb in enumerate(sorted(debs.glob("*.deb")), start=1):
            said = f"unpacking {number} of {len(packages)}"
            if process.run(
                ["dpkg", "-x", deb, into], ENVIRONMENT_LOG, self.step, lambda s=said: s
            ):
                raise Unavailable(
                    f"could not unpack {deb.name}: is the disk full? "
                    f"(log: {ENVIRONMENT_LOG})"
                )
            deb.unlink()

    def _ask(self, command, *arguments):
        return subprocess.run(
            [command, *self._options(), *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=process.environment(),
            text=True,
            check=False,
        ).stdout


def machine_mirrors():
    """Addresses of the archives this machine uses, the likeliest one first.

    Asked from apt itself, in a way that works before the first `apt-get update` too.
    """
    empty = RUN / "apt" / "none"
    empty.mkdir(parents=True, exist_ok=True)
    answer = subprocess.run(
        ["apt-get", "update", "--print-uris", "-oDebug::NoLocking=1"]
        + [f"-oDir::State::Lists={empty}"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=process.environment(),
        text=True,
        check=False,
    ).stdout
    found = re.findall(r"^'(\S+?)/?/dists/", answer, re.MULTILINE)
    usable = [uri for uri in dict.fromkeys(found) if "security" not in uri]
    return sorted(usable, key=lambda uri: not uri.endswith("/debian"))


def megabytes(*folders):
    """How much lies in the folders, as text. Files and folders may vanish meanwhile."""
    size = 0
    for folder in folders:
        for parent, _folders, names in os.walk(folder):
            for name in names:
                with contextlib.suppress(OSError):
                    size += (Path(parent) / name).lstat().st_size
    return f"{size / 1e6:.0f} MB"
