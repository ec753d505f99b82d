"""The guards of the documents of blocked clients.

They are plain classes: `client.guard` makes them base classes of the document models.
"""

from odoo import api, models
from odoo.exceptions import ValidationError

from ...engine.partner.gate import statuses_seen
from ..safety.guard import Guard
from .refusal import reason, refusal


class DocumentGuard(Guard):
    """Refuses to create, post or confirm a document of a blocked client.

    It is refused in all ways: by a button, by a written or default state, or by a new
    client or type of a posted document. Odoo itself (superuser mode) may create drafts,
    but not post them.
    """

    __slots__ = ()

    @api.model_create_multi
    def create(self, vals_list):
        documents = super().create(vals_list)
        if self._client_document_rule():
            documents._client_check_documents(before={})
        return documents

    def write(self, vals):
        rule = self._client_document_rule()
        if not rule or not self or not isinstance(vals, dict):
            return super().write(vals)
        if rule.watched.isdisjoint(vals):
            return super().write(vals)
        self.check_access("write")
        documents = self.sudo()
        before = {document.id: rule.standing(document) for document in documents}
        with statuses_seen(self.env):
            if vals.get("state") in rule.binding_states:
                newly_binding = documents.filtered(
                    lambda doc: rule.counts(doc) and not before[doc.id][1]
                )
                newly_binding._client_check_now(rule)
                # Checked documents are not checked again, unless they change.
                for document in newly_binding:
                    before[document.id] = (False, True, *before[document.id][2:])
            result = super().write(vals)
        self._client_check_documents(before)
        return result

    def _client_document_rule(self):
        """:return: `GuardedDocument` of this model; None for a model with another name
        that inherits from a guarded model
        """
        return self.env["client.blocked.document"]._documents().get(self._name)

    def _client_check_documents(self, before):
        """Raise if one of these documents is now refused for its client.

        :param before: dict of the checked `GuardedDocument.standing`, by id
        """
        rule = self._client_document_rule()
        new_drafts, binding = [], []
        for document in self.sudo():
            is_open, is_binding, *parties = rule.standing(document)
            was_open, was_binding, *old = before.get(document.id, (False, False))
            if is_binding and not (was_binding and parties == old):
                binding.append(document.id)
            # A reset to draft is not a new draft: it corrects an existing invoice.
            elif is_open and not ((was_open or was_binding) and parties == old):
                new_drafts.append(document.id)
        if binding:
            self.browse(binding)._client_check_now(rule)
        # Odoo itself may create drafts (subscriptions, invoices of orders). They stay
        # drafts with a note.
        if new_drafts and not self.env.su:
            by_company = self.browse(new_drafts)._client_by_company(rule)
            for company, clients in by_company.items():
                clients = clients.with_company(company)
                blocked = clients.filtered("client_gets_no_documents")
                if error := refusal(blocked, company, ValidationError):
                    raise error

    def _client_check_now(self, rule=None):
        """Raise if one of these documents is for a client that is blocked now. The
        result stays valid until the transaction ends.

        :param rule: `GuardedDocument` of this model
        """
        by_company = self._client_by_company(rule or self._client_document_rule())
        for company, clients in by_company.items():
            blocked = self.env["client.block.gate"]._blocked(clients, company)
            # Odoo may show the traceback, with these source lines, to the customer.
            if error := refusal(blocked, company):
                raise error

    def _client_reasons(self):
        """The reasons why some of these documents have to wait, for internal users.

        :return: dict of texts by document
        """
        rule = self._client_document_rule()
        blocked = {
            company: self.env["client.block.gate"]._blocked(clients, company)
            for company, clients in self._client_by_company(rule).items()
        }
        reasons = {}
        for document in self.sudo():
            company = document.company_id
            clients = rule.clients_of(document) & blocked[company]
            if clients:
                reasons[document] = "\n".join(
                    reason(client) for client in clients.with_company(company)
                )
        return reasons

    def _client_by_company(self, rule):
        """:return: dict of the clients of these documents, by company"""
        by_company = {}
        documents = self.sudo()
        for document in documents:
            clients = by_company.setdefault(document.company_id, set())
            clients.update(rule.client_ids(document))
        partners = documents.env["res.partner"]
        return {
            company: partners.browse(sorted(clients))
            for company, clients in by_company.items()
        }


class OrderPaymentGuard(Guard):
    """Keep online payments of blocked clients. Their quotations wait, with a note."""

    __slots__ = ()

    @classmethod
    def _fits(cls, model):
        """:return: whether orders can be paid online, because *Sales* is installed"""
        return hasattr(model, "_check_amount_and_confirm_order")

    def _check_amount_and_confirm_order(self):
        waiting = self.browse()
        for transaction in self:
            orders = transaction.sudo().sale_order_ids
            rule = orders._client_document_rule()
            reasons = orders.filtered(rule.is_open)._client_reasons()
            if reasons:
                waiting += transaction
            for order, text in reasons.items():
                body = order.env._("It waits: %s", text)
                order.message_post(body=body, subtype_xmlid="mail.mt_note")
        others = self - waiting
        return super(OrderPaymentGuard, others)._check_amount_and_confirm_order()


class ClientGuard(models.AbstractModel):
    _inherit = "client.guard"

    @api.model
    def _guards(self):
        documents = self.env["client.blocked.document"]._documents()
        return {
            **super()._guards(),
            **dict.fromkeys(documents, (DocumentGuard,)),
            "payment.transaction": (OrderPaymentGuard,),
        }
