"""A status or type that was empty is the default now."""

from odoo import SUPERUSER_ID, api

from odoo.addons.client_segmentation.engine.partner.field import fill_empty


def migrate(cr, version):
    if not version:
        return
    env = api.Environment(cr, SUPERUSER_ID, {})
    fill_empty(env, "client_status_id")
    fill_empty(env, "client_type_id", env["client.type"]._default_id())
    env.invalidate_all()
