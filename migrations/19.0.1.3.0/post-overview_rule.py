"""The rule of the new report of the overview. An update creates no shipped rules,
because they would come back after people deleted them.
"""

from odoo import SUPERUSER_ID, api

MODULE = "client_segmentation"
NAME = "client_revenue_comparison_rule_company"


def migrate(cr, version):
    if not version:
        return
    env = api.Environment(cr, SUPERUSER_ID, {})
    if env.ref(f"{MODULE}.{NAME}", raise_if_not_found=False):
        return
    rule = env["ir.rule"].create(
        {
            "name": "Revenue beside the year before: own companies",
            "model_id": env["ir.model"]._get_id("client.revenue.comparison"),
            "domain_force": "[('is_selected_company', '=', True)]",
        }
    )
    env["ir.model.data"].create(
        {
            "module": MODULE,
            "name": NAME,
            "model": rule._name,
            "res_id": rule.id,
            "noupdate": True,
        }
    )
