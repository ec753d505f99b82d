from odoo import api, models
from odoo.exceptions import UserError

from ..safety.buttons import for_one
from .class_rows import add_rows

INVOICED = "//button[@name='action_view_partner_invoices']//span[@class='o_stat_text']"


class ResPartner(models.Model):
    """The classes of the client: why it has one, and what people decide instead."""

    _inherit = "res.partner"

    def _client_metric(self):
        """:return: `client.metric` of this client in the current company, if any"""
        return self.env["client.metric"].search(
            [
                ("partner_id", "=", self.commercial_partner_id.id),
                ("company_id", "=", self.env.company.id),
            ]
        )

    @for_one("read", shows="client.metric")
    def action_explain_client_class(self):
        """:return: action that explains the class named in the context"""
        self.env["client.metric"].check_access("read")
        name = self.env.context.get("client_class")
        if name not in self.env["client.metric"]._catalogue().effective:
            raise UserError(self.env._("“%s” is not a class of clients.", name))
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Why?"),
            "res_model": "client.class.wizard",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_partner_id": self.commercial_partner_id.id,
                "default_company_id": self.env.company.id,
                "default_name": name,
            },
        }

    def _decide_client_class(self, name, decided, reason):
        """Overrule a class of these clients, see `client.metric._decide`."""
        clients = self.commercial_partner_id
        self.env["client.metric"]._decide(clients, name, decided, reason)

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        arch, view = super()._get_view(view_id, view_type, **options)
        add_rows(arch, view_type, self.env["client.metric"]._catalogue().dimensions)
        if view == self.env.ref("client_segmentation.client_view_form", False):
            # Not in the view: an update of `base` would not find the button of the
            # addon of accounting, which is loaded later.
            for label in arch.xpath(INVOICED):
                label.text = self.env._("Invoiced, All Years")
        return arch, view
