"""Ends what the command started when the command itself is killed.

A process of its own, told on standard input: `+<group> <signal>` for a process group
that was started, `-<group>` for one that ended. The end of the input is the end of the
command: every group left gets its signal, and SIGKILL when it is still there a little
later. Thus not even `kill -9` leaves anything running.
"""

import os
import signal
import sys
import time

PATIENCE = 20  # seconds


def main():
    """Listen until the command ends, then end its children."""
    groups = {}
    for line in sys.stdin:
        number, *rest = line[1:].split()
        if line[0] == "+":
            groups[int(number)] = int(rest[0])
        else:
            groups.pop(int(number), None)
    for group, number in groups.items():
        _signal(group, number)
    deadline = time.monotonic() + PATIENCE
    while groups and time.monotonic() < deadline:
        groups = {g: n for g, n in groups.items() if _signal(g, 0)}
        time.sleep(0.2)
    for group in groups:
        _signal(group, signal.SIGKILL)


def _signal(group, number):
    """Signal a process group; tells whether it exists."""
    try:
        os.killpg(group, number)
    except (ProcessLookupError, PermissionError):
        return False
    return True


if __name__ == "__main__":
    main()
