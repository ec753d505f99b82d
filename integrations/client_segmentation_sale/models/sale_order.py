from odoo import api, fields, models


class SaleOrder(models.Model):
    """Why its client is blocked, and the key note, on top of the quotation.

    *Client Segmentation* itself refuses the orders of blocked clients, see
    `client.blocked.document`.
    """

    _name = "sale.order"
    _inherit = ["sale.order", "client.blocked.document"]

    client_key_note = fields.Text(
        related="partner_id.commercial_partner_id.client_key_note",
        string="Key Note of the Client",
        groups="base.group_user",
    )

    @api.depends("partner_id", "partner_invoice_id", "company_id", "state")
    def _compute_client_blocked_message(self):
        return super()._compute_client_blocked_message()
