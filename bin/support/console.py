"""What a person sees: progress of long steps, and problems in one line."""

import contextlib
import sys
import time

REPEAT_WITHOUT_TERMINAL = 20  # seconds between two lines of progress in a log


class Problem(Exception):
    """Something the person can act on. The text is one line; `details` may follow."""

    def __init__(self, text, details=()):
        super().__init__(text)
        self.details = list(details)


def say(text=""):
    """Print a line at once, also when the output is a pipe."""
    print(text, flush=True)  # pylint: disable=print-used


def clock(seconds):
    """A duration as a person reads it: `9 s`, `2 min 05 s`."""
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes} min {rest:02d} s" if minutes else f"{rest} s"


class Step:
    """One long step: its name, what it is at, and how long it has taken.

    On a terminal the line is rewritten in place, elsewhere it is repeated now and then.
    """

    def __init__(self, name):
        self.name = name
        self.detail = ""
        self.started = self._shown_at = time.monotonic()
        self._shown_text = ""

    def tick(self, detail=None):
        """Show that the step is alive; `detail` replaces what was said before."""
        if detail is not None:
            self.detail = detail
        now = time.monotonic()
        elapsed = clock(now - self.started)
        text = f"  {self.name}: {self.detail or 'working'} ({elapsed})"
        if sys.stdout.isatty():
            if text != self._shown_text:
                sys.stdout.write(f"\r\033[K{text[:100]}")
                sys.stdout.flush()
                self._shown_text = text
        elif now - self._shown_at > REPEAT_WITHOUT_TERMINAL:
            say(text)
            self._shown_at = now

    def close(self, outcome):
        """Replace the running line by the outcome."""
        start = "\r\033[K" if sys.stdout.isatty() else ""
        say(f"{start}  {self.name}: {outcome}")


@contextlib.contextmanager
def step(name):
    """Show `name` and the time it takes while the body runs."""
    current = Step(name)
    if not sys.stdout.isatty():
        say(f"  {name} ...")
    current.tick()
    try:
        yield current
    except BaseException:
        current.close("not finished")
        raise
    current.close(f"done ({clock(time.monotonic() - current.started)})")
