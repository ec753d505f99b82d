from odoo import api, fields, models
from odoo.fields import Domain

from ..safety.buttons import for_all, for_one
from .reasons import reasons_in_words

MERGE = "base.partner.merge.automatic.wizard"


class ClientDuplicate(models.Model):
    """Two partners that may be the same client, or the same contact of a client.

    The pass of `engine.duplicate` writes the open pairs. When a user says that the two
    are not the same, the pair stays, so that it is never offered again.
    """

    _name = "client.duplicate"
    _inherit = "client.record"
    _description = "Possible Duplicate"
    _order = "sure DESC, id"
    _rec_name = "partner_id"
    _log_access = False

    partner_id = fields.Many2one(
        "res.partner", "Client", required=True, readonly=True, ondelete="cascade"
    )
    other_id = fields.Many2one(
        "res.partner",
        "Possible Duplicate",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    of_contacts = fields.Boolean(
        "Contacts of One Client",
        readonly=True,
        help="Two contacts of the same client, not two clients.",
    )
    sure = fields.Integer(
        "How Sure",
        readonly=True,
        aggregator="avg",
        help="In percent: how sure it is that the two are the same.",
    )
    reasons = fields.Char(readonly=True, help="Codes, see `reason_text`.")
    reason_text = fields.Char("Why", compute="_compute_reason_text")
    state = fields.Selection(
        [("open", "To Decide"), ("dismissed", "Not the Same")],
        required=True,
        default="open",
        readonly=True,
    )
    found_at = fields.Datetime("Found On", readonly=True)
    dismissed_by_id = fields.Many2one(
        "res.users", "Decided By", readonly=True, ondelete="set null"
    )
    dismissed_at = fields.Datetime("Decided On", readonly=True)
    partner_details = fields.Char("Details", compute="_compute_details")
    other_details = fields.Char("Details of the Other", compute="_compute_details")

    _pair_unique = models.Constraint(
        "UNIQUE (partner_id, other_id)", "These two are a pair already."
    )
    _pair_order = models.Constraint(
        "CHECK (partner_id < other_id)", "The older record of a pair comes first."
    )
    _state_idx = models.Index("(state, sure DESC, id)")

    @api.model
    def _client_field_names(self):
        return ("partner_id", "other_id")

    @api.depends("reasons")
    @api.depends_context("lang")
    def _compute_reason_text(self):
        for pair in self:
            pair.reason_text = reasons_in_words(self.env, pair.reasons)

    @api.depends("partner_id", "other_id")
    @api.depends_context("uid", "allowed_company_ids", "lang")
    def _compute_details(self):
        for pair in self:
            pair.partner_details = self._details_of(pair.partner_id)
            pair.other_details = self._details_of(pair.other_id)

    @api.model
    def _details_of(self, partner):
        """:return: text that tells a partner from another one with the same name"""
        place = " ".join(filter(None, [partner.zip, partner.city]))
        details = [
            partner.ref,
            partner.street,
            place,
            partner.email,
            partner.phone,
            self.env._("blocked") if partner.client_gets_no_documents else None,
        ]
        return " · ".join(filter(None, details))

    @for_one("read", changes=MERGE)
    def action_merge(self):
        """:return: action that opens Odoo's own merge of the two"""
        wizards = self.env[MERGE]
        wizards.check_access("create")
        partners = self.partner_id | self.other_id
        partners.check_access("write")
        better = partners._client_better_first()
        wizard = wizards.create(
            {
                "state": "selection",
                "partner_ids": [fields.Command.set(better.ids)],
                "dst_partner_id": better[:1].id,
            }
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Merge"),
            "res_model": MERGE,
            "res_id": wizard.id,
            "views": [(False, "form")],
            "target": "new",
        }

    @for_one("read")
    def action_open_partner(self):
        """:return: action that opens the first one of the two"""
        return self._open(self.partner_id)

    @for_one("read")
    def action_open_other(self):
        """:return: action that opens the second one of the two"""
        return self._open(self.other_id)

    @api.model
    def _open(self, partner):
        return {
            "type": "ir.actions.act_window",
            "res_model": "res.partner",
            "res_id": partner.id,
            "views": [(False, "form")],
        }

    @for_all("read", changes="res.partner")
    def action_dismiss(self):
        """Remember that the two are not the same."""
        self._decide("dismissed", self.env.uid, fields.Datetime.now())

    @for_all("read", changes="res.partner")
    def action_reopen(self):
        """Take back that the two are not the same."""
        self._decide("open", False, False)

    def _decide(self, state, user, date):
        (self.partner_id | self.other_id).check_access("write")
        others = self.sudo().filtered(lambda pair: pair.state != state)
        others.write({"state": state, "dismissed_by_id": user, "dismissed_at": date})

    @api.model
    def _of_partners(self, partners):
        """:return: domain of the open pairs of these partners"""
        pair = Domain("partner_id", "in", partners.ids)
        pair |= Domain("other_id", "in", partners.ids)
        return pair & Domain("state", "=", "open")
