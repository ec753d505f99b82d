from odoo import fields, models


class ResCountryState(models.Model):
    _inherit = "res.country.state"

    client_region_id = fields.Many2one(
        "client.region",
        "Canton or Region",
        index="btree_not_null",
        ondelete="set null",
    )
