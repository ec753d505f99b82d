from dataclasses import dataclass
from functools import cached_property

from odoo import api, fields, models

from ...engine.figures.documents import DOCUMENTS
from .refusal import messages


@dataclass(frozen=True)
class GuardedDocument:
    """A kind of document that a blocked client does not get.

    :param clients: many2one fields to the partners whose clients must not be blocked
    :param open_states: what can still be refused
    :param binding_states: posted, confirmed: no blocked client gets there
    :param types: values of `move_type` that count, all if None
    """

    clients: tuple
    open_states: tuple
    binding_states: tuple
    types: tuple | None = None

    @cached_property
    def watched(self):
        """:return: names of the fields that decide who gets which document"""
        return {"state", "company_id", "move_type", *self.clients}

    def counts(self, document):
        """:return: whether a document is of this kind"""
        return self.types is None or document.move_type in self.types

    def is_open(self, document):
        """:return: whether a document could still be refused"""
        return document.state in self.open_states and self.counts(document)

    def is_binding(self, document):
        """:return: whether a document is one that a blocked client must not have got"""
        return document.state in self.binding_states and self.counts(document)

    def client_ids(self, document):
        """:return: set of ids of the commercial partners of a document

        Who was the client when a draft was made may have become another one's contact.
        """
        ids = {document[name].commercial_partner_id.id for name in self.clients}
        ids.discard(False)
        return ids

    def clients_of(self, document):
        """:return: the commercial partners of a document, `res.partner`"""
        return document.env["res.partner"].browse(sorted(self.client_ids(document)))

    def standing(self, document):
        """:return: tuple of what decides about a document: whether it is open, whether
        it is binding, its clients and its company
        """
        if not self.counts(document):
            return False, False, None, None
        return (
            document.state in self.open_states,
            document.state in self.binding_states,
            self.client_ids(document),
            document.company_id.id,
        )


class ClientBlockedDocument(models.AbstractModel):
    """The documents that blocked clients do not get; see `client.guard`.

    `_documents` is a catalogue: another addon adds its documents by `_inherit`.

    A model that inherits this one shows why its client is blocked.
    """

    _name = "client.blocked.document"
    _description = "Document Refused to Blocked Clients"

    client_blocked_message = fields.Char(
        compute="_compute_client_blocked_message", groups="base.group_user"
    )
    client_key_note = fields.Text(
        "Key Note of the Client",
        compute="_compute_client_key_note",
        groups="base.group_user",
    )

    @api.model
    def _documents(self):
        """:return: `GuardedDocument` by name of the model"""
        return {
            "account.move": GuardedDocument(
                clients=("commercial_partner_id", "partner_id"),
                open_states=("draft",),
                binding_states=("posted",),
                types=DOCUMENTS,
            ),
            "sale.order": GuardedDocument(
                clients=("partner_id", "partner_invoice_id"),
                open_states=("draft", "sent"),
                binding_states=("sale",),
            ),
        }

    @api.depends_context("lang", "tz")
    def _compute_client_blocked_message(self):
        # Not told to depend on the block, whose change would look up all documents.
        rule = self.env["client.blocked.document"]._documents()[self._name]
        for document in self:
            texts = []
            if rule.is_open(document):
                clients = rule.clients_of(document.sudo())
                clients = clients.with_company(document.company_id)
                blocked = clients.filtered("client_gets_no_documents")
                texts = messages(blocked.sudo(self.env.su))
            document.client_blocked_message = "\n".join(texts) or False

    @api.depends("partner_id")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_client_key_note(self):
        # Not related: who reads a document may not always read its client.
        clients = self.partner_id.sudo().commercial_partner_id
        readable = clients.sudo(False)._filtered_access("read")
        for document in self:
            client = document.partner_id.sudo().commercial_partner_id
            note = client in readable and client.client_key_note
            document.client_key_note = note or False

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
