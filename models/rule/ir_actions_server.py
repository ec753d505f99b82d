from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain


class IrActionsServer(models.Model):
    """Server actions that a status rule runs for the clients that it has changed."""

    _inherit = "ir.actions.server"

    usage = fields.Selection(
        selection_add=[("client_status_rule", "Status Rule")],
        ondelete={"client_status_rule": "set default"},
    )
    # Deleting a rule does not delete the actions: an administrator has made them.
    client_status_rule_id = fields.Many2one(
        "client.status.rule", "Status Rule", index="btree_not_null", ondelete="set null"
    )

    @api.constrains("client_status_rule_id", "model_id")
    def _check_client_status_rule_model(self):
        for action in self.filtered("client_status_rule_id"):
            if action.model_id.model != "res.partner":
                raise ValidationError(
                    self.env._(
                        "“%s” is for another model: a status rule runs actions for "
                        "contacts.",
                        action.name,
                    )
                )

    @api.depends("usage")
    def _compute_available_model_ids(self):
        result = super()._compute_available_model_ids()
        partner = self.env["ir.model"]._get("res.partner")
        for action in self.filtered_domain([("usage", "=", "client_status_rule")]):
            action.available_model_ids = partner & action.available_model_ids
        return result

    def _get_children_domain(self):
        domain = super()._get_children_domain()
        return domain & Domain("client_status_rule_id", "=", False)

    @api.model_create_multi
    def create(self, vals_list):
        if not vals_list:  # Odoo would empty the caches of all workers
            self.check_access("create")
            return self.browse()
        actions = super().create(vals_list)
        actions.sudo().client_status_rule_id._tell_actions_changed()
        return actions

    def write(self, vals):
        self.check_access("write")
        if not self:
            return True
        if not isinstance(vals, dict) or "client_status_rule_id" not in vals:
            return super().write(vals)
        before = {action: action.client_status_rule_id for action in self.sudo()}
        result = super().write(vals)
        rules = self.env["client.status.rule"].sudo()
        for action, rule in before.items():
            if action.client_status_rule_id != rule:
                rules |= rule | action.client_status_rule_id
        rules._tell_actions_changed()
        return result

    def unlink(self):
        self.check_access("unlink")
        if not self:
            return True
        rules = self.sudo().client_status_rule_id
        result = super().unlink()
        rules._tell_actions_changed()
        return result

    def _detach_from_client_rule(self):
        """Keep these actions when their rule is deleted, as normal server actions."""
        if self:
            self.write({"client_status_rule_id": False, "usage": "ir_actions_server"})
