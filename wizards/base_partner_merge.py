from odoo import models

from ..engine.refresh import EFFECTIVE


class BasePartnerMerge(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    def _update_foreign_keys(self, src_partners, dst_partner):
        """The figures of merged clients are computed again; decided classes stay.

        Left alone, Odoo deletes the rows of those that it merges away.
        """
        Metric = self.env["client.metric"].sudo()
        partners = src_partners | dst_partner
        metrics = Metric.search([("partner_id", "in", partners.ids)])
        for own in metrics.grouped("company_id").values():
            kept = own.filtered(lambda metric: metric.partner_id == dst_partner)[:1]
            kept = kept or own[0]
            for name in EFFECTIVE:
                decided = f"{name}_decided"
                if not kept[decided]:
                    kept[decided] = next((m[decided] for m in own if m[decided]), False)
            reasons = own.filtered("engagement_reason").mapped("engagement_reason")
            kept.engagement_reason = kept.engagement_reason or (reasons or [False])[0]
            (own - kept).unlink()
        Metric.flush_model()
        # Contacts have meetings that are their clients'.
        clients = partners | partners.commercial_partner_id
        self.env["client.metric.queue"]._add_clients(clients)
        return super()._update_foreign_keys(src_partners, dst_partner)

    def _update_values(self, src_partners, dst_partner):
        """What nobody has chosen yet on the one that stays comes from the others."""
        ratings = [partner.client_rating or "0" for partner in src_partners]
        usual = dst_partner._default_client_type_id()
        types = (src_partners.client_type_id - usual)[:1]
        result = super()._update_values(src_partners, dst_partner)
        if (dst_partner.client_rating or "0") == "0" and max(ratings) > "0":
            dst_partner.client_rating = max(ratings)
        if types and dst_partner.client_type_id == usual:
            dst_partner.client_type_id = types
        return result
