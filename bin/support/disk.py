"""Room on the disk, asked before a long step rather than after it failed."""

import shutil

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
