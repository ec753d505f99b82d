"""Sources that came with apps and that no client has are not offered any more."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    if not version:
        return
    env = api.Environment(cr, SUPERUSER_ID, {})
    env["utm.source"]._hide_unused_of_apps()
