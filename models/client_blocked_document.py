from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ClientBlockedDocument(models.AbstractModel):
    """A document with a client in `partner_id` that blocked clients do not get.

    People do not even begin one. A model that inherits this calls
    `_client_check_begun` once its documents are made or have changed their client,
    tells in `_client_is_open` which are still to be refused, and refuses to post or to
    confirm by itself.
    """

    _name = "client.blocked.document"
    _description = "Document Refused to Blocked Clients"

    client_blocked_message = fields.Char(
        compute="_compute_client_blocked_message", groups="base.group_user"
    )

    @api.depends_context("lang", "tz")
    def _compute_client_blocked_message(self):
        # Not told to depend on the block, whose change would look up all documents.
        for document in self:
            client = document.partner_id.with_company(document.company_id)
            document.client_blocked_message = (
                document._client_is_open() and client.client_blocked_message
            )

    def _client_is_open(self):
        """:return: whether this document could still be refused to its client"""
        raise NotImplementedError

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

    def _client_check_begun(self):
        """Raise when a person makes one of these documents for a blocked client.

        No constraint of the ORM, which does not tell people from Odoo itself.
        """
        if self.env.su:
            return
        for document in self:
            if document.client_blocked_message:
                raise ValidationError(document.client_blocked_message)
