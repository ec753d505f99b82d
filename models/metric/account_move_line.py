from odoo import api, models

# The fields of the lines of a posted document that the figures depend on.
FIGURE_FIELDS = {
    "amount_currency",
    "balance",
    "credit",
    "date_maturity",
    "debit",
    "discount",
    "display_type",
    "price_unit",
    "quantity",
}
# Value of the context key `client_exchange_difference`: RPC callers cannot send an
# object.
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
        # Odoo reconciles these entries before it marks them as exchange differences, so
        # the context tells that they are not payments.
        lines = self.with_context(client_exchange_difference=EXCHANGE_DIFFERENCE)
        return super(AccountMoveLine, lines)._create_exchange_difference_moves(
            exchange_diff_values_list
        )

    def _settled_client_pairs(self):
        """:return: set of pairs (client, company) of the documents that these lines are
        reconciled with
        """
        lines = self.sudo()
        partials = lines.matched_debit_ids | lines.matched_credit_ids
        return partials._client_pairs()
