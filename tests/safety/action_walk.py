"""Do what the browser does with an action, as a user."""

from contextlib import contextmanager

from lxml import etree

from odoo.exceptions import AccessError, UserError
from odoo.tools.safe_eval import safe_eval

SCREENS = ("list", "kanban", "form")
# Client actions of Odoo that only show something.
SHOWING = ("display_notification", "reload", "soft_reload")
DEPTH = 3


def is_module_ours(module):
    return module.startswith("client_segmentation")


class Follower:
    """A user and the actions that he or she opens.

    `faults` are sentences about what ends in an access error, `pressed` are the pressed
    buttons, menus and actions, and `refused` are those that say what to do first.
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
        self.faults, self.pressed, self.refused = set(), set(), set()
        self._seen = set()

    def press_buttons(self, arch, record, where, depth=0):
        """Press what the form of a record shows, see `button_walk`."""
        raise NotImplementedError

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
        if not is_module_ours(model._original_module):
            return model.create({})  # the settings, with all that other apps ask for
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
            self.refused.add(name)  # it says what to do
        finally:
            self.env.transaction.clear()
            for hooks in (cr.precommit, cr.postcommit):
                hooks.clear()
            savepoint.close(rollback=True)
