"""Clients without the day since when they are clients get that of their first invoice.

Later on, the day follows a first invoice by itself, see `engine.partner.since`.
"""

from odoo.addons.client_segmentation.engine.partner.since import fill_since


def migrate(cr, version):
    fill_since(cr)
