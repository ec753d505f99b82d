from odoo import api, fields, models
from odoo.exceptions import UserError

from ...engine.partner.bulk import FIELDS, TAG_MODES, count_changes
from ...models.safety.buttons import for_one, known_ids, without_defaults

CRITERIA = ("criterion_1", "criterion_2")


class ClientBulkWizard(models.TransientModel):
    """Change many clients: what, and how many of them it will be.

    Those who were selected are kept when the wizard opens: what it counts is what it
    changes, whatever happens to the list meanwhile.
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
        help="Whoever wants to make a document for these clients will read it."
    )
    selected_count = fields.Integer(compute="_compute_counts")
    target_count = fields.Integer(compute="_compute_counts")
    change_count = fields.Integer(compute="_compute_counts")
    already_count = fields.Integer(compute="_compute_counts")
    forbidden_count = fields.Integer(compute="_compute_counts")
    forbidden_names = fields.Char(compute="_compute_counts")
    is_chosen = fields.Boolean(compute="_compute_counts")
    in_background = fields.Boolean(compute="_compute_counts")

    @api.model
    def _selection_action(self):
        return self.env["client.bulk.operation"]._selection_action()

    @api.model
    def _selection_rating(self):
        return self.env["client.rating"]._selection()

    @api.depends(
        "action",
        "tag_ids",
        "status_id",
        "type_id",
        "criterion_1_id",
        "criterion_2_id",
        "is_emptied",
        "rating",
        "reason",
    )
    def _compute_counts(self):
        Partner, Operation = self.env["res.partner"], self.env["client.bulk.operation"]
        for wizard in self:
            targets = wizard._targets()
            values = wizard._values()
            allowed = Partner._client_bulk_allowed(wizard.action, values or {}, targets)
            forbidden = sorted(set(targets) - set(allowed))
            changes = (
                count_changes(
                    self.env, wizard.action, values, allowed, self.env.company
                )
                if values
                else 0
            )
            wizard.selected_count = len(known_ids(wizard.selected))
            wizard.target_count = len(targets)
            wizard.is_chosen = bool(values)
            wizard.change_count = changes
            wizard.already_count = len(allowed) - changes if values else 0
            wizard.forbidden_count = len(forbidden)
            wizard.forbidden_names = Operation._names(forbidden)
            wizard.in_background = len(targets) > Operation._limit()

    @api.onchange("action")
    def _onchange_action(self):
        self.confirmed = self.is_emptied = False

    @api.model
    def action_open(self, action):
        """Open on what is selected in the list whose action calls.

        :param str action: what to propose
        :return: action
        """
        self.env["res.partner"].check_access("write")
        selected = self.env["res.partner"]._client_bulk_selection()
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

    @for_one("write")
    def action_apply(self):
        """Do it; :return: action that says what came out"""
        self.env["res.partner"]._client_bulk_allowed(self.action, {}, [])
        values = self._values()
        if not values:
            raise UserError(self._what_is_missing())
        if self.action in CRITERIA:
            self._check_criterion(self._chosen())
        if self.action == "tag_replace" and not self.confirmed:
            raise UserError(
                self.env._(
                    "This removes all other tags of %s clients: confirm it first.",
                    self.target_count,
                )
            )
        operation = self.env["client.bulk.operation"]._start(
            self.action, values, self._targets(), self._value_name()
        )
        if operation.in_background:
            return operation._open()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "title": operation.display_name,
                "message": f"{operation._summary()} %s",
                "links": [
                    {
                        "label": self.env._("See or undo it"),
                        "url": f"/odoo/client-bulk-operations/{operation.id}",
                    }
                ],
                "type": "success" if operation.changed_count else "info",
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def _targets(self):
        """:return: ids of the partners that the action is about"""
        return self.env["res.partner"]._client_bulk_targets(
            self.action, known_ids(self.selected)
        )

    def _chosen(self):
        """:return: the record or the option that is to be set"""
        return self[f"{self.action}_id" if self.action != "rating" else "rating"]

    def _values(self):
        """:return: what to set, see `engine.bulk`; empty while nothing is chosen"""
        if self.action in TAG_MODES:
            return {"tags": self.tag_ids._origin.ids} if self.tag_ids else {}
        if self.action in FIELDS:
            if self.action in CRITERIA and self.is_emptied:
                return {"value": None}
            chosen = self._chosen()
            if not chosen:
                return {}
            if self.action == "rating":
                return {"value": chosen}
            return {"value": chosen._origin.id}
        if self.action == "block":
            reason = (self.reason or "").strip()
            return {"reason": reason} if reason else {}
        return {"reason": None}

    def _check_criterion(self, value):
        number = value.criterion_id.number
        if number and self.action != f"criterion_{number}":
            raise UserError(
                self.env._("“%s” is a value of the other criterion.", value.name)
            )

    def _value_name(self):
        """:return: what is to be set, as people call it"""
        if self.action in TAG_MODES:
            return ", ".join(self.tag_ids.mapped("display_name"))
        if self.action in FIELDS:
            if self.action in CRITERIA and self.is_emptied:
                return self.env._("(empty)")
            if self.action == "rating":
                return dict(self._selection_rating())[self.rating]
            return self._chosen().display_name
        return self.reason if self.action == "block" else False

    def _what_is_missing(self):
        if self.action in TAG_MODES:
            return self.env._("Choose at least one tag.")
        if self.action == "block":
            return self.env._("Say why these clients are blocked.")
        return self.env._("Choose the value that these clients get.")
