"""What stands before the documents of blocked clients.

Plain classes, no models: `client.guard` makes them base classes of models.
"""

from odoo import api
from odoo.exceptions import ValidationError

from ..engine.gate import statuses_seen


class DocumentGuard:
    """Refuses to begin, post or confirm a document of a blocked client.

    Nobody posts or confirms one, whatever the way: by a button, a state that is
    written or given by default, another client or type of a document that is posted
    already. People do not even begin one.
    """

    __slots__ = ()

    @classmethod
    def fits(cls, model):
        """:return: whether a class of the registry can have this guard"""
        return True

    @api.model_create_multi
    def create(self, vals_list):
        documents = super().create(vals_list)
        documents._client_check_documents(before={})
        return documents

    def write(self, vals):
        rule = self._client_document_rule()
        if not self or not isinstance(vals, dict) or rule.watched.isdisjoint(vals):
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
        """:return: `GuardedDocument` of this model"""
        return self.env["client.blocked.document"]._documents()[self._name]

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
            elif is_open and not (was_open and who == who_before):
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
                if refusal := blocked._client_refusal(company, ValidationError):
                    raise refusal

    def _client_check_now(self, rule=None):
        """Raise when one of these is for a client that is blocked now, and until the
        transaction ends.

        :param rule: `GuardedDocument` of this model
        """
        by_company = self._client_by_company(rule or self._client_document_rule())
        for company, clients in by_company.items():
            blocked = clients._client_blocked_now(company)
            # Odoo hands a traceback to the customer: these lines are in it.
            if refusal := blocked._client_refusal(company):
                raise refusal

    def _client_reasons(self):
        """Why some of these documents have to wait, for those who work here.

        :return: dict of the reasons, a text, by document
        """
        rule = self._client_document_rule()
        blocked = {
            company: clients._client_blocked_now(company)
            for company, clients in self._client_by_company(rule).items()
        }
        reasons = {}
        for document in self.sudo():
            company = document.company_id
            clients = rule.clients_of(document) & blocked[company]
            if clients:
                reasons[document] = "\n".join(
                    client._client_blocked_message()
                    for client in clients.with_company(company)
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


class OrderPaymentGuard:
    """What a blocked client pays online is kept; its quotation waits, and says so."""

    __slots__ = ()

    @classmethod
    def fits(cls, model):
        """:return: whether orders are paid online: *Sales* is installed"""
        return hasattr(model, "_check_amount_and_confirm_order")

    def _check_amount_and_confirm_order(self):
        waiting = self.browse()
        for transaction in self:
            reasons = transaction.sudo().sale_order_ids._client_reasons()
            if reasons:
                waiting += transaction
            for order, reason in reasons.items():
                order.message_post(body=reason, subtype_xmlid="mail.mt_note")
        others = self - waiting
        return super(OrderPaymentGuard, others)._check_amount_and_confirm_order()
