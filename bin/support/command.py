"""The frame around both commands: signals, and errors in one line."""

import errno
import os
import sys
import traceback

from .console import Problem
from .paths import RUN
from .process import stop_on_signals


def run_command(name, function):
    """Run `function` and return the exit code; every failure is one line on stderr."""
    stop_on_signals()
    try:
        _prepare_folder()
        return function()
    except Problem as problem:
        return _fail(name, problem, problem.details)
    except KeyboardInterrupt:
        return _fail(name, "stopped; start it again to go on", code=130)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            return _fail(name, f"the disk is full, no room for {error.filename or RUN}")
        return _fail_unexpectedly(name, error)
    except Exception as error:  # the person gets a line, the log the rest
        return _fail_unexpectedly(name, error)


def _prepare_folder():
    try:
        RUN.mkdir(exist_ok=True)
    except OSError as error:
        raise Problem(f"cannot write to {RUN.parent}: {error.strerror}") from error
    if RUN.stat().st_uid != os.geteuid():
        raise Problem(
            f"{RUN} was made by another user: run this as that user, "
            "or remove the folder"
        )


def _fail(name, text, details=(), code=1):
    lines = [f"{name}: {text}", *(f"  | {line}" for line in details)]
    print("\n".join(lines), file=sys.stderr)
    return code


def _fail_unexpectedly(name, error):
    log = RUN / "error.log"
    try:
        log.write_text(traceback.format_exc(), encoding="utf-8")
        where = f" (details: {log})"
    except OSError:
        where = ""
    return _fail(name, f"{type(error).__name__}: {error}{where}")
