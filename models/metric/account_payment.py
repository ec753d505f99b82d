from odoo import api, fields, models

from ...engine.figures.paying import RECORDED


class AccountPayment(models.Model):
    """Run the status rules when a payment of a client is recorded the first time."""

    _inherit = "account.payment"

    client_recorded_before = fields.Boolean(
        copy=False,
        help="This payment was recorded before, then reset to draft or cancelled. If "
        "it is recorded again, it does not count as a new payment.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        payments = super().create(vals_list)
        recorded = payments.browse(
            payment.id
            for payment, vals in zip(payments, vals_list, strict=True)
            if vals.get("state") in RECORDED
        )
        recorded._client_record()
        return payments

    def write(self, vals):
        if not isinstance(vals, dict) or "state" not in vals:
            return super().write(vals)
        before = self.filtered(lambda payment: payment.state in RECORDED)
        result = super().write(vals)
        if vals["state"] in RECORDED:
            (self - before)._client_record()
        elif before:
            super(AccountPayment, before).write({"client_recorded_before": True})
        return result

    def _client_record(self):
        """Run the rules for the payments of clients that are recorded the first time.

        An earlier recording is known by `client_recorded_before`.
        """
        new = self.filtered(
            lambda payment: (
                payment.payment_type == "inbound"
                and payment.partner_type == "customer"
                and payment.partner_id
                and payment.amount > 0
                and not payment.client_recorded_before
            )
        )
        occasions = [
            (
                payment.company_id,
                payment.partner_id.commercial_partner_id.id,
                payment.id,
            )
            for payment in new.sudo()
        ]
        if occasions:
            self.env["client.status.rule"]._run(
                "payment_received", "account.payment", occasions
            )
