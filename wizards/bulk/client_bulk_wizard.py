from odoo import api, fields, models
from odoo.exceptions import UserError

from ...models.safety.buttons import for_one, known_ids, without_defaults


class ClientBulkWizard(models.TransientModel):
    """Choose a change of many clients, and see how many of them will change.

    The wizard stores the selected partners when it opens. So it changes the partners
    that it has counted, even if the list changes meanwhile.

    See `client.bulk.operation._actions` for the actions. Each action names the field of
    this wizard in which users choose the value.
    """

    _name = "client.bulk.wizard"
    _inherit = "client.text"
    _description = "Change Clients"

    selected = fields.Json(readonly=True, help="Ids of the selected partners.")
    action = fields.Selection(
        selection="_selection_action", required=True, default="tag_add"
    )
    tag_ids = fields.Many2many("res.partner.category", string="Tags")
    confirmed = fields.Boolean("Yes, remove all other tags of these clients")
    status_id = fields.Many2one("client.status")
    type_id = fields.Many2one("client.type")
    criterion_1_id = fields.Many2one(
        "client.criterion.value",
        "Value of Criterion 1",
        domain=[("criterion_id.number", "=", 1)],
        context={"client_criterion_number": 1},
    )
    criterion_2_id = fields.Many2one(
        "client.criterion.value",
        "Value of Criterion 2",
        domain=[("criterion_id.number", "=", 2)],
        context={"client_criterion_number": 2},
    )
    is_emptied = fields.Boolean("Empty it")
    rating = fields.Selection(selection="_selection_rating")
    reason = fields.Char(
        help="Users who try to make a document for these clients will read it."
    )
    value_field = fields.Char(
        compute="_compute_value_field",
        help="Name of the wizard's field with the value to set.",
    )
    can_be_empty = fields.Boolean(compute="_compute_value_field")
    removes_others = fields.Boolean(compute="_compute_value_field")
    is_final = fields.Boolean(compute="_compute_value_field")
    selected_count = fields.Integer(compute="_compute_counts")
    target_count = fields.Integer(compute="_compute_counts")
    change_count = fields.Integer(compute="_compute_counts")
    already_count = fields.Integer(compute="_compute_counts")
    forbidden_count = fields.Integer(compute="_compute_counts")
    forbidden_names = fields.Char(compute="_compute_counts")
    forbidden_text = fields.Char(compute="_compute_counts")
    contacts_text = fields.Char(compute="_compute_counts")
    is_chosen = fields.Boolean(compute="_compute_counts")
    in_background = fields.Boolean(compute="_compute_counts")

    @api.model
    def _selection_action(self):
        """:return: the actions whose field the user may write"""
        operations = self.env["client.bulk.operation"]
        partners = self.env["res.partner"]
        allowed = {
            action.name
            for action in operations._actions()
            if (field := partners._fields.get(action.field))
            and partners._has_field_access(field, "write")
            and operations._is_for_user(action)
        }
        return [
            option for option in operations._selection_action() if option[0] in allowed
        ]

    @api.model
    def _selection_rating(self):
        return self.env["client.rating"]._selection()

    @api.depends("action")
    def _compute_value_field(self):
        for wizard in self:
            action = wizard._action()
            wizard.value_field = action.value_field
            wizard.can_be_empty = action.can_be_empty
            wizard.removes_others = action.removes_others
            wizard.is_final = action.is_final

    @api.model
    def _value_fields(self):
        """:return: names of the fields of the wizard with values for the actions"""
        actions = self.env["client.bulk.operation"]._actions()
        return {action.value_field for action in actions if action.has_value}

    @api.depends(lambda self: ("action", "is_emptied", *self._value_fields()))
    def _compute_counts(self):
        operations = self.env["client.bulk.operation"]
        company = self.env.company
        for wizard in self:
            action = wizard._action()
            targets = wizard._targets()
            values = wizard._values()
            allowed = operations._changeable_ids(action, values or {}, targets)
            forbidden = sorted(set(targets) - set(allowed))
            changes = 0
            if values:
                changes = action.count_changes(self.env, values, allowed, company)
            wizard.selected_count = len(known_ids(wizard.selected))
            wizard.target_count = len(targets)
            wizard.is_chosen = bool(values)
            wizard.change_count = changes
            wizard.already_count = len(allowed) - changes if values else 0
            wizard.forbidden_count = len(forbidden)
            wizard.forbidden_names = operations._names(forbidden)
            wizard.forbidden_text = self.env._(
                "You may not change %s. They stay as they are.",
                wizard.forbidden_names,
            )
            wizard.contacts_text = self.env._(
                "Contacts selected: %(contacts)s. Clients that they belong to: "
                "%(clients)s. The clients change, and their contacts with them.",
                contacts=wizard.selected_count,
                clients=len(targets),
            )
            wizard.in_background = len(targets) > operations._limit()

    @api.onchange("action")
    def _onchange_action(self):
        self.confirmed = self.is_emptied = False

    @api.model
    def action_open(self, action):
        """Open the wizard for the selected partners of the list.

        :param str action: name of the default action
        :return: window action
        """
        self.env["res.partner"].check_access("write")
        selected = self.env["client.bulk.operation"]._selected_ids()
        if not selected:
            raise UserError(self.env._("Select the clients to change first."))
        if action not in dict(self._selection_action()):
            raise UserError(self.env._("“%s” is not a change of clients.", action))
        wizard = without_defaults(self).create({"action": action, "selected": selected})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Change Clients"),
            "res_model": self._name,
            "res_id": wizard.id,
            "views": [(False, "form")],
            "target": "new",
            "context": {"dialog_size": "medium"},
        }

    @for_one("write", changes="res.partner")
    def action_apply(self):
        """Start the operation; :return: action that shows the result"""
        action = self._action()
        self.env["client.bulk.operation"]._check_may_do(action)
        values = self._values()
        if not values:
            raise UserError(
                action.missing or self.env._("Choose the value that these clients get.")
            )
        self._check_value()
        if action.removes_others and not self.confirmed:
            raise UserError(
                self.env._(
                    "This removes all other tags of %s clients: confirm it first.",
                    self.target_count,
                )
            )
        if action.is_final and not self.confirmed:
            raise UserError(
                self.env._("This cannot be undone: confirm it first, please.")
            )
        operation = self.env["client.bulk.operation"]._start(
            self.action, values, self._targets(), self._value_name()
        )
        return operation._done_action()

    def _action(self):
        """:return: the chosen `Action`"""
        return self.env["client.bulk.operation"]._action(self.action)

    def _targets(self):
        """:return: ids of the partners that the action may change"""
        ids = known_ids(self.selected)
        return self.env["client.bulk.operation"]._targets(self._action(), ids)

    def _chosen_value(self):
        """:return: the chosen records, option or text; None if there is none"""
        action = self._action()
        if not action.has_value or (action.can_be_empty and self.is_emptied):
            return None
        value = self[action.value_field]
        return (value.strip() if isinstance(value, str) else value) or None

    def _values(self):
        """:return: the values to set, see `Action.values`; empty if none is chosen"""
        action, value = self._action(), self._chosen_value()
        if value is None:
            is_empty = not action.has_value or (action.can_be_empty and self.is_emptied)
            return action.values(None) if is_empty else {}
        if isinstance(value, models.BaseModel):
            is_list = self._fields[action.value_field].type == "many2many"
            return action.values(value._origin.ids if is_list else value._origin.id)
        return action.values(value)

    def _check_value(self):
        """Raise if the domain of the client's field excludes the chosen record."""
        value, field = self._chosen_value(), self._action().field
        if not isinstance(value, models.BaseModel):
            return
        domain = self.env["res.partner"]._fields[field].domain
        if isinstance(domain, list) and (
            others := value.sudo() - value.sudo().filtered_domain(domain)
        ):
            labels = self.env["ir.model.fields"].get_field_string("res.partner")
            raise UserError(
                self.env._(
                    "“%(value)s” is not a value of “%(field)s”: choose another one.",
                    value=others[0].display_name,
                    field=labels.get(field, field),
                )
            )

    def _value_name(self):
        """:return: name of the value to set"""
        action, value = self._action(), self._chosen_value()
        if value is None:
            return self.env._("(empty)") if action.has_value else False
        if isinstance(value, models.BaseModel):
            return ", ".join(value.mapped("display_name"))
        field = self._fields[action.value_field]
        if field.type == "selection":
            return dict(field._description_selection(self.env))[value]
        return value
