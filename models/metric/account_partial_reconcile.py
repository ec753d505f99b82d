from odoo import api, models

from ...engine.rules.candidates import ORDERS


class AccountPartialReconcile(models.Model):
    _inherit = "account.partial.reconcile"

    # What was settled in the window, and since a day.
    _client_max_date_idx = models.Index("(max_date)")

    @api.model_create_multi
    def create(self, vals_list):
        partials = super().create(vals_list)
        self.env["client.metric.queue"]._add(partials._client_pairs())
        occasions = [
            (invoice.company_id, invoice.commercial_partner_id.id, entry.id)
            for invoice, entry in partials._client_payments()
            if not entry.client_settled_before
        ]
        if occasions:
            self.env["client.status.rule"]._run(
                "payment_received", "account.move", occasions
            )
        return partials

    def unlink(self):
        if not self:  # each posting asks for that several times
            return super().unlink()
        pairs = self._client_pairs()
        entries = self.env["account.move"].sudo()
        for _invoice, entry in self._client_payments():
            entries |= entry
        result = super().unlink()
        # Reconciled once more, they are nothing new.
        entries = entries.exists().filtered(
            lambda entry: not entry.client_settled_before
        )
        entries.write({"client_settled_before": True})
        self.env["client.metric.queue"]._add(pairs)
        return result

    def _client_pairs(self):
        """:return: client and company of the documents settled here"""
        lines = self.sudo().debit_move_id | self.sudo().credit_move_id
        return lines.move_id._client_pairs()

    def _client_payments(self):
        """:return: list of invoice and entry, such as that of a bank statement, which
        pays it here; a payment tells of itself, a credit note pays nothing
        """
        pairs = [
            (partial.debit_move_id.move_id, partial.credit_move_id.move_id)
            for partial in self.sudo()
            if partial.debit_move_id.account_type == "asset_receivable"
        ]
        return [
            (invoice, entry)
            for invoice, entry in pairs
            if invoice.move_type in ORDERS
            and entry.move_type == "entry"
            and not entry.origin_payment_id
            and entry.journal_id != entry.company_id.currency_exchange_journal_id
        ]
