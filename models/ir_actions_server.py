from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain


class IrActionsServer(models.Model):
    """Server actions that a status rule runs, for the clients that it has changed."""

    _inherit = "ir.actions.server"

    usage = fields.Selection(
        selection_add=[("client_status_rule", "Status Rule")],
        ondelete={"client_status_rule": "cascade"},
    )
    client_status_rule_id = fields.Many2one(
        "client.status.rule", "Status Rule", index="btree_not_null", ondelete="cascade"
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
        for action in self.filtered(lambda own: own.usage == "client_status_rule"):
            action.available_model_ids = partner & action.available_model_ids
        return result

    def _get_children_domain(self):
        domain = super()._get_children_domain()
        return domain & Domain("client_status_rule_id", "=", False)

    @api.model_create_multi
    def create(self, vals_list):
        actions = super().create(vals_list)
        if actions.client_status_rule_id:
            self.env.registry.clear_cache("stable")
        return actions

    def write(self, vals):
        result = super().write(vals)
        if "client_status_rule_id" in vals:
            self.env.registry.clear_cache("stable")
        return result

    def unlink(self):
        rules = self.client_status_rule_id
        result = super().unlink()
        if rules:
            self.env.registry.clear_cache("stable")
        return result
