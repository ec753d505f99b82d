"""Locks between runs. The kernel drops them with the process: none can be stale."""

import contextlib
import fcntl
import os
import time

from .console import Problem, say
from .paths import RUN


@contextlib.contextmanager
def exclusive(name, busy, wait=False):
    """Hold the lock `name`, or fail at once with the line `busy`.

    With `wait` the line is only said, and the lock waited for. `{pid}` in `busy`
    becomes the number of the process that holds the lock.
    """
    with open(RUN / f"{name}.lock", "a+", encoding="utf-8") as file:
        said = False
        while not _try(file):
            file.seek(0)
            text = busy.format(pid=file.read().strip() or "?")
            if not wait:
                raise Problem(text)
            if not said:
                say(f"  {text}")
                said = True
            time.sleep(0.5)
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield


def _try(file):
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def is_free(name):
    """Whether nobody holds the lock `name` at this moment."""
    with open(RUN / f"{name}.lock", "a+", encoding="utf-8") as file:
        return _try(file)
