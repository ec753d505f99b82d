"""The Python this may run with. Old Pythons must be able to read this file."""

import sys

OLDEST, NEWEST = (3, 10), (3, 13)


def refuse_other_pythons(name):
    """End with one line unless this Python can run Odoo 19."""
    version = tuple(sys.version_info[:2])
    if not OLDEST <= version <= NEWEST:
        sys.exit(
            "%s: Python 3.10 to 3.13 is needed, this is %d.%d; "
            "start it as `python3.11 bin/%s`" % (name, version[0], version[1], name[4:])
        )
