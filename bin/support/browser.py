"""A Chromium for the tours and the unit tests of JavaScript."""

import contextlib
import os
import shutil
import tempfile
from pathlib import Path

from . import process
from .console import Problem, step
from .paths import ENVIRONMENT_LOG

# The names Odoo's tests look for, in their order.
NAMES = ("google-chrome", "chromium", "chromium-browser", "google-chrome-stable")


def ensure_browser():
    """Find a Chromium, or install it where that is possible; else one line."""
    _remove_leftovers()
    if any(shutil.which(name) for name in NAMES):
        return
    become_root = _become_root()
    with step("Chromium (apt-get install)") as current:
        for arguments in (
            ["update", "-q"],
            ["install", "-q", "-y", "--no-install-recommends", "chromium"],
        ):
            code = process.run(
                [*become_root, "apt-get", *arguments],
                ENVIRONMENT_LOG,
                current,
                env=process.environment(DEBIAN_FRONTEND="noninteractive"),
            )
    if code or not any(shutil.which(name) for name in NAMES):
        raise Problem(
            "could not install chromium, which the browser tests need "
            f"(log: {ENVIRONMENT_LOG})",
            process.tail(ENVIRONMENT_LOG, 4),
        )


def _remove_leftovers():
    """Remove the profiles of browsers whose run was killed, some 16 MB each.

    The lock of a profile is a link to nowhere that names the host and the process.
    """
    for profile in Path(tempfile.gettempdir()).glob("*_chrome_odoo"):
        with contextlib.suppress(OSError, ValueError):
            lock = os.readlink(profile / "SingletonLock")
            if not process.alive(int(lock.rpartition("-")[2])):
                shutil.rmtree(profile)


def _become_root():
    """The start of a command line that runs as root."""
    if shutil.which("apt-get"):
        if os.geteuid() == 0:
            return []
        sudo = ["sudo", "-n"]
        if shutil.which("sudo") and not process.run([*sudo, "true"], ENVIRONMENT_LOG):
            return sudo
    raise Problem(
        "the browser tests need chromium, which only root can install here: "
        "`apt-get install chromium`, then start again"
    )
