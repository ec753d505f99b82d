from odoo import models


class PaymentTransaction(models.Model):
    _inherit = "payment.transaction"

    def _check_amount_and_confirm_order(self):
        """What a blocked client pays is kept; its quotation waits, and says so."""
        waiting = self.browse()
        for transaction in self:
            orders = transaction.sale_order_ids
            messages = orders._client_blocked_messages()
            if messages:
                waiting += transaction
                for order in orders:
                    order.message_post(body="\n".join(messages))
        others = self - waiting
        return super(PaymentTransaction, others)._check_amount_and_confirm_order()
