"""Open the screens of the addon as a user, and press all that can be pressed there."""

from lxml import etree

from odoo.tools.safe_eval import safe_eval

from .action_walk import SCREENS, Follower, is_module_ours
from .rpc_walk import is_ours

# Widgets that write when they are clicked, also where nothing else can be edited.
WRITING_WIDGETS = ("statusbar", "priority", "boolean_toggle", "boolean_favorite")
# Wizards of Odoo's that cannot be opened without a record, and what they are about.
ABOUT = {
    "account.move.send.wizard": (
        "account.move",
        [("state", "=", "posted"), ("move_type", "=", "out_invoice")],
    )
}


class Presser(Follower):
    """A user, and what he or she can press on the screens of the addon."""

    # What there is

    def press_menus(self):
        menus = self.env["ir.ui.menu"].browse(
            self.env["ir.ui.menu"]._visible_menu_ids()
        )
        for menu in menus.sudo():
            names = menu._get_external_ids()[menu.id]
            if any(map(is_module_ours, names)) and menu.action:
                with self._press(f"menu {names[0]}"):
                    self.follow(menu.action._get_action_dict())

    def press_views(self):
        for view in self._views():
            model = self.env[view.model]
            if model._transient and is_module_ours(model._original_module):
                continue  # an action opens it, and then it is pressed
            if model._transient:
                self._press_settings(view)
                continue
            if not model.has_access("read"):
                continue
            with self._press(f"view {view.key or view.xml_id}"):
                arch = etree.fromstring(model.get_view(view.id, view.type)["arch"])
            if view.type == "kanban":
                self._see_board(arch, model, view.xml_id)
            for record in self._readable(view.model):
                self.press_buttons(arch, record, view.xml_id)

    def press_bound_actions(self):
        models = self.root["ir.actions.actions"].search([]).binding_model_id
        for name in models.mapped("model"):
            records = self._readable(name)
            bound = self.env["ir.actions.actions"].get_bindings(name)
            for action in (one for kind in bound.values() for one in kind):
                if records and self._is_ours(action["id"]):
                    with self._press(f"action {action['name']} of {name}"):
                        self.run(action["id"], records)

    def _views(self):
        """:return: the screens of the addon, and the screens that it extends"""
        data = self.root["ir.model.data"].search(
            [
                ("model", "=", "ir.ui.view"),
                ("module", "=like", "client_segmentation%"),
            ]
        )
        views = self.root["ir.ui.view"].browse(data.mapped("res_id"))
        screens = views.browse()
        for view in views:
            while view.mode == "extension" and view.inherit_id:
                view = view.inherit_id
            screens |= view
        return screens.filtered(lambda view: view.type in SCREENS)

    def _press_settings(self, view):
        """Open the settings, or a wizard of Odoo's for the record that it is about."""
        if self.env[view.model].has_access("create"):
            about, domain = ABOUT.get(view.model, (None, []))
            record = about and self.env[about].search(domain, limit=1)
            if about and not record:
                return  # this user has nothing to open it for
            with self._press(f"view {view.xml_id}"):
                self.follow(
                    {
                        "type": "ir.actions.act_window",
                        "res_model": view.model,
                        "views": [(view.id, view.type)],
                        "context": about
                        and {"active_model": about, "active_ids": record.ids},
                    }
                )

    def _readable(self, model):
        records = self.samples(model).with_env(self.env)._filtered_access("read")
        if model == "client.bulk.operation":
            own = records.filtered(lambda record: record.user_id == self.env.user)
            return own or records[:1]
        return records

    # Buttons

    def press_buttons(self, arch, record, where, depth=0):
        for node in arch.iter("button", "a", "field"):
            if any(node.iterancestors("field")):
                continue  # a line of another model
            if node.get("widget") == "client_class":
                node = self._button_of_class(node)
            if node.tag == "field":
                self._see_field(node, record, where)
            elif self._is_button_of_ours(node, record):
                name = f"{where}: {node.get('name')} of {record._name}"
                if self._is_new(node, record) and self._is_visible(node, record):
                    with self._press(name):
                        self.follow(self._click(node, record), depth + 1)

    def _button_of_class(self, field):
        """:return: the button that the widget of a class shows, see
        `static/src/client_class`
        """
        name = field.get("name").removeprefix("client_").removesuffix("_computed")
        return etree.Element(
            "button",
            type="object",
            name="action_explain_client_class",
            context=str({"client_class": name}),
            invisible=field.get("invisible", "False"),
        )

    def _is_new(self, node, record):
        """:return: whether this button has not been pressed on another screen"""
        attributes = ("type", "name", "context", "invisible")
        # Each time it opens, a wizard is a new record.
        known = 0 if record._transient else record.id
        key = (record._name, known, *map(node.get, attributes))
        is_new = key not in self._seen
        self._seen.add(key)
        return is_new

    def _is_button_of_ours(self, node, record):
        kind, name = node.get("type"), node.get("name", "")
        if kind == "action":
            return name.isdigit() and self._is_ours(int(name))
        return kind == "object" and any(
            is_ours(base.__module__)
            for base in type(record).mro()
            if name in vars(base)
        )

    def _is_ours(self, action_id):
        action = self.root["ir.actions.actions"].browse(action_id)
        action = self.root[action.type].browse(action_id)
        return any(map(is_module_ours, action._get_external_ids()[action_id]))

    def _click(self, node, record):
        values = self._values(node.get("context", "{}"), record)
        context = safe_eval(node.get("context", "{}"), values)
        record = record.with_context(**context)
        if node.get("type") == "object":
            return getattr(record, node.get("name"))()
        return self._action(int(node.get("name")))

    def _see_field(self, node, record, where):
        """A field that is written with a click, by a user who may not write it."""
        field = record._fields[node.get("name")]
        options = safe_eval(node.get("options", "{}"), {"true": True, "false": False})
        writes = node.get("widget") in WRITING_WIDGETS and (
            node.get("widget") != "statusbar" or options.get("clickable")
        )
        if (
            writes
            and any(map(is_module_ours, field._modules))
            and not record.has_access("write")
            and self._is_visible(node, record)
            and not self._evaluate(node.get("readonly"), record)
        ):
            self.faults.add(f"{where}: {field} can be clicked, but not written")

    def _see_board(self, arch, model, where):
        """Cards and columns that can be dragged, by a user who may not write them."""
        columns = model._fields.get(arch.get("default_group_by"))
        if columns and any(map(is_module_ours, columns._modules)):
            for attribute, name in (
                ("records_draggable", model._name),
                ("groups_draggable", columns.comodel_name),
            ):
                may_write = self.env[name].has_access("write")
                if arch.get(attribute) != "False" and not may_write:
                    self.faults.add(f"{where}: {name} can be dragged, but not written")

    def _is_visible(self, node, record):
        return not any(
            self._evaluate(one.get(attribute), record)
            for one in (node, *node.iterancestors())
            for attribute in ("invisible", "column_invisible")
        )

    def _evaluate(self, expression, record):
        if expression in (None, "", "False", "0", "True", "1"):
            return expression in ("True", "1")
        return bool(safe_eval(expression, self._values(expression, record)))

    def _values(self, expression, record):
        """:return: dict of what a screen knows of its record"""
        values = {"context": {}, "uid": self.env.uid, "id": record.id}
        names = [name for name in record._fields if name in expression]
        for name, value in record.read(names, load="")[0].items() if names else ():
            values[name] = value
        return values | {"active_id": record.id}
