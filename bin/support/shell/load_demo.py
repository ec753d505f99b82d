"""Runs in Odoo's shell: loads the demo clientele, all or nothing."""

if "client.demo" not in env:
    raise SystemExit("ERROR: the addon has no model client.demo that loads demo data")
env["client.demo"]._load()
env.cr.commit()
