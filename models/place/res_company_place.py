from odoo import api, models

from ...engine.place import partners
from ...engine.place.load import prepare


class ResCompany(models.Model):
    _inherit = "res.company"

    @api.model_create_multi
    def create(self, vals_list):
        companies = super().create(vals_list)
        self._client_homes_changed()
        return companies

    @api.model
    def _client_homes_changed(self):
        """Look up the addresses without a country again: they are in the country of the
        company.
        """
        self.env.flush_all()
        prepare(self.env.cr)
        if partners.update_without_country(self.env.cr):
            self.env["res.partner"].invalidate_model(partners.COLUMNS)
