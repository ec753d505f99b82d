"""The cron of the validators. An update creates no shipped records that belong to the
users, because they would come back after people deleted them.

It also checks the partners that are there already, in the background.
"""

from odoo import SUPERUSER_ID, api
from odoo.tools import convert_file

MODULE = "client_segmentation"


def migrate(cr, version):
    if not version:
        return
    env = api.Environment(cr, SUPERUSER_ID, {})
    if env.ref(f"{MODULE}.client_quality_cron", raise_if_not_found=False):
        return
    convert_file(
        env, MODULE, "data/quality_cron_data.xml", {}, mode="init", noupdate=True
    )
