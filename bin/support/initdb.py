"""click-odoo-initdb, on an Odoo that has links to files which do not exist.

Debian's package links to fonts of packages that it only recommends. The cache of
databases reads all files of an addon, and would fail at the first such link.
"""

import os

from click_odoo_contrib import initdb


def existing_files(top, _walk=initdb._walk):
    """:return: the paths below `top` that can be read"""
    return (path for path in _walk(top) if os.path.exists(os.path.join(top, path)))


if __name__ == "__main__":
    initdb._walk = existing_files
    initdb.main()
