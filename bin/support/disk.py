"""Folders: room on the disk for them, and new ones in place of leftovers."""

import shutil
import time

from .console import Problem
from .paths import RUN


def require_space(megabytes, folder=RUN):
    """Fail with one line when the disk cannot take `megabytes` more."""
    free = shutil.disk_usage(folder).free / 1e6
    if free < megabytes:
        raise Problem(
            f"not enough disk space in {folder}: "
            f"{megabytes:.0f} MB needed, {free:.0f} MB free"
        )


def new_folder(path, mode=0o777):
    """Make `path` an empty folder, whatever it was. Returns it."""
    remove(path)
    path.mkdir(mode=mode, parents=True)
    return path


def remove(path):
    """Remove a folder for good; a dying child of a killed run may still write to it."""
    for _attempt in range(20):
        shutil.rmtree(path, ignore_errors=True)
        if not path.exists():
            return
        time.sleep(0.25)
    raise Problem(f"cannot remove {path}: remove it by hand and start again")
