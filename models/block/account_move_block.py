from odoo import SUPERUSER_ID, api, models
from odoo.http import request
from odoo.tools import html2plaintext


class AccountMove(models.Model):
    """No invoice, credit note or receipt for a blocked client.

    See `client_document_guard`, which refuses to create and to post one. Documents that
    Odoo creates itself (subscriptions, invoices of orders) stay drafts with a note.
    Payments and vendor bills are not affected.
    """

    _name = "account.move"
    _inherit = ["account.move", "client.blocked.document"]

    @api.depends("partner_id", "company_id", "move_type", "state")
    def _compute_client_blocked_message(self):
        return super()._compute_client_blocked_message()

    def _post(self, soft=True):
        """If Odoo posts documents itself, those of blocked clients stay drafts. No user
        would see an error, and it would also roll back other data, such as a payment.
        """
        if not self._client_is_unattended():
            return super()._post(soft)
        waiting = self._client_keep_waiting()
        if waiting and waiting == self:
            return self.browse()
        return super(AccountMove, self - waiting)._post(soft)

    def _client_is_unattended(self):
        """:return: whether no internal user posts these documents"""
        if not self.env.su:
            return False
        if not self.env.user._is_internal():
            return True  # a customer has paid online
        # Check the user too, because a caller may send the context of a cron.
        is_odoo = self.env.uid == SUPERUSER_ID and not request
        return is_odoo and bool(self.env.context.get("cron_id"))

    def _client_keep_waiting(self):
        """Add a note to the documents of blocked clients.

        :return: these documents
        """
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
