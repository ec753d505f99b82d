"""The cron of the quarterly reviews. An update makes no shipped records that belong to
the users, because they would come back after people deleted them.
"""

from odoo import SUPERUSER_ID, api
from odoo.tools import convert_file

MODULE = "client_segmentation"
FILE = "data/review_cron_data.xml"


def migrate(cr, version):
    if not version:
        return
    env = api.Environment(cr, SUPERUSER_ID, {})
    if not env.ref(f"{MODULE}.client_review_cron", raise_if_not_found=False):
        convert_file(env, MODULE, FILE, {}, mode="init", noupdate=True)
