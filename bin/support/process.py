"""Child processes that never outlive the command, and the signals that end it."""

import ctypes
import os
import signal
import subprocess
import sys
import time

from .console import Problem
from .paths import PYCACHE

PR_SET_PDEATHSIG = 1
PATIENCE = 15  # seconds between asking a child to stop and killing it


class Interrupted(KeyboardInterrupt):
    """Ctrl-C, or an equally polite request to stop."""


def stop_on_signals():
    """Turn SIGINT, SIGTERM and SIGHUP into `Interrupted`, so that clean-up runs."""

    def interrupt(number, _frame):
        raise Interrupted(number)

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, interrupt)


def die_with_parent(death_signal):
    """A `preexec_fn`: the kernel signals the child when this process dies (Linux)."""
    if not sys.platform.startswith("linux"):
        return None
    libc = ctypes.CDLL(None, use_errno=True)
    parent = os.getpid()

    def arrange():
        libc.prctl(PR_SET_PDEATHSIG, death_signal)
        if os.getppid() != parent:
            os._exit(1)

    return arrange


def environment(**extra):
    """The environment of the children: the person's own, without what would leak in.

    Settings for another Odoo, PostgreSQL or Python must not reach ours.
    """
    foreign = ("PYTHON", "PG", "ODOO_", "OPENERP_", "VIRTUAL_ENV", "PYTEST_")
    env = {k: v for k, v in os.environ.items() if not k.startswith(foreign)}
    env.update(LANG="C.UTF-8", LC_ALL="C.UTF-8", PYTHONPYCACHEPREFIX=str(PYCACHE))
    env.update(extra)
    return env


def start(args, log, death_signal=signal.SIGTERM, **options):
    """Start a child in a session of its own.

    Its output goes to the open file `log`, or where ours goes when that is None.
    """
    options.setdefault("env", environment())
    options.setdefault("stdin", subprocess.DEVNULL)
    try:
        return subprocess.Popen(
            [str(arg) for arg in args],
            stdout=log,
            stderr=log and subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=die_with_parent(death_signal),
            **options,
        )
    except FileNotFoundError as error:
        raise Problem(
            f"the command {error.filename} is missing on this machine"
        ) from error


def end(child, first_signal=signal.SIGTERM, patience=PATIENCE):
    """Stop a child and everything it started."""
    for number in (first_signal, signal.SIGKILL):
        if child.poll() is not None:
            break
        _signal_group(child.pid, number)
        try:
            child.wait(patience)
        except subprocess.TimeoutExpired:
            continue
    _signal_group(child.pid, signal.SIGKILL)


def _signal_group(pid, number):
    try:
        os.killpg(pid, number)
    except (ProcessLookupError, PermissionError):
        pass  # it has gone already


def run(args, log_path, step=None, progress=None, text=None, **options):
    """Run a child to its end and return its exit code.

    `log_path` gets the output (appended), `text` goes to its standard input, `progress`
    is called about twice a second and returns what to show beside the step's name.
    """
    log_path.parent.mkdir(parents=True, exist_ok=True)
    if text is not None:
        options["stdin"] = subprocess.PIPE
    with open(log_path, "ab") as log:
        child = start(args, log, **options)
        try:
            if text is not None:
                child.stdin.write(text.encode())
                child.stdin.close()
            while True:
                try:
                    return child.wait(0.5)
                except subprocess.TimeoutExpired:
                    if step:
                        step.tick(progress() if progress else None)
        finally:
            end(child, patience=3)


def alive(pid):
    """Whether a process with this number exists."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def wait_until(condition, seconds, pause=0.05):
    """Wait until `condition()` is true; tells whether it became true in time."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(pause)
    return True


def tail(log_path, lines=12):
    """The lines of a log that say what went wrong: from the last error on."""
    try:
        content = log_path.read_text(errors="replace").splitlines()
    except OSError:
        return []
    content = [line for line in content if line.strip(" ^~") and " INFO " not in line]
    wanted = ("Traceback (most", " ERROR ", " CRITICAL ", "ERROR: ", "E: ", "FATAL:")
    starts = [i for i, line in enumerate(content) if any(w in line for w in wanted)]
    relevant = content[starts[-1] :] if starts else content
    if len(relevant) > lines:
        return relevant[:2] + ["..."] + relevant[2 - lines :]
    return relevant
