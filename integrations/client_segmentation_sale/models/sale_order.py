from odoo import api, models


class SaleOrder(models.Model):
    """Why its client is blocked, and the key note, on top of the quotation.

    *Client Segmentation* itself refuses the orders of blocked clients, see
    `client.blocked.document`.
    """

    _name = "sale.order"
    _inherit = ["sale.order", "client.blocked.document"]

    @api.depends("partner_id", "partner_invoice_id", "company_id", "state")
    def _compute_client_blocked_message(self):
        return super()._compute_client_blocked_message()

    @api.onchange("partner_id", "partner_invoice_id")
    def _onchange_client_blocked(self):
        return super()._onchange_client_blocked()
