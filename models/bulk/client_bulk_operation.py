from odoo import api, fields, models
from odoo.exceptions import UserError

from ...engine.partner.undo import left
from ..safety.buttons import for_all, for_one

NAMES_SHOWN = 10


class ClientBulkOperation(models.Model):
    """One change of many clients: what, how many, by whom, and the way back.

    The partners are a list of ids, done in slices, each in a transaction that also
    moves `done_count` on: after a crash the next run goes on where the last one was
    committed. What changed is in the journal, whose lines name the operation as their
    document.
    """

    _name = "client.bulk.operation"
    _description = "Bulk Operation"
    _order = "id DESC"
    _rec_name = "value_name"

    action = fields.Selection(
        selection="_selection_action", required=True, readonly=True
    )
    field_name = fields.Char(
        readonly=True, help="Name of the field of the contacts that it changes."
    )
    value_name = fields.Char("Value", readonly=True)
    values = fields.Json(readonly=True, help="What to set, see `Action.values`.")
    partners = fields.Json(readonly=True, prefetch=False, help="Ids, in order.")
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, ondelete="cascade"
    )
    companies = fields.Json(
        readonly=True, help="Ids of the companies that the user had switched on."
    )
    user_id = fields.Many2one(
        "res.users", "By", required=True, readonly=True, ondelete="restrict"
    )
    state = fields.Selection(
        [
            ("running", "Running"),
            ("done", "Done"),
            ("cancelled", "Cancelled"),
            ("failed", "Failed"),
        ],
        required=True,
        default="running",
        readonly=True,
        index=True,
    )
    error = fields.Char(readonly=True)
    date_end = fields.Datetime("Ended", readonly=True)
    in_background = fields.Boolean(readonly=True)
    asked_count = fields.Integer("Selected", readonly=True)
    done_count = fields.Integer("Looked At", readonly=True)
    changed_count = fields.Integer("Changed", readonly=True)
    forbidden_count = fields.Integer("Not Allowed", readonly=True)
    forbidden = fields.Json(
        readonly=True, prefetch=False, help="Ids of the first ones not allowed."
    )
    forbidden_names = fields.Char(compute="_compute_forbidden_names")
    unchanged_count = fields.Integer("Not Changed", compute="_compute_unchanged_count")
    progress = fields.Float(compute="_compute_progress")
    undo_of_id = fields.Many2one(
        "client.bulk.operation",
        "Undoes",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    undo_ids = fields.One2many(
        "client.bulk.operation", "undo_of_id", "Undone By", readonly=True
    )
    can_undo = fields.Boolean(compute="_compute_can_undo")
    left_names = fields.Char(compute="_compute_left_names")

    @api.depends("action", "value_name", "undo_of_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        actions = dict(self._selection_action())
        for operation in self:
            parts = [actions.get(operation.action), operation.value_name]
            name = ": ".join(part for part in parts if part)
            if operation.undo_of_id:
                name = self.env._("Undo of “%s”", name)
            operation.display_name = name

    @api.depends("done_count", "changed_count", "forbidden_count")
    def _compute_unchanged_count(self):
        for operation in self:
            operation.unchanged_count = (
                operation.done_count
                - operation.changed_count
                - operation.forbidden_count
            )

    @api.depends("done_count", "asked_count")
    def _compute_progress(self):
        for operation in self:
            asked = operation.asked_count
            operation.progress = 100 * operation.done_count / asked if asked else 100

    @api.depends("state", "changed_count", "undo_ids.state", "undo_ids.forbidden_count")
    def _compute_can_undo(self):
        for operation in self:
            # One that was stopped half way, or by somebody who may not change all of
            # these clients, can be followed by another.
            under_way = operation.sudo().undo_ids.filtered(
                lambda undo: (
                    undo.state == "running"
                    or (undo.state == "done" and not undo.forbidden_count)
                )
            )
            operation.can_undo = (
                operation.state != "running"
                and operation.changed_count
                and not under_way
            )

    @api.depends("undo_of_id", "done_count")
    def _compute_left_names(self):
        for operation in self:
            operation.left_names = operation._names(operation._left())

    @api.depends("forbidden")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_forbidden_names(self):
        # By the rights of who reads, and not of who has started it.
        for operation in self:
            operation.forbidden_names = operation._names(operation.forbidden or [])

    def _names(self, ids):
        """:return: names of the first of these partners that the user sees"""
        partners = self.env["res.partner"].with_context(active_test=False)
        seen = partners.search([("id", "in", ids[:1000])], limit=NAMES_SHOWN)
        names = ", ".join(seen.mapped("display_name"))
        return names + " …" if len(ids) > len(seen) and names else names

    def _left(self):
        """:return: ids of the clients whose values this undo has left alone"""
        if not self.undo_of_id:
            return []
        done = (self.sudo().partners or [])[: self.done_count]
        return left(self.env, self.undo_of_id.id, self.id, done)

    @for_one("read")
    def action_open_changes(self):
        """:return: action with the journal lines of this operation"""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "client_segmentation.client_change_action"
        )
        domain = [("res_model", "=", self._name), ("res_id", "=", self.id)]
        return {**action, "domain": domain, "context": {}}

    @for_one("read")
    def action_open_left(self):
        """:return: action with the clients that this undo has left alone"""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Left as They Are"),
            "res_model": "res.partner",
            "views": [
                (self.env.ref("client_segmentation.client_view_list").id, "list"),
                (self.env.ref("client_segmentation.client_view_form").id, "form"),
            ],
            "domain": [("id", "in", self._left())],
            "context": {"active_test": False},
        }

    @for_all("read")
    def action_cancel(self):
        """Stop; what is done stays done, and can be undone."""
        self._check_own()
        running = self.sudo().filtered(lambda operation: operation.state == "running")
        running.write({"state": "cancelled", "date_end": fields.Datetime.now()})

    @for_all("read")
    def action_resume(self):
        """Go on with what was cancelled or has failed."""
        self._check_own()
        if self.sudo().undo_ids:
            raise UserError(self.env._("It has been undone: start a new operation."))
        stopped = self.sudo().filtered(
            lambda operation: operation.state in ("cancelled", "failed")
        )
        if stopped:
            values = {"state": "running", "error": False, "in_background": True}
            stopped.write(values)
            stopped._call_cron()

    @for_one("read")
    def action_undo(self):
        """Give back what nobody has touched since.

        :return: action that opens the operation which does it
        """
        self._check_own()
        if not self.can_undo:
            raise UserError(
                self.env._("There is nothing to undo, or it has been undone already.")
            )
        changed = (
            self.env["client.change"]
            .sudo()
            ._read_group(
                [("res_model", "=", self._name), ("res_id", "=", self.id)],
                ["partner_id"],
            )
        )
        ids = sorted(partner.id for (partner,) in changed)
        for undo in self.sudo().undo_ids:
            ids = sorted(left(self.env, self.id, undo.id, ids))
        own = self.with_company(self.company_id)
        if ids and not own._allowed(ids, self._undo_depth() + 1):
            raise UserError(
                self.env._(
                    "You may not undo it: that changes clients which you may not "
                    "change like that. Ask somebody who may."
                )
            )
        operation = own._start(
            self.action, self.sudo().values, ids, self.value_name, undo_of=self
        )
        return operation._open()

    def _open(self):
        """:return: action that shows this operation"""
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "current",
        }

    def _check_own(self):
        """Raise for operations of others, unless a manager asks."""
        if self.user_id != self.env.user and not self.env.user.has_group(
            "client_segmentation.group_client_manager"
        ):
            raise UserError(self.env._("This is an operation of somebody else."))
