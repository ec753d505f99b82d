from odoo import api, fields, models
from odoo.exceptions import AccessError

from ..safety.buttons import for_one

MANAGER = "client_segmentation.group_client_manager"


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    client_automation = fields.Boolean(
        related="company_id.client_automation", readonly=False
    )
    client_print_name2 = fields.Boolean(
        related="company_id.client_print_name2", readonly=False
    )
    client_personal_details = fields.Boolean(
        related="company_id.client_personal_details", readonly=False
    )

    client_old_email_years = fields.Integer(
        related="company_id.client_old_email_years", readonly=False
    )
    client_silent_years = fields.Integer(
        related="company_id.client_silent_years", readonly=False
    )

    # The limits are checked together, so they are also written together.
    client_window_months = fields.Integer("Period (Months)")
    client_own_companies = fields.Boolean("Count Own Companies as Clients")
    client_by_amount = fields.Boolean("Revenue Classes by Amount")
    client_vip_share = fields.Float("VIP: Share of the Revenue (%)")
    client_regular_share = fields.Float("VIP and Regular: Share of the Revenue (%)")
    client_vip_amount = fields.Monetary(
        "VIP: Revenue From", currency_field="currency_id"
    )
    client_regular_amount = fields.Monetary(
        "Regular: Revenue From", currency_field="currency_id"
    )
    client_fast_days = fields.Integer("Fast: Days after the Invoice")
    client_standard_days = fields.Integer("Standard: Days after the Due Date")
    client_payment_evidence = fields.Integer("Due Dates Needed")
    client_active_days = fields.Integer("Active: Days since the Last Business")
    client_recent_months = fields.Integer("Recent: Months since the Last Business")

    @api.model
    def get_values(self):
        values = super().get_values()
        if not self.has_access("create"):
            return values
        company = self.env.company
        return values | {name: company[name] for name in company._client_limit_fields()}

    def set_values(self):
        """Changed limits change the classes immediately."""
        self.check_access("write")
        if not self:
            return None
        result = super().set_values()
        names = self.env["client.metric"]._catalogue().limit_names
        limits = {name: self[f"client_{name}"] for name in names}
        if any(
            self.company_id[f"client_{name}"] != value for name, value in limits.items()
        ):
            self.company_id._client_apply_limits(limits)
        return result

    @for_one("read")
    def action_refresh_client_figures(self):
        """Compute the figures of all clients of the company now."""
        self._check_client_figures()
        self.env["client.metric"]._refresh_and_run_rules(self.company_id)
        return self._notify(self.env._("The figures of all clients are up to date."))

    @for_one("read")
    def action_verify_client_figures(self):
        """Compare the figures of the company with its documents."""
        self._check_client_figures()
        self.env["client.metric.queue"]._add_meetings()
        while self.env["client.metric.queue"]._drain():
            pass  # the figures do not include the queued clients yet
        differing = self.env["client.metric"].verify(self.company_id)
        if not differing:
            return self._notify(self.env._("Every figure agrees with the documents."))
        clients = differing[self.company_id.name]
        return self._notify(
            self.env._(
                "The figures of these clients differ (%(count)s): %(names)s. Refresh "
                "the figures.",
                count=len(clients),
                names=", ".join(clients[:10]),
            ),
            kind="warning",
        )

    def _check_client_figures(self):
        """:raise AccessError: if the user is not an administrator of the settings or of
        the client file, or does not work in the company
        """
        user = self.env.user
        if not (user.has_group("base.group_system") or user.has_group(MANAGER)):
            raise AccessError(
                self.env._(
                    "Only an administrator of the client file or of the settings may "
                    "do this."
                )
            )
        if self.company_id not in self.env.companies:
            raise AccessError(self.env._("You do not work in this company."))

    def _notify(self, message, kind="success"):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {"message": message, "type": kind},
        }
