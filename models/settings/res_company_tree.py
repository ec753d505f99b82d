from odoo import api, models
from odoo.tools import ormcache

from ...engine.companies import read_companies


class ResCompany(models.Model):
    """Branches of companies, and partners that are companies of this database.

    If such a partner comes or goes, it becomes a client, or is none any more: its
    figures are computed again in all companies.
    """

    _inherit = "res.company"

    @api.model
    @ormcache(cache="stable")
    def _client_tree(self):
        """:return: cached `engine.companies.CompanyTree`, because each posting needs
        it
        """
        return read_companies(self.sudo().env)

    @api.model_create_multi
    def create(self, vals_list):
        self.check_access("create")
        # Odoo creates the other partners: they have no documents yet.
        has_partner = [
            isinstance(vals, dict) and bool(vals.get("partner_id"))
            for vals in (vals_list if isinstance(vals_list, list) else ())
        ]
        companies = super().create(vals_list)
        if companies:
            pairs = zip(companies.sudo(), has_partner, strict=False)
            self._client_tree_changed([own.partner_id.id for own, has in pairs if has])
        return companies

    def write(self, vals):
        if not self or not isinstance(vals, dict) or "partner_id" not in vals:
            return super().write(vals)
        self.check_access("write")
        before = self.sudo().partner_id.ids
        result = super().write(vals)
        self._client_tree_changed([*before, *self.sudo().partner_id.ids])
        return result

    def unlink(self):
        self.check_access("unlink")
        partners = self.sudo().partner_id.ids
        result = super().unlink()
        self._client_tree_changed(partners)
        return result

    @api.model
    def _client_tree_changed(self, partners):
        """Forget the cached tree, and compute the figures of these partners (ids)
        again in all companies.
        """
        self.env.registry.clear_cache("stable")
        if partners:
            clients = self.env["res.partner"].sudo().browse(partners)
            self.env["client.metric.queue"]._add(
                (
                    (client.id, company)
                    for client in clients.commercial_partner_id
                    for company in self._client_tree().companies
                ),
                # One that is no company any more has a history.
                reason="arrived",
            )
