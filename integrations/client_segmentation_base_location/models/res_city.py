from odoo import models


class ResCity(models.Model):
    _inherit = "res.city"

    def write(self, vals):
        result = super().write(vals)
        if self.zip_ids:
            self.env["client.place"]._follow_zips(self.zip_ids.ids)
        return result
