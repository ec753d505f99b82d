from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    client_loyal_orders = fields.Integer("Loyal: Orders")
