from odoo import fields, models

from ..engine.policy import Policy


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    client_automation = fields.Boolean(
        related="company_id.client_automation", readonly=False
    )
    client_print_name2 = fields.Boolean(
        related="company_id.client_print_name2", readonly=False
    )
    client_window_months = fields.Integer(
        related="company_id.client_window_months", readonly=False
    )
    client_by_amount = fields.Boolean(
        related="company_id.client_by_amount", readonly=False
    )
    client_vip_share = fields.Float(
        related="company_id.client_vip_share", readonly=False
    )
    client_regular_share = fields.Float(
        related="company_id.client_regular_share", readonly=False
    )
    client_vip_amount = fields.Monetary(
        related="company_id.client_vip_amount",
        currency_field="currency_id",
        readonly=False,
    )
    client_regular_amount = fields.Monetary(
        related="company_id.client_regular_amount",
        currency_field="currency_id",
        readonly=False,
    )
    client_fast_days = fields.Integer(
        related="company_id.client_fast_days", readonly=False
    )
    client_standard_days = fields.Integer(
        related="company_id.client_standard_days", readonly=False
    )
    client_payment_evidence = fields.Integer(
        related="company_id.client_payment_evidence", readonly=False
    )
    client_active_days = fields.Integer(
        related="company_id.client_active_days", readonly=False
    )
    client_recent_months = fields.Integer(
        related="company_id.client_recent_months", readonly=False
    )
    client_personal_details = fields.Boolean(
        related="company_id.client_personal_details", readonly=False
    )

    def set_values(self):
        """Other limits make other classes, at once."""
        policy = Policy.of(self.company_id)
        result = super().set_values()
        if Policy.of(self.company_id) != policy:
            self.env["client.metric"]._refresh(self.company_id)
        return result

    def action_refresh_client_figures(self):
        """Compute the figures of all clients of the company now."""
        self.env["client.metric"]._refresh(self.company_id)
        return self._notify(self.env._("The figures of all clients are up to date."))

    def action_verify_client_figures(self):
        """Compare the figures of the company with its documents."""
        differing = self.env["client.metric"].verify(self.company_id)
        if not differing:
            return self._notify(self.env._("Every figure agrees with the documents."))
        clients = differing[self.company_id.name]
        return self._notify(
            self.env._(
                "%(count)s clients differ: %(names)s. Refresh the figures.",
                count=len(clients),
                names=", ".join(clients[:10]),
            ),
            kind="warning",
        )

    def _notify(self, message, kind="success"):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {"message": message, "type": kind},
        }
