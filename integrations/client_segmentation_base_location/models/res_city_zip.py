from odoo import api, models


class ResCityZip(models.Model):
    _inherit = "res.city.zip"

    @api.model_create_multi
    def create(self, vals_list):
        zips = super().create(vals_list)
        if zips:
            self.env["client.place"]._follow_zips(zips.ids)
        return zips

    def write(self, vals):
        result = super().write(vals)
        if self:
            self.env["client.place"]._follow_zips(self.ids)
        return result

    def unlink(self):
        result = super().unlink()
        if self:
            self.env["client.place"]._follow_zips(self.ids)
        return result
