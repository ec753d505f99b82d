from odoo import api, models


class AccountPartialReconcile(models.Model):
    _inherit = "account.partial.reconcile"

    # What was settled in the window, and since a day.
    _client_max_date_idx = models.Index("(max_date)")

    @api.model_create_multi
    def create(self, vals_list):
        partials = super().create(vals_list)
        self.env["client.metric.queue"]._add(partials._client_pairs())
        return partials

    def unlink(self):
        pairs = self._client_pairs()
        result = super().unlink()
        self.env["client.metric.queue"]._add(pairs)
        return result

    def _client_pairs(self):
        """:return: client and company of the documents settled here"""
        lines = self.sudo().debit_move_id | self.sudo().credit_move_id
        return lines.move_id._client_pairs()
