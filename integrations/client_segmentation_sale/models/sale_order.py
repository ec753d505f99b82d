from odoo import api, fields, models


class SaleOrder(models.Model):
    """No order for a blocked client: as with invoices, see `account.move`."""

    _name = "sale.order"
    _inherit = ["sale.order", "client.blocked.document"]

    client_key_note = fields.Text(
        related="partner_id.commercial_partner_id.client_key_note",
        string="Key Note of the Client",
        groups="base.group_user",
    )

    @api.depends("partner_id", "company_id", "state")
    def _compute_client_blocked_message(self):
        return super()._compute_client_blocked_message()

    def _client_is_open(self):
        return self.state in ("draft", "sent")

    @api.model_create_multi
    def create(self, vals_list):
        orders = super().create(vals_list)
        orders._client_check_begun()
        return orders

    def write(self, vals):
        """Every way to confirm a quotation passes here."""
        if vals.get("state") == "sale":
            self.env["res.partner"]._client_refuse(self._client_blocked_messages())
        result = super().write(vals)
        if "partner_id" in vals:
            self._client_check_begun()
        return result

    def _client_blocked_messages(self):
        """:return: why some of these can't be confirmed, until the transaction ends"""
        unconfirmed = self.sudo().filtered(lambda order: order.state != "sale")
        messages = []
        for company, own in unconfirmed.grouped("company_id").items():
            clients = own.partner_id.commercial_partner_id
            messages += clients._client_blocked_messages(company).values()
        return messages
