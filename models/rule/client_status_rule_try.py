from odoo import api, models

from ..safety.buttons import for_one, without_defaults


class ClientStatusRule(models.Model):
    """*Try It*, and the hint of the list of the rules that offers it on first use."""

    _inherit = "client.status.rule"

    @for_one("write")
    def action_try(self):
        """:return: action that shows which clients the rule would change"""
        self._set_tried()
        wizard = without_defaults(self.env["client.status.rule.try"]).create(
            {"rule_id": self.id, "company_id": self.env.company.id}
        )
        return wizard._open()

    @api.model
    def offers_try(self):
        """:return: whether the list of the rules offers to try one: the user may, and
        nobody has done so in this company
        """
        self.browse().check_access("read")
        tried = self.env.company.sudo().client_rules_tried
        return self.has_access("write") and not tried

    @api.model
    def stop_offering_try(self):
        """Hide the hint in this company for good."""
        self.browse().check_access("write")
        self._set_tried()

    @api.model
    def _set_tried(self):
        company = self.env.company.sudo()
        if not company.client_rules_tried:
            company.client_rules_tried = True
