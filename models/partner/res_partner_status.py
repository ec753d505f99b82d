from odoo import api, fields, models

from ..safety.buttons import for_one


class ResPartner(models.Model):
    """Since when a client has its status: the journal knows."""

    _inherit = "res.partner"

    client_status_since = fields.Datetime(
        "Status Since",
        compute="_compute_client_status_since",
        groups="client_segmentation.group_client_user",
        help="When the status last changed in your company; empty if it never did.",
    )
    client_status_age = fields.Char(
        "Status and Age",
        compute="_compute_client_status_age",
        groups="client_segmentation.group_client_user",
    )
    client_change_count = fields.Integer(
        "Number of Changes",
        compute="_compute_client_change_count",
        groups="client_segmentation.group_client_user",
    )

    @api.depends("client_status_id")
    @api.depends_context("company")
    def _compute_client_status_since(self):
        clients = self.commercial_partner_id
        since = dict(
            self.env["client.change"]._read_group(
                [
                    ("partner_id", "in", clients.ids),
                    ("qualifier", "=", "client_status_id"),
                    ("company_id", "=", self.env.company.id),
                ],
                ["partner_id"],
                ["date:max"],
            )
        )
        for partner in self:
            client = partner.commercial_partner_id
            partner.client_status_since = since.get(client._origin, False)

    @api.depends("client_status_since")
    @api.depends_context("company", "lang", "tz")
    def _compute_client_status_age(self):
        today = fields.Date.context_today(self)
        for partner in self:
            since = partner.client_status_since
            if not since:
                partner.client_status_age = False
                continue
            day = fields.Datetime.context_timestamp(partner, since).date()
            partner.client_status_age = self._client_age_text((today - day).days)

    @api.model
    def _client_age_text(self, days):
        """:return: what people say of so many days, such as “for 3 months”"""
        if days < 1:
            return self.env._("since today")
        if days == 1:
            return self.env._("since yesterday")
        if days < 61:
            return self.env._("for %s days", days)
        if days < 730:
            return self.env._("for %s months", days * 12 // 365)
        return self.env._("for %s years", days // 365)

    def _compute_client_change_count(self):
        counts = dict(
            self.env["client.change"]._read_group(
                [("partner_id", "in", self.ids)], ["partner_id"], ["__count"]
            )
        )
        for partner in self:
            partner.client_change_count = counts.get(partner._origin, 0)

    @for_one("read")
    def action_open_client_changes(self):
        """:return: action with the journal of this client"""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "client_segmentation.client_change_action"
        )
        client = self.commercial_partner_id
        return {**action, "domain": [("partner_id", "=", client.id)], "context": {}}
