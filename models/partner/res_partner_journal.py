from contextlib import contextmanager

from odoo import api, fields, models

from ..safety.buttons import for_one


class ResPartner(models.Model):
    """The journal of a client: it logs changed qualifiers, and tells since when the
    client has its status.
    """

    _inherit = "res.partner"

    client_change_ids = fields.One2many(
        "client.change",
        "partner_id",
        "History",
        groups="client_segmentation.group_client_user",
    )

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
        """:return: text for a number of days, such as “for 3 months”"""
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

    @for_one("read", shows="client.change")
    def action_open_client_changes(self):
        """:return: action with the journal of this client"""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "client_segmentation.client_change_action"
        )
        client = self.commercial_partner_id
        return {**action, "domain": [("partner_id", "=", client.id)], "context": {}}

    @api.model
    def _client_journal_fields(self):
        """:return: names of the fields whose changes get into the journal"""
        names = self.env["client.bulk.operation"]._client_fields()
        return (*names, "client_status_pinned", "client_organisation")

    def _client_journal_new(self):
        """Log new clients that do not have the default status, for example from an
        import, and new clients that are blocked.
        """
        rows = []
        field = self._fields["client_status_id"]
        default = field.get_company_dependent_fallback(self)
        for client in self.sudo().filtered("client_is_commercial"):
            status = client.client_status_id
            if status != default:
                rows.append(
                    (client, self.env.company, "client_status_id", default, status)
                )
            if client.client_blocked:
                rows.append((client, self.env.company, "client_blocked", False, True))
        if rows:
            self.env["client.change"]._log(rows)

    @contextmanager
    def _client_journalled(self, vals):
        """A step of `write`: log changed qualifiers."""
        names = [name for name in self._client_journal_fields() if name in vals]
        if "is_company" in vals and "client_organisation" not in vals:
            names.append("client_organisation")  # computed from `is_company`
        if "client_blocked_reason" in vals and "client_blocked" not in vals:
            names.append("client_blocked")  # a new reason is logged too
        if not names:
            yield vals
            return
        clients = self.sudo().filtered("client_is_commercial")
        before = {client: {name: client[name] for name in names} for client in clients}
        reasons = {}
        if "client_blocked" in names:
            reasons = {client: client.client_blocked_reason for client in clients}
        yield vals
        rows = []
        for client, values in before.items():
            for name, old in values.items():
                has_new_reason = (
                    name == "client_blocked"
                    and old
                    and client.client_blocked_reason != reasons[client]
                )
                if client[name] != old or has_new_reason:
                    shared = not self._fields[name].company_dependent
                    company = None if shared else self.env.company
                    rows.append((client, company, name, old, client[name]))
        if rows:
            self.env["client.change"]._log(rows, reasons)

    @contextmanager
    def _client_tags_journalled(self, vals):
        """A step of `write`: log added and removed tags."""
        if "category_id" not in vals:
            yield vals
            return
        partners = self.sudo().with_context(active_test=False)
        before = {partner: partner.category_id for partner in partners}
        yield vals
        rows = []
        for partner, old in before.items():
            new, no_tag = partner.category_id, old.browse()
            rows += [(partner, None, "category_id", tag, no_tag) for tag in old - new]
            rows += [(partner, None, "category_id", no_tag, tag) for tag in new - old]
        if rows:
            self.env["client.change"]._log(rows)
