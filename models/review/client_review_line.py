from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ...engine.review.lines import see
from ..metric.metric_field import GROUP
from ..safety.buttons import for_all, for_one
from .client_review_list import STATES

LONGEST_NOTE = 2000  # characters
WORST_FIRST = "revenue_at_risk DESC, id"
NOTED = {"note"}


class ClientReviewLine(models.Model):
    """A client on a work list: to do, seen by somebody, or mended.

    The lines are written by SQL, see `engine.review.lines`. People write notes.
    """

    _name = "client.review.line"
    _inherit = ["client.record", "client.text"]
    _description = "Client on a Work List"
    _order = "id"
    _rec_name = "partner_id"
    _log_access = False

    list_id = fields.Many2one(
        "client.review.list", required=True, ondelete="cascade", readonly=True
    )
    review_id = fields.Many2one(
        "client.review", required=True, ondelete="cascade", readonly=True
    )
    company_id = fields.Many2one(
        "res.company", required=True, ondelete="cascade", readonly=True
    )
    is_figure = fields.Boolean(readonly=True)
    partner_id = fields.Many2one(
        "res.partner",
        "Client",
        required=True,
        index=True,
        ondelete="cascade",
        readonly=True,
    )
    state = fields.Selection(STATES, required=True, default="todo", readonly=True)
    is_new = fields.Boolean(
        "New", readonly=True, help="Was added to the list after the opening."
    )
    seen_at = fields.Datetime("Seen", readonly=True)
    seen_by_id = fields.Many2one("res.users", ondelete="set null", readonly=True)
    left_at = fields.Datetime("Left the List", readonly=True)
    note = fields.Text()
    currency_id = fields.Many2one(related="company_id.currency_id")
    revenue_at_risk = fields.Monetary(readonly=True, groups=GROUP)
    phone = fields.Char(related="partner_id.phone")
    email = fields.Char(related="partner_id.email")
    city = fields.Char(related="partner_id.city")
    lang = fields.Selection(related="partner_id.lang")
    client_name2 = fields.Char(related="partner_id.client_name2")
    client_key_note = fields.Text(related="partner_id.client_key_note")
    is_open = fields.Boolean(compute="_compute_is_open")

    _list_partner_unique = models.UniqueIndex("(list_id, partner_id)")
    _review_state_idx = models.Index("(review_id, state, partner_id)")

    @api.depends("state", "review_id.state")
    def _compute_is_open(self):
        for line in self:
            is_open = line.review_id.sudo().state == "open"
            line.is_open = is_open and line.state == "todo"

    @api.constrains("note")
    def _check_note(self):
        for line in self:
            if len(line.note or "") > LONGEST_NOTE:
                raise ValidationError(self.env._("The note is too long: shorten it."))

    @api.model
    def _search(self, domain, offset=0, limit=None, order=None, **kwargs):
        # The order is a figure, so others do not get it.
        if order == self._order and self.env.user.has_group(GROUP):
            order = WORST_FIRST
        return super()._search(domain, offset, limit, order, **kwargs)

    def write(self, vals):
        """People only write notes."""
        if self and not self.env.su and isinstance(vals, dict) and vals.keys() - NOTED:
            self.check_access("write")
            raise UserError(
                self.env._("Only the note of a client on a list can be written.")
            )
        return super().write(vals)

    @for_all("read", changes="client.review.line")
    def action_see(self):
        """These clients have been seen: these lines are done."""
        self.check_access("write")
        todo = self._search(
            [
                ("id", "in", self.ids),
                ("state", "=", "todo"),
                ("review_id.state", "=", "open"),
            ]
        )
        self.env.flush_all()
        see(self.env, todo.select(), self.env.uid, fields.Datetime.now())
        self._forget_counts()

    @for_all("read", changes="client.review.line")
    def action_unsee(self):
        """It was a mistake: these clients are to do again."""
        self.check_access("write")
        seen = self.sudo().filtered(
            lambda line: line.state == "seen" and line.review_id.state == "open"
        )
        seen.write({"state": "todo", "seen_at": False, "seen_by_id": False})

    @for_one("read")
    def action_open_client(self):
        """:return: action with the form of the client"""
        return self.partner_id.action_open_client()

    @api.model
    def _sees_all_clients(self):
        """:return: whether no rule of the customer's own hides clients from the user"""
        rule = Domain(self.env["ir.rule"]._compute_domain("res.partner", "read"))
        return rule.is_true() or self._hides_by_company_only()

    @api.model
    def _forget_counts(self):
        """After SQL has written lines."""
        self.invalidate_model()
        for model in ("client.review.list", "client.review"):
            self.env[model].invalidate_model()
