from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...models.safety.buttons import for_one, known_ids, without_defaults

CLASS, LOST = "engagement", "lost"


class ClientLostWizard(models.TransientModel):
    """Mark clients as lost, with a reason, or take this back.

    The wizard stores the selected clients when it opens, so it changes the clients that
    it has counted.
    """

    _name = "client.lost.wizard"
    _inherit = "client.text"
    _description = "Mark Clients as Lost"

    selected = fields.Json(readonly=True, help="Ids of the selected partners.")
    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        default=lambda self: self.env.company,
    )
    reason = fields.Char(
        help="Why the client is lost: went to a competitor, closed, moved away..."
    )
    names = fields.Char("Clients", compute="_compute_counts")
    count = fields.Integer(compute="_compute_counts")
    lost_count = fields.Integer(compute="_compute_counts")
    forbidden_count = fields.Integer(compute="_compute_counts")
    already = fields.Char(compute="_compute_counts")
    forbidden = fields.Char(compute="_compute_counts")

    @api.depends("selected", "company_id")
    def _compute_counts(self):
        for wizard in self:
            clients, all_clients = wizard._clients(), wizard._clients("read")
            wizard.names = self.env["client.bulk.operation"]._names(all_clients.ids)
            wizard.count = len(clients)
            wizard.lost_count = len(wizard._lost(clients))
            wizard.forbidden_count = len(all_clients - clients)
            wizard.already = wizard._already()
            wizard.forbidden = wizard._forbidden()

    def _already(self):
        """:return: a sentence about the clients that are lost already, or False"""
        if not self.lost_count:
            return False
        if self.count == 1:
            return self.env._("This client is lost already.")
        if self.lost_count == 1:
            return self.env._("One of these %s clients is lost already.", self.count)
        return self.env._(
            "%(lost)s of these %(count)s clients are lost already.",
            lost=self.lost_count,
            count=self.count,
        )

    def _forbidden(self):
        """:return: a sentence about the clients that the user may not change"""
        if not self.forbidden_count:
            return False
        if self.forbidden_count == 1:
            return self.env._("You may not change one client: it stays as it is.")
        return self.env._(
            "You may not change %s clients: they stay as they are.",
            self.forbidden_count,
        )

    def _clients(self, operation="write"):
        """:return: the selected clients that the user may write, or read"""
        partners = self.env["res.partner"].with_company(self.company_id)
        selected = partners.browse(known_ids(self.selected)).exists()
        clients = selected.sudo().commercial_partner_id.sudo(False)
        return clients.with_env(partners.env)._filtered_access(operation)

    @api.model
    def _lost(self, clients):
        """:return: those of the clients that are lost"""
        return clients.filtered(lambda client: client[f"client_{CLASS}"] == LOST)

    @api.model
    def action_open(self):
        """Open the wizard for the selected partners of a list, or that of a form.

        :return: window action
        """
        self.check_access("create")
        self.env["res.partner"].check_access("write")
        selected = self.env["client.bulk.operation"]._selected_ids()
        if not selected:
            raise UserError(self.env._("Select the clients to change first."))
        wizard = without_defaults(self).create({"selected": selected})
        are_lost = wizard.count and wizard.lost_count == wizard.count
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("No Longer Lost")
            if are_lost
            else self.env._("Mark as Lost"),
            "res_model": self._name,
            "res_id": wizard.id,
            "views": [(False, "form")],
            "target": "new",
            "context": {"dialog_size": "medium"},
        }

    @for_one("write", changes="res.partner")
    def action_mark(self):
        """Mark the clients as lost; the reason is needed."""
        reason = (self.reason or "").strip()
        if not reason:
            raise UserError(
                self.env._(
                    "Say why the client is lost. You will want to know it next year."
                )
            )
        return self._decide(self._clients(), LOST, reason)

    @for_one("write", changes="res.partner")
    def action_take_back(self):
        """The computed class applies again to those of the clients that are lost."""
        return self._decide(self._lost(self._clients()), False, False)

    def _decide(self, clients, decided, reason):
        if self.company_id not in self.env.companies:
            raise AccessError(self.env._("You do not work in this company."))
        if clients:
            clients._decide_client_class(CLASS, decided, reason)
        elif self.forbidden_count:
            raise AccessError(self.env._("You may not change these clients."))
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success" if clients else "info",
                "message": self.env._("1 client changed.")
                if len(clients) == 1
                else self.env._("%s clients changed.", len(clients)),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }
