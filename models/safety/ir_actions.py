from odoo import api, models
from odoo.tools import frozendict, ormcache

from .ir_ui_view import ADDONS


class IrActions(models.Model):
    """The menu *Actions* offers the changes of this addon to users who may write."""

    _inherit = "ir.actions.actions"

    @api.model
    def get_bindings(self, model_name):
        if not isinstance(model_name, str) or model_name not in self.env:
            return {}
        bindings = super().get_bindings(model_name)
        changing = self._client_changing()
        if model_name not in changing.values() or (
            self.env[model_name].has_access("write")
        ):
            return bindings
        allowed = {
            kind: [action for action in actions if action["id"] not in changing]
            for kind, actions in bindings.items()
        }
        return {kind: actions for kind, actions in allowed.items() if actions}

    @api.model
    @ormcache()
    def _client_changing(self):
        """:return: dict of the models of this addon's server actions, by id: they
        change the records of this model
        """
        data = self.env["ir.model.data"].sudo()
        known = data.search(
            [("model", "=", "ir.actions.server"), ("module", "=like", f"{ADDONS}%")]
        )
        actions = self.env["ir.actions.server"].sudo().browse(known.mapped("res_id"))
        return frozendict(
            {
                action.id: action.binding_model_id.model
                for action in actions.exists()
                if action.binding_model_id
            }
        )
