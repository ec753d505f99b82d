from odoo import models


class BasePartnerMerge(models.TransientModel):
    """What the validators say about a merged client goes with it."""

    _inherit = "base.partner.merge.automatic.wizard"

    def _update_foreign_keys(self, src_partners, dst_partner):
        checked = self.env["client.quality"].sudo()
        checked.search([("partner_id", "in", src_partners.ids)]).unlink()
        return super()._update_foreign_keys(src_partners, dst_partner)
