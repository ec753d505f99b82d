from odoo import models


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    def write(self, vals):
        result = super().write(vals)
        if "date_maturity" in vals:
            pairs = self.move_id._client_pairs()
            self.env["client.metric.queue"]._add(pairs)
        return result
