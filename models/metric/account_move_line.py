from odoo import api, models

# What the figures read of the lines of a posted document.
FIGURE_FIELDS = {"date_maturity", "quantity", "price_unit", "discount", "balance"}
# Value of the context key `client_exchange_difference`: an object, which nobody sends
# by RPC.
EXCHANGE_DIFFERENCE = object()


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    def write(self, vals):
        result = super().write(vals)
        if self and isinstance(vals, dict) and not FIGURE_FIELDS.isdisjoint(vals):
            pairs = self.move_id._client_pairs()
            self.env["client.metric.queue"]._add(pairs)
        return result

    @api.model
    def _create_exchange_difference_moves(self, exchange_diff_values_list):
        # These entries settle invoices before Odoo says that they are no payments.
        own = self.with_context(client_exchange_difference=EXCHANGE_DIFFERENCE)
        return super(AccountMoveLine, own)._create_exchange_difference_moves(
            exchange_diff_values_list
        )

    def _settled_client_pairs(self):
        """:return: client and company of the documents that these lines settle"""
        lines = self.sudo()
        partials = lines.matched_debit_ids | lines.matched_credit_ids
        return partials._client_pairs()
