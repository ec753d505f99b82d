from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..engine.figures import DOCUMENTS


class AccountMove(models.Model):
    """No invoice, credit note or receipt for a blocked client.

    Nobody posts one, whatever the way; people do not even begin one. What Odoo makes by
    itself (subscriptions, invoices of orders) stays a draft. Payments and bills go on.
    """

    _inherit = "account.move"

    client_blocked_message = fields.Char(
        compute="_compute_client_blocked_message", groups="base.group_user"
    )

    @api.depends("partner_id", "company_id", "move_type", "state")
    @api.depends_context("lang", "tz")
    def _compute_client_blocked_message(self):
        # Not told to depend on the block, whose change would look up all documents.
        for move in self:
            client = move.partner_id.with_company(move.company_id)
            open_document = move.state == "draft" and move.move_type in DOCUMENTS
            move.client_blocked_message = (
                client.client_blocked_message if open_document else False
            )

    @api.onchange("partner_id")
    def _onchange_client_blocked(self):
        if self.client_blocked_message:
            return {
                "warning": {
                    "title": self.env._("This client is blocked"),
                    "message": self.client_blocked_message,
                }
            }
        return None

    @api.model_create_multi
    def create(self, vals_list):
        moves = super().create(vals_list)
        moves._client_check_begun()
        return moves

    def write(self, vals):
        """Every way to post a document passes here, also a state written directly."""
        if vals.get("state") == "posted":
            self._client_check_posting()
        result = super().write(vals)
        if "partner_id" in vals or "move_type" in vals:
            self._client_check_begun()
        return result

    def _client_check_begun(self):
        """Raise when a person makes one of these documents for a blocked client.

        No constraint of the ORM, which does not tell people from Odoo itself.
        """
        if self.env.su:
            return
        for move in self:
            if move.client_blocked_message:
                raise ValidationError(move.client_blocked_message)

    def _client_check_posting(self):
        """Raise when one of these documents is for a blocked client."""
        documents = self.sudo().filtered(
            lambda move: (
                move.state != "posted"
                and move.move_type in DOCUMENTS
                and move.commercial_partner_id
            )
        )
        messages = []
        for company, own in documents.grouped("company_id").items():
            messages += own.commercial_partner_id._client_blocked_messages(company)
        if messages:
            raise UserError("\n".join(messages))
