"""Loads the demo clientele, all or nothing; click-odoo gives `env` and commits."""

if "client.demo" not in env:
    raise SystemExit("ERROR: the addon has no model client.demo that loads demo data")
env["client.demo"]._load()
