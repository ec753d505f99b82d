"""New definitions of the figures: the refresh of all clients runs at once, not only in
the coming night.
"""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    if not version:
        return
    env = api.Environment(cr, SUPERUSER_ID, {})
    cron = env.ref("client_segmentation.client_metric_cron", raise_if_not_found=False)
    if cron:
        cron._trigger()
