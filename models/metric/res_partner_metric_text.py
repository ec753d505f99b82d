from odoo import api, fields, models

from .metric_field import GROUP


class ResPartner(models.Model):
    """Figures of the client in words."""

    _inherit = "res.partner"

    client_rhythm = fields.Char(
        "Rhythm", compute="_compute_client_rhythm_text", groups=GROUP
    )
    client_period = fields.Char(
        "Period",
        compute="_compute_client_period",
        groups=GROUP,
        help="The months until today that revenue, payments and discounts are of. An "
        "administrator sets their number in the settings.",
    )

    @api.depends_context("company", "uid", "lang")
    def _compute_client_rhythm_text(self):
        for client in self:
            parts = client._client_rhythm_parts()
            client.client_rhythm = ", ".join(parts) or False

    def _client_rhythm_parts(self):
        """:return: list of texts: the usual gap between orders, and the silence now"""
        if not self.client_last_invoice_date:
            return []
        env, parts = self.env, []
        gap, silent = round(self.client_order_gap_days), self.client_days_silent
        if gap > 1:
            parts.append(env._("orders every %s days", gap))
        elif self.client_order_gap_days:
            parts.append(env._("orders every day"))
        if silent == 1:
            parts.append(env._("silent for 1 day"))
        elif silent > 1:
            parts.append(env._("silent for %s days", silent))
        return parts

    @api.depends_context("company", "lang")
    def _compute_client_period(self):
        months = self.env.company.sudo().client_window_months
        self.client_period = (
            self.env._("last month")
            if months == 1
            else self.env._("last %s months", months)
        )
