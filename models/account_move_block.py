from odoo import SUPERUSER_ID, api, models
from odoo.tools import html2plaintext

from ..engine.documents import DOCUMENTS

# What makes a document one of a client.
CLIENT_FIELDS = {"move_type", "partner_id", "commercial_partner_id", "company_id"}


class AccountMove(models.Model):
    """No invoice, credit note or receipt for a blocked client.

    Nobody posts one, whatever the way; people do not even begin one. What Odoo makes by
    itself (subscriptions, invoices of orders) stays a draft, and says why. Payments and
    bills go on.
    """

    _name = "account.move"
    _inherit = ["account.move", "client.blocked.document"]

    @api.depends("partner_id", "company_id", "move_type", "state")
    def _compute_client_blocked_message(self):
        return super()._compute_client_blocked_message()

    def _client_is_open(self):
        return self.state == "draft" and self.move_type in DOCUMENTS

    @api.model_create_multi
    def create(self, vals_list):
        moves = super().create(vals_list)
        moves._client_check_begun()
        return moves

    def write(self, vals):
        """Every way to post a document passes here, also a state written directly."""
        posting = self.browse()
        if vals.get("state") == "posted":
            posting = self.sudo().filtered(lambda move: move.state != "posted")
            posting._client_check_posting()
        result = super().write(vals)
        if not CLIENT_FIELDS.isdisjoint(vals):
            posting._client_check_posting()
        if "partner_id" in vals or "move_type" in vals:
            self._client_check_begun()
        return result

    def _client_check_posting(self):
        """Raise when one of these documents is for a blocked client."""
        messages = self._client_blocked_by_client()
        self.env["res.partner"]._client_refuse(messages.values())

    def _client_blocked_by_client(self):
        """:return: messages why documents among these cannot be posted, until the
        transaction ends, by client and company
        """
        documents = self.sudo().filtered(
            lambda move: move.move_type in DOCUMENTS and move.commercial_partner_id
        )
        return {
            (client, company): message
            for company, own in documents.grouped("company_id").items()
            for client, message in own.commercial_partner_id._client_blocked_messages(
                company
            ).items()
        }

    def _post(self, soft=True):
        """Nobody is there to read an error when Odoo posts by itself, and what goes
        with it must not be lost, such as a payment: the document waits.
        """
        odoo = self.env.su and not self.env.user._is_internal()
        if not odoo and not self.env.context.get("cron_id"):
            return super()._post(soft)
        waiting = self._client_left_waiting()
        if waiting and waiting == self:
            return self.browse()
        return super(AccountMove, self - waiting)._post(soft)

    def _client_left_waiting(self):
        """:return: those among these that are for blocked clients, which now say so"""
        odoo = self.filtered(lambda move: move.state == "draft")
        odoo = odoo.with_user(SUPERUSER_ID).with_context(lang=None)
        messages = odoo._client_blocked_by_client()
        if not messages:
            return self.browse()
        waiting = odoo.filtered(
            lambda move: (move.commercial_partner_id, move.company_id) in messages
        )
        for move in waiting:
            message = messages[move.commercial_partner_id, move.company_id]
            text = self.env._("It waits: %s", message)
            if not any(text in html2plaintext(m.body) for m in move.message_ids):
                move.message_post(body=text)
        return self.browse(waiting.ids)
