from odoo import api, fields, models
from odoo.exceptions import ValidationError


class SaleOrder(models.Model):
    """No order for a blocked client: as with invoices, see `account.move`."""

    _inherit = "sale.order"

    client_key_note = fields.Text(
        related="partner_id.commercial_partner_id.client_key_note",
        string="Key Note of the Client",
        groups="base.group_user",
    )
    client_blocked_message = fields.Char(
        compute="_compute_client_blocked_message", groups="base.group_user"
    )

    @api.depends("partner_id", "company_id", "state")
    @api.depends_context("lang", "tz")
    def _compute_client_blocked_message(self):
        # Not told to depend on the block, whose change would look up all documents.
        for order in self:
            client = order.partner_id.with_company(order.company_id)
            is_open = order.state in ("draft", "sent")
            order.client_blocked_message = is_open and client.client_blocked_message

    @api.onchange("partner_id")
    def _onchange_client_blocked(self):
        if self.client_blocked_message:
            return {
                "warning": {
                    "title": self.env._("This client is blocked"),
                    "message": self.client_blocked_message,
                }
            }
        return None

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

    def _client_check_begun(self):
        """Raise when a person makes one of these quotations for a blocked client."""
        if self.env.su:
            return
        for order in self:
            if order.client_blocked_message:
                raise ValidationError(order.client_blocked_message)

    def _client_blocked_messages(self):
        """:return: why some of these can't be confirmed, until the transaction ends"""
        unconfirmed = self.sudo().filtered(lambda order: order.state != "sale")
        messages = []
        for company, own in unconfirmed.grouped("company_id").items():
            clients = own.partner_id.commercial_partner_id
            messages += clients._client_blocked_messages(company).values()
        return messages
