from odoo import SUPERUSER_ID, api, models
from odoo.http import request
from odoo.tools import html2plaintext


class AccountMove(models.Model):
    """No invoice, credit note or receipt for a blocked client.

    `client_document_guard` refuses to begin and to post one. What Odoo makes by itself
    (subscriptions, invoices of orders) stays a draft, and says why. Payments and bills
    go on.
    """

    _name = "account.move"
    _inherit = ["account.move", "client.blocked.document"]

    @api.depends("partner_id", "company_id", "move_type", "state")
    def _compute_client_blocked_message(self):
        return super()._compute_client_blocked_message()

    def _post(self, soft=True):
        """Nobody is there to read an error when Odoo posts by itself, and what goes
        with it must not be lost, such as a payment: the document waits.
        """
        if not self._client_is_unattended():
            return super()._post(soft)
        waiting = self._client_left_waiting()
        if waiting and waiting == self:
            return self.browse()
        return super(AccountMove, self - waiting)._post(soft)

    def _client_is_unattended(self):
        """:return: whether nobody who works here waits for these to be posted"""
        if not self.env.su:
            return False
        if not self.env.user._is_internal():
            return True  # after a payment online, with the customer at the screen
        # A person may send the context of a cron, but is not Odoo itself.
        is_odoo = self.env.uid == SUPERUSER_ID and not request
        return is_odoo and bool(self.env.context.get("cron_id"))

    def _client_left_waiting(self):
        """:return: those among these that are for blocked clients, which now say so"""
        drafts = self.filtered(lambda move: move.state == "draft")
        drafts = drafts.with_user(SUPERUSER_ID).with_context(lang=None)
        rule = drafts._client_document_rule()
        reasons = drafts.filtered(rule.counts)._client_reasons()
        for move, reason in reasons.items():
            text = move.env._("It waits: %s", reason)
            notes = (html2plaintext(note.body) for note in move.message_ids)
            if not any(text in note for note in notes):
                move.message_post(body=text)
        return self.browse(move.id for move in reasons)
