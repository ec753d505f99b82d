from odoo import api, models

from ...engine.figures.paying import paid_by

# What tells which accounts are for money, see `engine.figures.paying`.
MONEY_FIELDS = {
    "account.account": ["account_type"],
    "account.journal": ["type", "default_account_id", "suspense_account_id"],
    "account.payment": ["outstanding_account_id"],
    "account.payment.method.line": ["payment_account_id"],
    "res.company": [
        "account_journal_suspense_account_id",
        "transfer_account_id",
        "account_default_pos_receivable_account_id",
    ],
}


class AccountPartialReconcile(models.Model):
    _inherit = "account.partial.reconcile"

    # For what was settled in the window, and what was settled after a day. Contains all
    # columns that the figures read.
    _client_max_date_idx = models.Index(
        "(company_id, max_date) INCLUDE (debit_move_id, credit_move_id, amount)"
    )

    @api.model_create_multi
    def create(self, vals_list):
        partials = super().create(vals_list)
        self.env["client.metric.queue"]._add(partials._client_pairs())
        occasions = [
            (invoice.company_id, client, entry.id)
            for invoice, client, entry in partials._client_payments()
            if not entry.client_settled_before
        ]
        if occasions:
            self.env["client.status.rule"]._run(
                "payment_received", "account.move", occasions
            )
        return partials

    def unlink(self):
        if not self:  # each posting calls this several times without records
            return super().unlink()
        pairs = self._client_pairs()
        entries = self.env["account.move"].sudo()
        for _invoice, _client, entry in self._client_payments():
            entries |= entry
        result = super().unlink()
        # If they are reconciled again, they are not new payments.
        entries = entries.exists().filtered(
            lambda entry: not entry.client_settled_before
        )
        entries.write({"client_settled_before": True})
        self.env["client.metric.queue"]._add(pairs)
        return result

    def _client_pairs(self):
        """:return: set of pairs (client, company) of the reconciled lines"""
        lines = self.sudo().debit_move_id | self.sudo().credit_move_id
        return lines._client_pairs()

    def _client_payments(self):
        """The entries that pay an invoice, for example from a bank statement. An
        `account.payment` is not included: it runs the rules when it is recorded.

        :return: list of tuples: the invoice, the id of its client, the entry; with
            superuser rights
        """
        if not self:
            return []
        self.flush_model(["exchange_move_id"])
        lines, moves = self.env["account.move.line"], self.env["account.move"].sudo()
        lines.flush_model(
            ["move_id", "display_type", "balance", "account_id", "payment_id"]
        )
        moves.flush_model(["move_type", "commercial_partner_id", "origin_payment_id"])
        for model, names in MONEY_FIELDS.items():
            self.env[model].flush_model(names)
        return [
            (moves.browse(invoice), client, moves.browse(entry))
            for invoice, client, entry in self.env.execute_query(paid_by(self.ids))
        ]
