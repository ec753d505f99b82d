"""Loads the demo clientele, all or nothing, with notes in the language of the argument;
click-odoo gives `env` and commits.
"""

import sys

if "client.demo" not in env:
    raise SystemExit("ERROR: the addon has no model client.demo that loads demo data")
env["client.demo"]._load(sys.argv[1])
