from odoo import models

from ...engine.partner.block import block
from ...engine.partner.gate import blocked_anywhere
from ...engine.partner.merge import keep_statuses
from ...models.safety.words import in_words


class BasePartnerMerge(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    def _merge(self, partner_ids, dst_partner=None, extra_checks=True):
        """If one of the merged clients is blocked, the remaining client is blocked."""
        partners = self.env["res.partner"].browse(partner_ids).exists()
        blocks = self._client_blocks(partners)
        result = super()._merge(partner_ids, dst_partner, extra_checks)
        self._client_keep_blocks(partners.exists(), blocks)
        return result

    def _update_foreign_keys(self, src_partners, dst_partner):
        """Queue the figures of merged clients, and keep their decided classes.

        Without this, Odoo would delete the metric rows of the merged clients.
        """
        Metric = self.env["client.metric"].sudo()
        partners = src_partners | dst_partner
        metrics = Metric.search([("partner_id", "in", partners.ids)])
        for company_metrics in metrics.grouped("company_id").values():
            kept = company_metrics.filtered(lambda row: row.partner_id == dst_partner)
            kept = kept[:1] or company_metrics[0]
            for dimension in Metric._catalogue().dimensions:
                name = dimension.decided
                [decided, *_others] = [
                    *(kept + company_metrics).filtered(name),
                    kept,
                ]
                kept[name] = decided[name]
                if dimension.only_decided:  # the reason belongs to the decision
                    reason = f"{dimension.name}_reason"
                    kept[reason] = decided[reason]
            for name in ("business_at", "business_date"):
                days = [day for day in company_metrics.mapped(name) if day]
                kept[name] = max(days, default=False)
            (company_metrics - kept).unlink()
        Metric.flush_model()
        # Also the clients of merged contacts, because meetings of contacts count.
        clients = partners | partners.commercial_partner_id
        queue = self.env["client.metric.queue"]
        queue._add_clients(clients)
        if dst_partner == dst_partner.commercial_partner_id:
            merged = src_partners.filtered("client_is_commercial")
            keep_statuses(self.sudo().env, merged.ids, dst_partner.id)
            companies = queue._companies_of(clients)
            queue._add(
                [(dst_partner.id, company) for company in companies], reason="arrived"
            )
        result = super()._update_foreign_keys(src_partners, dst_partner)
        tree = self.env["res.company"]._client_tree()
        if not set(tree.partners).isdisjoint(partners.ids):
            # Odoo has written the partners of companies by SQL.
            self.env["res.company"]._client_tree_changed(dst_partner.ids)
        return result

    def _update_values(self, src_partners, dst_partner):
        """If the remaining partner has default values, use those of the others."""
        ratings = [partner.client_rating or "0" for partner in src_partners]
        all_types = self.env["client.type"]
        default_type = all_types.browse(all_types._default_id())
        types = (src_partners.client_type_id - default_type)[:1]
        result = super()._update_values(src_partners, dst_partner)
        if (dst_partner.client_rating or "0") == "0" and max(ratings) > "0":
            dst_partner.client_rating = max(ratings)
        if types and dst_partner.client_type_id == default_type:
            dst_partner.client_type_id = types
        return result

    def _client_blocks(self, partners):
        """:return: dict of the reasons of the blocks of these clients, by company"""
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
        """Block the remaining client in the companies where it is not blocked yet,
        because a merge must not unblock clients.
        """
        client = partners.sudo().commercial_partner_id
        if not reasons or len(partners) > 1:  # nothing was merged
            return
        blocked = blocked_anywhere(self.env, client)
        for company, reason in reasons.items():
            if (client.id, company.id) not in blocked:
                block(self.env, {client.id: None}, company, reason)
