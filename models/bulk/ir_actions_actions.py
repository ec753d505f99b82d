from odoo import api, models
from odoo.tools import frozendict

# The entries of this addon in the menu Actions of clients, in their order.
ENTRIES = (
    "client_bulk_tag_add_action",
    "client_bulk_status_action",
    "client_lost_action",
    "client_bulk_type_action",
    "client_mend_action",
    "client_bulk_block_action",
    "client_bulk_language_action",
    "client_loss_test_action",
    "client_empty_personal_action",
)
# Odoo's own entries, such as Export, are in group 1 of the menu.
FIRST_GROUP = -1


class IrActionsActions(models.Model):
    """The entries of this addon stand first in the menu Actions of clients."""

    _inherit = "ir.actions.actions"

    @api.model
    def _get_bindings(self, model_name):
        """Give the entries of this addon a group of their own, which the web client
        shows first, see `static/src/selection/action_menus.js`.
        """
        bindings = super()._get_bindings(model_name)
        if model_name != "res.partner" or not bindings.get("action"):
            return bindings
        actions = {action["id"]: action for action in bindings["action"]}
        first = [
            frozendict({**actions.pop(action.id), "groupNumber": FIRST_GROUP})
            for name in ENTRIES
            if (action := self._entry(name)) and action.id in actions
        ]
        return frozendict({**bindings, "action": (*first, *actions.values())})

    @api.model
    def _entry(self, name):
        """:return: the action with this XML id, or None if there is none"""
        xml_id = f"client_segmentation.{name}"
        return self.env.ref(xml_id, raise_if_not_found=False)
