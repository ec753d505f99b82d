from dataclasses import dataclass
from functools import cached_property

from odoo import api, fields, models

from ...engine.figures.documents import DOCUMENTS
from .refusal import messages
from .res_partner_choice import COMPANY_KEY

# The views of *Search More*, on a desktop and on a phone.
CHOICE_VIEWS = (
    "'list_view_ref': 'client_segmentation.res_partner_view_list_choice'",
    "'kanban_view_ref': 'client_segmentation.res_partner_view_kanban_choice'",
)


@dataclass(frozen=True)
class GuardedDocument:
    """A kind of document that is refused for blocked clients.

    :param clients: many2one fields of partners; their clients must not be blocked
    :param open_states: states in which the document can still be refused
    :param binding_states: states such as posted or confirmed, which are refused
    :param types: values of `move_type` that count, all if None
    """

    clients: tuple
    open_states: tuple
    binding_states: tuple
    types: tuple | None = None

    @cached_property
    def watched(self):
        """:return: names of the fields that decide about a refusal"""
        return {"state", "company_id", "move_type", *self.clients}

    def counts(self, document):
        """:return: whether a document is of this kind"""
        return self.types is None or document.move_type in self.types

    def is_open(self, document):
        """:return: whether a document can still be refused"""
        return document.state in self.open_states and self.counts(document)

    def is_binding(self, document):
        """:return: whether a document is posted or confirmed"""
        return document.state in self.binding_states and self.counts(document)

    def client_ids(self, document):
        """:return: set of ids of the commercial partners of a document

        There can be two clients: the client of a draft may have become a contact of
        another client.
        """
        ids = {document[name].commercial_partner_id.id for name in self.clients}
        ids.discard(False)
        return ids

    def choices(self, model):
        """:return: names of the fields of a model where users choose the client"""
        fields_of = model._fields
        return [name for name in self.clients if not fields_of[name].readonly]

    def condition(self):
        """:return: expression of a view: whether a document can still be refused"""
        types = "" if self.types is None else f" and move_type in {self.types!r}"
        return f"state in {self.open_states!r}{types}"

    def clients_of(self, document):
        """:return: the commercial partners of a document, `res.partner`"""
        return document.env["res.partner"].browse(sorted(self.client_ids(document)))

    def standing(self, document):
        """:return: tuple of the values that decide about a document: whether it is
        open, whether it is binding, its clients and its company
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
    """The documents that are refused for blocked clients, see `client.guard`.

    `_documents` is a catalogue: other addons add their documents by `_inherit`.

    Models that inherit this show why their client is blocked.
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
        """:return: dict of `GuardedDocument` by name of the model"""
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
        # No dependency on the block: each change would search all documents.
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
        # Not a related field, because users may read a document but not its client.
        clients = self.partner_id.sudo().commercial_partner_id
        readable = clients.sudo(False)._filtered_access("read")
        for document in self:
            client = document.partner_id.sudo().commercial_partner_id
            note = client in readable and client.client_key_note
            document.client_key_note = note or False

    @api.onchange("partner_id")
    def _onchange_client_blocked(self):
        """Refuse a blocked client that a user has just chosen, and say why."""
        message = self.client_blocked_message
        if not message:
            return None
        if not self.env.su:
            self._client_take_back()
        return {
            "warning": {
                "title": self.env._("This client is blocked"),
                "message": message,
            }
        }

    def _client_take_back(self):
        """The clients of the saved document replace blocked clients in the form."""
        rule = self.env["client.blocked.document"]._documents()[self._name]
        for name in rule.choices(self):
            client = self.sudo()[name].commercial_partner_id
            saved = self._origin[name]
            is_new = client != saved.sudo().commercial_partner_id
            client = client.with_company(self.company_id)
            if is_new and client.client_gets_no_documents:
                self[name] = saved

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        """The fields where users choose a client mark the blocked ones. This is not in
        a view that inherits, because it would replace the whole context of the field.
        """
        arch, view = super()._get_view(view_id, view_type, **options)
        rule = self.env["client.blocked.document"]._documents().get(self._name)
        if view_type == "form" and rule:
            for name in rule.choices(self):
                for node in arch.iterfind(f".//field[@name='{name}']"):
                    if not any(node.iterancestors("field")):
                        self._client_mark_choices(node, rule)
        return arch, view

    @api.model
    def _client_mark_choices(self, node, rule):
        """:param node: a field of a view, to be changed"""
        known = node.get("context", "{}").strip()
        if not known.startswith("{"):
            return
        company = f"{rule.condition()} and company_id"
        parts = [f"'{COMPANY_KEY}': {company}", *CHOICE_VIEWS, known[1:-1].strip()]
        node.set("context", f"{{{', '.join(filter(None, parts))}}}")
