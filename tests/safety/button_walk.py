"""Open the screens of the addon as a user, and press all that can be pressed there."""

from contextlib import contextmanager

from lxml import etree

from odoo.exceptions import AccessError, UserError
from odoo.tools.safe_eval import safe_eval

from .rpc_walk import is_ours

SCREENS = ("list", "kanban", "form")
# Widgets that write when they are clicked, also where nothing else can be edited.
WRITING_WIDGETS = ("statusbar", "priority", "boolean_toggle", "boolean_favorite")
# Client actions of Odoo that only show something.
SHOWING = ("display_notification", "reload", "soft_reload")
DEPTH = 3


def is_module_ours(module):
    return module.startswith("client_segmentation")


class Presser:
    """A user and what he or she can press.

    `faults` are sentences about what ends in an access error, `pressed` are the pressed
    buttons, menus and actions.
    """

    def __init__(self, env, user, samples, pages):
        """:param samples: function from a model name to records, read by the superuser
        :param pages: dict of functions that do what a page of the browser does, by tag
        """
        self.root = env
        self.env = env(user=user.id, context={**user.context_get()}, su=False)
        company = user.company_id
        self.env = self.env["base"].with_company(company).env
        self.samples, self.pages = samples, pages
        self.faults, self.pressed = set(), set()
        self._seen = set()

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
            if model._transient or not model.has_access("read"):
                continue  # an action opens it, and then it is pressed
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

    def _readable(self, model):
        records = self.samples(model).with_env(self.env)
        return records._filtered_access("read")

    # Buttons

    def press_buttons(self, arch, record, where, depth=0):
        for node in arch.iter("button", "a", "field"):
            if any(node.iterancestors("field")):
                continue  # a line of another model
            if node.tag == "field":
                self._see_field(node, record, where)
            elif self._is_button_of_ours(node, record):
                name = f"{where}: {node.get('name')} of {record._name}"
                if self._is_new(node, record) and self._is_visible(node, record):
                    with self._press(name):
                        self.follow(self._click(node, record), depth + 1)

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

    # What follows

    def run(self, action_id, records):
        """Choose an entry of the menu *Actions*."""
        action = self._action(action_id)
        context = {
            "active_model": records._name,
            "active_ids": records.ids,
            "active_id": records.ids[0],
        }
        if action["type"] == "ir.actions.server":
            server = self.env["ir.actions.server"].browse(action_id)
            self.follow(server.with_context(**context).run(), 1)
        else:
            self.follow({**action, "context": context}, 1)

    def _action(self, action_id):
        kind = self.root["ir.actions.actions"].browse(action_id).type
        return self.env[kind].sudo().browse(action_id)._get_action_dict()

    def follow(self, action, depth=0):
        """Do what the browser does with an action."""
        if not isinstance(action, dict) or depth > DEPTH:
            return
        if action["type"] == "ir.actions.act_window":
            self._open_window(action, depth)
        elif action["type"] == "ir.actions.client":
            if action["tag"] not in SHOWING:
                self.pages[action["tag"]](self.env, action)
            self.follow((action.get("params") or {}).get("next"), depth)

    def _open_window(self, action, depth):
        if not action.get("res_id"):
            key = repr(sorted(action.items(), key=str))
            if key in self._seen:
                return
            self._seen.add(key)
        context = action.get("context") or {}
        if isinstance(context, str):
            context = safe_eval(context, {"uid": self.env.uid, "active_id": 1})
        model = self.env[action["res_model"]].with_context(**context)
        views = action.get("views") or [
            (False, kind) for kind in action["view_mode"].split(",")
        ]
        domain = action.get("domain") or []
        if isinstance(domain, str):
            domain = safe_eval(domain, {"uid": self.env.uid, **context})
        for view_id, kind in views:
            arch = etree.fromstring(model.get_view(view_id, kind)["arch"])
            if kind == "form":
                record = self._record(model, action, arch)
                if record:
                    record.web_read(self._specification(arch, record))
                    self.press_buttons(arch, record, action["res_model"], depth)
            elif kind in SCREENS:
                specification = self._specification(arch, model)
                model.web_search_read(domain, specification, limit=3)
            else:
                model.formatted_read_group(domain, [], ["__count"])

    def _record(self, model, action, arch):
        if action.get("res_id"):
            return model.browse(action["res_id"])
        if not model._transient:
            return None
        names = [node.get("name") for node in arch.iter("field")]
        values = model.default_get(names)
        for name in names:
            if name not in values and model._fields[name].type in ("char", "text"):
                values[name] = "Because"
        wizard = model.create(values)
        for node in arch.iter("field"):
            self._fill(wizard, node)
        return wizard

    def _fill(self, wizard, node):
        """Choose the first record where one has to be chosen."""
        name = node.get("name")
        field = wizard._fields[name]
        if field.readonly or not field.relational or wizard[name]:
            return
        domain = field.domain if isinstance(field.domain, list) else []
        chosen = self.env[field.comodel_name].search(domain, limit=1)
        wizard[name] = chosen

    def _specification(self, arch, model):
        nodes = (
            node for node in arch.iter("field") if not any(node.iterancestors("field"))
        )
        names = {node.get("name") for node in nodes}
        return {name: {} for name in names if name in model._fields}

    @contextmanager
    def _press(self, name):
        """Whatever it does is taken back."""
        cr = self.env.cr
        self.pressed.add(name)
        cr.flush()
        savepoint = cr.savepoint(flush=False)
        try:
            yield
            cr.flush()
        except AccessError as error:
            self.faults.add(f"{name}: {str(error).splitlines()[0]}")
        except UserError:
            pass  # it says what to do
        finally:
            self.env.transaction.clear()
            for hooks in (cr.precommit, cr.postcommit):
                hooks.clear()
            savepoint.close(rollback=True)
