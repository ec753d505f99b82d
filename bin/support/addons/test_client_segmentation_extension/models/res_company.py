from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    client_loyal_orders = fields.Integer(
        "Loyal: Orders", default=5, groups="base.group_user"
    )
