from odoo import api, models


class MailComposeMessage(models.TransientModel):
    """The language of an e-mail about a document."""

    _name = "mail.compose.message"
    _inherit = ["mail.compose.message", "client.language.mail"]

    _client_recipients_field = "partner_ids"

    @api.depends("template_id", "partner_ids", "subject", "body", "model", "res_ids")
    def _compute_client_language(self):
        return super()._compute_client_language()

    def _client_mail_document(self):
        if self.composition_mode != "comment" or self.subtype_is_log:
            return None
        ids = self._evaluate_res_ids()
        if self.model not in self.env or len(ids) != 1:
            return None
        return self.env[self.model].browse(ids).exists()._filtered_access("read")


class AccountMoveSendWizard(models.TransientModel):
    """The language of the e-mail with an invoice."""

    _name = "account.move.send.wizard"
    _inherit = ["account.move.send.wizard", "client.language.mail"]

    _client_recipients_field = "mail_partner_ids"

    @api.depends("template_id", "mail_partner_ids", "subject", "body", "move_id")
    def _compute_client_language(self):
        return super()._compute_client_language()

    def _client_mail_document(self):
        return self.move_id._filtered_access("read")
