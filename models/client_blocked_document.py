from dataclasses import dataclass

from odoo import api, fields, models

from ..engine.documents import DOCUMENTS
from .client_document_guard import DocumentGuard, OrderPaymentGuard


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

    @property
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

    def clients_of(self, document):
        """:return: the commercial partners of a document, `res.partner`

        Who was the client when a draft was made may have become another one's contact.
        """
        clients = document[self.clients[0]].commercial_partner_id
        for name in self.clients[1:]:
            clients |= document[name].commercial_partner_id
        return clients


class ClientBlockedDocument(models.AbstractModel):
    """The documents that blocked clients do not get, and what guards them.

    `_documents` and `_guards` are catalogues: another addon adds its documents by
    `_inherit`. A model that is there gets its guard when the registry is ready, and so
    whichever folder Odoo finds: nothing has to be installed for it.

    A model that inherits this one shows why its client is blocked.
    """

    _name = "client.blocked.document"
    _description = "Document Refused to Blocked Clients"

    client_blocked_message = fields.Char(
        compute="_compute_client_blocked_message", groups="base.group_user"
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

    @api.model
    def _guards(self):
        """:return: class of the guard by name of the model, see
        `client_document_guard`
        """
        return {
            **dict.fromkeys(self._documents(), DocumentGuard),
            "payment.transaction": OrderPaymentGuard,
        }

    def _register_hook(self):
        """Put the guards before everything else that the models do.

        As a base class and not as a method on the class of the registry: *Automation
        Rules* removes all such methods whenever a rule changes.
        """
        super()._register_hook()
        if self._name != "client.blocked.document":
            return
        for name, guard in self._guards().items():
            model = self.env.registry.get(name)
            if model and guard.fits(model) and guard not in model._base_classes__:
                model._base_classes__ = (guard, *model._base_classes__)
                model.__bases__ = model._base_classes__

    def _unregister_hook(self):
        super()._unregister_hook()
        if self._name != "client.blocked.document":
            return
        for name, guard in self._guards().items():
            model = self.env.registry.get(name)
            if model and guard in model._base_classes__:
                model._base_classes__ = tuple(
                    base for base in model._base_classes__ if base is not guard
                )
                model.__bases__ = model._base_classes__

    @api.depends_context("lang", "tz")
    def _compute_client_blocked_message(self):
        # Not told to depend on the block, whose change would look up all documents.
        rule = self.env["client.blocked.document"]._documents()[self._name]
        for document in self:
            messages = []
            if rule.is_open(document):
                clients = rule.clients_of(document.sudo())
                clients = clients.with_company(document.company_id)
                blocked = clients.filtered("client_gets_no_documents")
                messages = blocked.sudo(self.env.su)._client_messages()
            document.client_blocked_message = "\n".join(messages) or False

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
