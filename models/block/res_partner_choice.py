from odoo import api, fields, models

from ..safety.buttons import known_ids
from .refusal import messages

# Key of the context of a field where users choose the client of a document: the id of
# the company of the document. See `client.blocked.document`.
COMPANY_KEY = "client_document_company"
CHOICE = "client_segmentation.res_partner_view_list_choice"


class ResPartner(models.Model):
    """Clients to choose from in a document. Blocked clients are offered and marked,
    because users who do not find a client create it again. They cannot be chosen.

    They keep their place: users expect the best hit first, blocked or not.
    """

    _inherit = "res.partner"

    client_is_refused = fields.Boolean(
        "Blocked for This Document",
        compute="_compute_client_is_refused",
        groups="base.group_user",
        help="The company of the document that you edit, or a company above it, does "
        "not let this client have documents.",
    )
    client_refusal = fields.Char(
        compute="_compute_client_refusal", groups="base.group_user"
    )

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        """The rows of blocked clients are grey in the choice. Not in the view itself,
        whose rows users without the groups of the field would see as well.
        """
        arch, view = super()._get_view(view_id, view_type, **options)
        if view == self.env.ref(CHOICE, raise_if_not_found=False):
            arch.set("decoration-muted", "client_is_refused")
        return arch, view

    @api.model
    @api.readonly
    def name_search(self, name="", domain=None, operator="ilike", limit=100):
        pairs = super().name_search(name, domain, operator, limit)
        refused = self._client_refused_of(client_id for client_id, _name in pairs)
        if not refused:
            return pairs
        return [
            (
                client_id,
                self._client_with_mark(name) if client_id in refused else name,
            )
            for client_id, name in pairs
        ]

    @api.model
    @api.readonly
    def web_name_search(
        self, name, specification, domain=None, operator="ilike", limit=100
    ):
        """Blocked clients also have `client_is_refused`."""
        found = super().web_name_search(name, specification, domain, operator, limit)
        refused = self._client_refused_of(client["id"] for client in found)
        for client in found:
            if client["id"] in refused:
                self._client_mark(client)
        return found

    def _client_mark(self, client):
        """:param dict client: an answer of `web_name_search`, to be changed"""
        client["client_is_refused"] = True
        if name := client.get("__formatted_display_name"):
            # Drop-downs show the text between backticks as a badge.
            first, *rest = name.split("\n", 1)
            first = f"{first} \t `{self.env._('Blocked')}`"
            client["__formatted_display_name"] = "\n".join([first, *rest])

    def _client_with_mark(self, name):
        """:return: a name of one or more lines, with the mark in the first line"""
        first, *rest = name.split("\n", 1)
        first = self.env._("%(client)s (blocked)", client=first)
        return "\n".join([first, *rest])

    @api.model
    def _client_refused_of(self, ids):
        """:return: set of the ids of those partners that are marked; none if the user
        does not choose the client of a document
        """
        is_choice = known_ids([self.env.context.get(COMPANY_KEY)])
        if not is_choice or not self.env.user._is_internal():
            return set()
        return set(self.browse(ids).filtered("client_is_refused").ids)

    @api.depends("client_gets_no_documents")
    @api.depends_context("company", "uid", COMPANY_KEY)
    def _compute_client_is_refused(self):
        partners = self._client_in_document_company()
        for partner, own in zip(self, partners, strict=True):
            partner.client_is_refused = own.client_gets_no_documents

    @api.depends("client_blocked_message")
    @api.depends_context("company", "uid", "lang", "tz", COMPANY_KEY)
    def _compute_client_refusal(self):
        partners = self._client_in_document_company()
        for partner, own in zip(self, partners, strict=True):
            partner.client_refusal = "\n".join(
                messages(own.filtered("client_gets_no_documents").commercial_partner_id)
            )

    def _client_in_document_company(self):
        """:return: these partners in the company of the document, if the user works
        there
        """
        ids = known_ids([self.env.context.get(COMPANY_KEY)])
        companies = self.env.user.sudo().company_ids
        company = companies.filtered(lambda company: company.id in ids)
        return self.with_company(company) if company else self
