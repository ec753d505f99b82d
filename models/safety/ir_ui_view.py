from odoo import api, models

from .buttons import may_press

# Widgets that write when they are clicked, also where nothing else can be edited.
WRITING_WIDGETS = {"statusbar", "priority", "boolean_toggle", "boolean_favorite"}
ADDONS = "client_segmentation"


class IrUiView(models.Model):
    """Users see nothing of this addon that would end in an access error.

    Which rights a button needs is known from the decorator of its method (`for_one`,
    `for_all`), so views name groups for other reasons only.
    """

    _inherit = "ir.ui.view"

    def _postprocess_access_rights(self, tree):
        screens = {
            screen: self.env[screen.get("model_access_rights")]
            for screen in tree.xpath("//*[@model_access_rights][not(self::field)]")
        }
        tree = super()._postprocess_access_rights(tree)
        for node in [*tree.iter("button", "a", "field")]:
            above = (screens[one] for one in node.iterancestors() if one in screens)
            model = next(above, None)
            if model is None:
                continue
            if node.tag == "field":
                self._client_adapt_field(node, model)
            elif not self._client_may_press(node, model):
                node.getparent().remove(node)
        for screen, model in screens.items():
            if screen.tag == "kanban":
                self._client_adapt_kanban(screen, model)
        return tree

    @api.model
    def _client_may_press(self, button, model):
        kind, name = button.get("type"), button.get("name")
        if kind == "action" and name and name.isdigit():
            changed = self.env["ir.actions.actions"]._client_changing().get(int(name))
            return not changed or self.env[changed].has_access("write")
        return kind != "object" or not name or may_press(model, name)

    @api.model
    def _client_adapt_field(self, node, model):
        """Users who may not write a field cannot click on it."""
        field = model._fields.get(node.get("name"))
        if (
            field
            and node.get("widget") in WRITING_WIDGETS
            and any(module.startswith(ADDONS) for module in field._modules)
            and not model.has_access("write")
        ):
            node.set("readonly", "True")

    @api.model
    def _client_adapt_kanban(self, node, model):
        """Users drag no card, and no column, that they may not write."""
        columns = model._fields.get(node.get("default_group_by"))
        if columns is None or not columns.comodel_name:
            return
        if not any(module.startswith(ADDONS) for module in columns._modules):
            return
        for attribute, name in (
            ("records_draggable", model._name),
            ("groups_draggable", columns.comodel_name),
        ):
            if not self.env[name].has_access("write"):
                node.set(attribute, "False")
