from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    client_automation = fields.Boolean(
        related="company_id.client_automation", readonly=False
    )
    client_print_name2 = fields.Boolean(
        related="company_id.client_print_name2", readonly=False
    )
    client_personal_details = fields.Boolean(
        related="company_id.client_personal_details", readonly=False
    )
