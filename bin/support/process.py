"""Child processes that never outlive the command, and the signals that end it."""

import contextlib
import os
import signal
import subprocess
import sys
import time

from .console import Problem
from .paths import PYCACHE, SUPPORT

PATIENCE = 15  # seconds between asking a child to stop and killing it


class Interrupted(KeyboardInterrupt):
    """Ctrl-C, or an equally polite request to stop."""


def stop_on_signals():
    """Turn SIGINT, SIGTERM and SIGHUP into `Interrupted`, so that clean-up runs."""

    def interrupt(number, _frame):
        raise Interrupted(number)

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, interrupt)


def environment(**extra):
    """The environment of the children, based on the environment of the user.

    It has no settings for another Odoo, PostgreSQL or Python.
    """
    foreign = ("PYTHON", "PG", "ODOO_", "OPENERP_", "VIRTUAL_ENV", "PYTEST_")
    env = {k: v for k, v in os.environ.items() if not k.startswith(foreign)}
    env.update(LANG="C.UTF-8", LC_ALL="C.UTF-8", PYTHONPYCACHEPREFIX=str(PYCACHE))
    env.update(extra)
    return env


class Reaper:
    """The process that ends the children if this process is killed (see reaper.py)."""

    def __init__(self):
        self._process = None

    def tell(self, line):
        """Say what was started or has ended."""
        if not self._process:
            self._process = subprocess.Popen(
                [sys.executable, "-I", "-S", SUPPORT / "reaper.py"],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
                cwd=os.sep,
            )
        with contextlib.suppress(BrokenPipeError):
            self._process.stdin.write(f"{line}\n".encode())
            self._process.stdin.flush()


REAPER = Reaper()


def start(args, log, end_signal=signal.SIGTERM, **options):
    """Start a child in a new session; stop it with `end`.

    Its output goes to the open file `log`; if this is None, to the output of the
    command.
    """
    options.setdefault("env", environment())
    options.setdefault("stdin", subprocess.DEVNULL)
    try:
        child = subprocess.Popen(
            [str(arg) for arg in args],
            stdout=log,
            stderr=log and subprocess.STDOUT,
            start_new_session=True,
            **options,
        )
    except FileNotFoundError as error:
        raise Problem(
            f"the command {error.filename} is missing on this machine"
        ) from error
    child.end_signal = end_signal
    REAPER.tell(f"+{child.pid} {end_signal.value}")
    return child


def end(child, patience=PATIENCE):
    """Stop a child and everything it started."""
    for number in (child.end_signal, signal.SIGKILL):
        if child.poll() is not None:
            break
        _signal_group(child.pid, number)
        try:
            child.wait(patience)
        except subprocess.TimeoutExpired:
            continue
    _signal_group(child.pid, signal.SIGKILL)
    REAPER.tell(f"-{child.pid}")


def _signal_group(pid, number):
    try:
        os.killpg(pid, number)
    except (ProcessLookupError, PermissionError):
        pass  # it has gone already


def run(args, log_path, step=None, progress=None, **options):
    """Run a child to its end and return its exit code.

    `log_path` gets the output (appended), `progress` is called about twice a second and
    returns what to show beside the step's name.
    """
    log_path.parent.mkdir(parents=True, exist_ok=True)
    with open(log_path, "ab") as log:
        child = start(args, log, **options)
        try:
            while True:
                try:
                    return child.wait(0.5)
                except subprocess.TimeoutExpired:
                    if step:
                        step.tick(progress() if progress else None)
        finally:
            end(child, patience=3)


def show(args, **options):
    """Run a child whose output the person sees as it comes; returns its exit code."""
    child = start(args, None, **options)
    try:
        return child.wait()
    finally:
        end(child)


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


def failure(text, log_path):
    """The `Problem` of a child that failed: the full disk if it was that, or `text`."""
    with contextlib.suppress(OSError):
        if "No space left on device" in log_path.read_text(errors="replace"):
            return Problem(f"the disk is full: make room and start again ({log_path})")
    return Problem(f"{text} (log: {log_path})", tail(log_path))


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
