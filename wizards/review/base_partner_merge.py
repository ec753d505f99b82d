from odoo import models

from ...engine.review.lines import join_lines


class BasePartnerMerge(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    def _update_foreign_keys(self, src_partners, dst_partner):
        """What was seen and noted on a work list stays when both clients are on it."""
        self.env["client.review.line"].flush_model()
        join_lines(self.env, src_partners.ids, dst_partner.id)
        self.env["client.review.line"].invalidate_model()
        return super()._update_foreign_keys(src_partners, dst_partner)
