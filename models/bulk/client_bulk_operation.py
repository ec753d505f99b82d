from odoo import api, fields, models
from odoo.exceptions import UserError

from ...engine.partner.undo import not_restored
from ..safety.buttons import for_all, for_one
from ..safety.words import labelled

NAMES_SHOWN = 10


class ClientBulkOperation(models.Model):
    """One change of many clients: the new value, the progress, the user, and the undo.

    The partners are stored as a list of ids and processed in slices. Each slice is one
    transaction, which also increases `done_count`. So after a crash the next run
    continues after the last committed slice. The journal lines of the changes name the
    operation as their document.
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
        readonly=True,
        prefetch=False,
        help="Ids of the first clients that the user may not change.",
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
            name, value = actions.get(operation.action), operation.value_name
            if name and value:
                name = labelled(self.env, name, value)
            name = name or value
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
        final = {action.name for action in self._actions() if not action.can_undo}
        for operation in self:
            # After an undo that was cancelled, or whose user may not change all of the
            # clients, another undo is possible.
            final_undos = operation.sudo().undo_ids.filtered(
                lambda undo: (
                    undo.state == "running"
                    or (undo.state == "done" and not undo.forbidden_count)
                )
            )
            operation.can_undo = (
                operation.state != "running"
                and operation.action not in final
                and operation.changed_count
                and not final_undos
            )

    @api.depends("undo_of_id", "done_count")
    def _compute_left_names(self):
        for operation in self:
            operation.left_names = operation._names(operation._not_restored_ids())

    @api.depends("forbidden")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_forbidden_names(self):
        # With the rights of the current user, not of the user of the operation.
        for operation in self:
            operation.forbidden_names = operation._names(operation.forbidden or [])

    def _names(self, ids):
        """:return: text with the names of the first partners that the user may read"""
        partners = self.env["res.partner"].with_context(active_test=False)
        shown = partners.search([("id", "in", ids[:1000])], limit=NAMES_SHOWN)
        names = ", ".join(shown.mapped("display_name"))
        return names + " …" if len(ids) > len(shown) and names else names

    def _not_restored_ids(self):
        """:return: ids of the clients whose values this undo has not restored"""
        if not self.undo_of_id:
            return []
        done = (self.sudo().partners or [])[: self.done_count]
        return not_restored(self.env, self.undo_of_id.id, self.id, done)

    @for_one("read", shows="client.change")
    def action_open_changes(self):
        """:return: action with the journal lines of this operation"""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "client_segmentation.client_change_action"
        )
        domain = [("res_model", "=", self._name), ("res_id", "=", self.id)]
        return {**action, "domain": domain, "context": {}}

    @for_one("read")
    def action_open_left(self):
        """:return: action with the clients whose values this undo has not restored"""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Left as They Are"),
            "res_model": "res.partner",
            "views": [
                (self.env.ref("client_segmentation.client_view_list").id, "list"),
                (self.env.ref("client_segmentation.client_view_kanban").id, "kanban"),
                (self.env.ref("client_segmentation.client_view_form").id, "form"),
            ],
            "domain": [("id", "in", self._not_restored_ids())],
            "context": {"active_test": False},
        }

    @for_all("read")
    def action_cancel(self):
        """Stop the operation. Changed clients stay changed, and can be undone."""
        self._check_own()
        running = self.sudo().filtered(lambda operation: operation.state == "running")
        running.write({"state": "cancelled", "date_end": fields.Datetime.now()})

    @for_all("read", changes="res.partner")
    def action_resume(self):
        """Continue operations that were cancelled or have failed."""
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

    @for_one("read", changes="res.partner")
    def action_undo(self):
        """Restore the old values that have not changed since.

        :return: action that opens the undo operation
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
            ids = sorted(not_restored(self.env, self.id, undo.id, ids))
        in_company = self.with_company(self.company_id)
        if ids and not in_company._allowed(ids, self._undo_depth() + 1):
            raise UserError(
                self.env._(
                    "You may not undo this operation, because you may not change its "
                    "clients in this way. Ask somebody who may change them."
                )
            )
        operation = in_company._start(
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

    def _done_action(self):
        """:return: action that tells the result, or shows the progress"""
        if self.in_background:
            return self._open()
        return {
            "type": "ir.actions.client",
            "tag": "client_bulk_done",
            "params": {
                "id": self.id,
                "title": self.display_name,
                "message": self._summary(),
                "type": "success" if self.changed_count else "info",
                "canUndo": self.can_undo,
            },
        }

    def _check_own(self):
        """Raise for operations of other users, unless the user is a manager."""
        if self.user_id != self.env.user and not self.env.user.has_group(
            "client_segmentation.group_client_manager"
        ):
            raise UserError(self.env._("This is an operation of somebody else."))
