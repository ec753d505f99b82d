"""What stands before the documents of blocked clients.

Plain classes: `client.guard` makes them base classes of the models of documents.
"""

from odoo import api, models
from odoo.exceptions import ValidationError

from ...engine.partner.gate import statuses_seen
from ..safety.guard import Guard
from .refusal import reason, refusal


class DocumentGuard(Guard):
    """Refuses to begin, post or confirm a document of a blocked client.

    Nobody posts or confirms one, whatever the way: by a button, a state that is
    written or given by default, another client or type of a document that is posted
    already. People do not even begin one.
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
                becoming = documents.filtered(
                    lambda one: rule.counts(one) and not before[one.id][1]
                )
                becoming._client_check_now(rule)
                # What has been checked need not be checked again, unless it changes.
                for document in becoming:
                    before[document.id] = (False, True, *before[document.id][2:])
            result = super().write(vals)
        self._client_check_documents(before)
        return result

    def _client_document_rule(self):
        """:return: `GuardedDocument` of this model; None for a model that inherits from
        a guarded one under a name of its own
        """
        return self.env["client.blocked.document"]._documents().get(self._name)

    def _client_check_documents(self, before):
        """Raise when one of these has become a document that its client does not get.

        :param before: dict of `GuardedDocument.standing` of what was checked already,
            by id
        """
        rule = self._client_document_rule()
        begun, binding = [], []
        for document in self.sudo():
            is_open, is_binding, *who = rule.standing(document)
            was_open, was_binding, *who_before = before.get(document.id, (False, False))
            if is_binding and not (was_binding and who == who_before):
                binding.append(document.id)
            # To go back to draft is not to begin: the invoice that was is corrected.
            elif is_open and not ((was_open or was_binding) and who == who_before):
                begun.append(document.id)
        if binding:
            self.browse(binding)._client_check_now(rule)
        # Odoo itself may: what it makes (subscriptions, invoices of orders) stays a
        # draft, and says why.
        if begun and not self.env.su:
            by_company = self.browse(begun)._client_by_company(rule)
            for company, clients in by_company.items():
                clients = clients.with_company(company)
                blocked = clients.filtered("client_gets_no_documents")
                if error := refusal(blocked, company, ValidationError):
                    raise error

    def _client_check_now(self, rule=None):
        """Raise when one of these is for a client that is blocked now, and until the
        transaction ends.

        :param rule: `GuardedDocument` of this model
        """
        by_company = self._client_by_company(rule or self._client_document_rule())
        for company, clients in by_company.items():
            blocked = self.env["client.block.gate"]._blocked(clients, company)
            # Odoo hands a traceback to the customer: these lines are in it.
            if error := refusal(blocked, company):
                raise error

    def _client_reasons(self):
        """Why some of these documents have to wait, for those who work here.

        :return: dict of the reasons, a text, by document
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
        """:return: the clients of these documents by company"""
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
    """What a blocked client pays online is kept; its quotation waits, and says so."""

    __slots__ = ()

    @classmethod
    def _fits(cls, model):
        """:return: whether orders are paid online: *Sales* is installed"""
        return hasattr(model, "_check_amount_and_confirm_order")

    def _check_amount_and_confirm_order(self):
        waiting = self.browse()
        for transaction in self:
            orders = transaction.sudo().sale_order_ids
            rule = orders._client_document_rule()
            reasons = orders.filtered(rule.is_open)._client_reasons()
            if reasons:
                waiting += transaction
            for order, why in reasons.items():
                body = order.env._("It waits: %s", why)
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
