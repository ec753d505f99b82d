from contextlib import contextmanager

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
        names = self.env["client.bulk.operation"]._client_fields()
        return (*names, "client_status_pinned", "client_organisation")

    def _client_journal_new(self):
        """New clients that begin as something else than others got there from outside;
        who begins as blocked is written down as well.
        """
        rows = []
        field = self._fields["client_status_id"]
        usual = field.get_company_dependent_fallback(self)
        for client in self.sudo().filtered("client_is_commercial"):
            status = client.client_status_id
            if status != usual:
                rows.append(
                    (client, self.env.company, "client_status_id", usual, status)
                )
            if client.client_blocked:
                rows.append((client, self.env.company, "client_blocked", False, True))
        if rows:
            self.env["client.change"]._log(rows)

    @contextmanager
    def _client_journalled(self, vals):
        """A step of `write`."""
        names = [name for name in self._client_journal_fields() if name in vals]
        if "is_company" in vals and "client_organisation" not in vals:
            names.append("client_organisation")  # follows it
        if "client_blocked_reason" in vals and "client_blocked" not in vals:
            names.append("client_blocked")  # its reason may change
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
