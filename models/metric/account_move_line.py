from odoo import models

# What the figures read of the lines of a posted document.
FIGURE_FIELDS = {"date_maturity", "quantity", "price_unit", "discount", "balance"}


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    def write(self, vals):
        result = super().write(vals)
        if self and isinstance(vals, dict) and not FIGURE_FIELDS.isdisjoint(vals):
            pairs = self.move_id._client_pairs()
            self.env["client.metric.queue"]._add(pairs)
        return result

    def _settled_client_pairs(self):
        """:return: client and company of the documents that these lines settle"""
        lines = self.sudo()
        partials = lines.matched_debit_ids | lines.matched_credit_ids
        return partials._client_pairs()
