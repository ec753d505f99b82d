"""What stands before the documents of blocked clients.

Plain classes, no models: `client.blocked.document` makes them the first base class of
the models that its catalogue names.
"""

from odoo import api
from odoo.exceptions import ValidationError


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
        if not self or rule.watched.isdisjoint(vals):
            return super().write(vals)
        self.check_access("write")
        before = self._client_document_states()
        if vals.get("state") in rule.binding_states:
            becoming = self.sudo().filtered(
                lambda document: rule.counts(document) and not before[document.id][1]
            )
            becoming._client_refuse_blocked()
            # What has been checked need not be checked again, unless it changes now.
            for document in becoming:
                before[document.id] = (False, True, *before[document.id][2:])
        result = super().write(vals)
        self._client_check_documents(before)
        return result

    def _client_document_rule(self):
        """:return: `GuardedDocument` of this model"""
        return self.env["client.blocked.document"]._documents()[self._name]

    def _client_document_states(self):
        """:return: dict by id: whether the document is open, whether it is binding,
        its clients and its company
        """
        rule = self._client_document_rule()
        return {
            document.id: (
                rule.is_open(document),
                rule.is_binding(document),
                rule.clients_of(document)._ids,
                document.company_id.id,
            )
            for document in self.sudo()
        }

    def _client_check_documents(self, before):
        """Raise when one of these has become a document that its client does not get.

        :param before: `_client_document_states` of what was checked already
        """
        begun, binding = self.browse(), self.browse()
        after = self._client_document_states()
        for document in self:
            is_open, is_binding, *who = after[document.id]
            was_open, was_binding, *who_before = before.get(
                document.id, (False, False)
            )
            if is_binding and not (was_binding and who == who_before):
                binding |= document
            elif is_open and not (was_open and who == who_before):
                begun |= document
        binding._client_refuse_blocked()
        # Odoo itself may: what it makes (subscriptions, invoices of orders) stays a
        # draft, and says why.
        if not self.env.su:
            for company, clients in begun._client_by_company().items():
                clients = clients.with_company(company)
                clients.filtered("client_gets_no_documents")._client_refuse(
                    company, ValidationError
                )

    def _client_refuse_blocked(self):
        """Raise when one of these is for a client that is blocked now, and until the
        transaction ends.
        """
        for company, clients in self._client_by_company().items():
            clients._client_blocked_now(company)._client_refuse(company)

    def _client_reasons(self):
        """Why some of these documents have to wait, for those who work here.

        :return: dict of the reasons, a text, by document
        """
        rule = self._client_document_rule()
        blocked = {
            company: clients._client_blocked_now(company)
            for company, clients in self._client_by_company().items()
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

    def _client_by_company(self):
        """:return: the clients of these documents by company"""
        rule = self._client_document_rule()
        by_company = {}
        for document in self.sudo():
            clients = rule.clients_of(document)
            company = document.company_id
            by_company[company] = by_company.get(company, clients) | clients
        return by_company


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
