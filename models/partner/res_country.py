from odoo import api, models
from odoo.tools import ormcache


class ResCountry(models.Model):
    _inherit = "res.country"

    @api.model
    @ormcache(cache="stable")
    def _client_phone_codes(self):
        """:return: tuple of the different international dialling codes, like 41"""
        codes = self.sudo().search([("phone_code", "!=", 0)]).mapped("phone_code")
        return tuple(sorted(set(codes)))
