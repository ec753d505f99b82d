from odoo import api, fields, models


class ResPartner(models.Model):
    """What changes in the qualification of a client is written down."""

    _inherit = "res.partner"

    client_change_ids = fields.One2many(
        "client.change",
        "partner_id",
        "History",
        groups="client_segmentation.group_client_user",
    )

    @api.model
    def _client_journal_fields(self):
        """:return: names of the fields whose changes are journalled"""
        return (
            "client_status_id",
            "client_status_pinned",
            "client_type_id",
            "client_organisation",
            "client_criterion_1_id",
            "client_criterion_2_id",
            "client_rating",
            "client_blocked",
        )

    @api.model_create_multi
    def create(self, vals_list):
        partners = super().create(vals_list)
        # Who starts as something else than a prospect got there from outside.
        field = self._fields["client_status_id"]
        usual = field.get_company_dependent_fallback(self)
        rows = []
        for partner, vals in zip(partners, vals_list, strict=True):
            status = self.env["client.status"].browse(vals.get("client_status_id"))
            if status and status != usual and partner.client_is_commercial:
                row = (partner, self.env.company, "client_status_id", usual, status)
                rows.append(row)
        if rows:
            self.env["client.change"]._log(rows)
        return partners

    def write(self, vals):
        names = [name for name in self._client_journal_fields() if name in vals]
        if "is_company" in vals and "client_organisation" not in vals:
            names.append("client_organisation")  # follows it
        if "client_blocked_reason" in vals and "client_blocked" not in vals:
            names.append("client_blocked")  # its reason may change
        if not names:
            return super().write(vals)
        clients = self.sudo().filtered("client_is_commercial")
        before = {client: {name: client[name] for name in names} for client in clients}
        reasons = {}
        if "client_blocked" in names:
            reasons = {client: client.client_blocked_reason for client in clients}
        result = super().write(vals)
        rows = []
        for client, values in before.items():
            for name, old in values.items():
                reworded = (
                    name == "client_blocked"
                    and old
                    and client.client_blocked_reason != reasons[client]
                )
                if client[name] != old or reworded:
                    shared = not self._fields[name].company_dependent
                    company = None if shared else self.env.company
                    rows.append((client, company, name, old, client[name]))
        if rows:
            self.env["client.change"]._log(rows, reasons)
        return result
