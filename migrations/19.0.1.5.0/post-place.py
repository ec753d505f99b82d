"""Partners get their place and their canton or region, and saved filters of the reports
the new name of the canton.
"""

from odoo.addons.client_segmentation.engine.place import partners


def migrate(cr, version):
    if not version:
        return
    partners.fill(cr)
