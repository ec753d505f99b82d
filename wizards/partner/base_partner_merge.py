from odoo import models

from ...engine.partner.block import block
from ...engine.partner.gate import blocked_anywhere
from ...models.safety.words import in_words


class BasePartnerMerge(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    def _merge(self, partner_ids, dst_partner=None, extra_checks=True):
        """A client that a blocked one is merged into is blocked from then on."""
        partners = self.env["res.partner"].browse(partner_ids).exists()
        blocks = self._client_blocks(partners)
        result = super()._merge(partner_ids, dst_partner, extra_checks)
        self._client_keep_blocks(partners.exists(), blocks)
        return result

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
            for dimension in Metric._catalogue().dimensions:
                names = [dimension.decided]
                if dimension.only_decided:
                    names.append(f"{dimension.name}_reason")
                for name in names:
                    kept[name] = next(
                        (one[name] for one in kept + own if one[name]), False
                    )
            (own - kept).unlink()
        Metric.flush_model()
        # Contacts have meetings that are their clients'.
        clients = partners | partners.commercial_partner_id
        self.env["client.metric.queue"]._add_clients(clients)
        return super()._update_foreign_keys(src_partners, dst_partner)

    def _update_values(self, src_partners, dst_partner):
        """What nobody has chosen yet on the one that stays comes from the others."""
        ratings = [partner.client_rating or "0" for partner in src_partners]
        kinds = self.env["client.type"]
        usual = kinds.browse(kinds._default_id())
        types = (src_partners.client_type_id - usual)[:1]
        result = super()._update_values(src_partners, dst_partner)
        if (dst_partner.client_rating or "0") == "0" and max(ratings) > "0":
            dst_partner.client_rating = max(ratings)
        if types and dst_partner.client_type_id == usual:
            dst_partner.client_type_id = types
        return result

    def _client_blocks(self, partners):
        """:return: why clients among these get no document, by company"""
        clients = partners.sudo().filtered("client_is_commercial")
        reasons = {}
        for client_id, company_id in sorted(blocked_anywhere(self.env, clients)):
            company = self.env["res.company"].sudo().browse(company_id)
            client = clients.browse(client_id).with_company(company)
            reasons[company] = client.client_blocked_reason or self.env._(
                "merged with “%(client)s”, which had the status “%(status)s”",
                client=client.name,
                status=client.client_status_id.name,
            )
        return reasons

    @in_words
    def _client_keep_blocks(self, partners, reasons):
        """Block the client that is left of merged ones where it is not: to merge is
        not to unblock.
        """
        client = partners.sudo().commercial_partner_id
        if not reasons or len(partners) > 1:  # none was merged
            return
        blocked = blocked_anywhere(self.env, client)
        for company, reason in reasons.items():
            if (client.id, company.id) not in blocked:
                block(self.env, {client.id: None}, company, reason)
