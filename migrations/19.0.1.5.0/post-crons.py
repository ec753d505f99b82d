"""The crons of quality, duplicates and reviews. An update creates no shipped records
that belong to the users, because they would come back after people deleted them.

The first one also checks the partners that are there already, in the background.
"""

from odoo import SUPERUSER_ID, api
from odoo.tools import convert_file

MODULE = "client_segmentation"
FILES = {
    "client_quality_cron": "data/quality_cron_data.xml",
    "client_duplicate_cron": "data/duplicate_cron_data.xml",
    "client_review_cron": "data/review_cron_data.xml",
}


def migrate(cr, version):
    if not version:
        return
    env = api.Environment(cr, SUPERUSER_ID, {})
    for cron, file in FILES.items():
        if not env.ref(f"{MODULE}.{cron}", raise_if_not_found=False):
            convert_file(env, MODULE, file, {}, mode="init", noupdate=True)
