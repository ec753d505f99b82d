from odoo import fields, models


class AccountMove(models.Model):
    _inherit = "account.move"

    client_key_note = fields.Text(
        related="commercial_partner_id.client_key_note",
        string="Key Note of the Client",
        groups="base.group_user",
    )

    def write(self, vals):
        """Every way to post a document passes here, also a state written directly."""
        posted = self.browse()
        if vals.get("state") == "posted":
            # A document that is posted again tells nothing new.
            posted = self.filtered(
                lambda move: (
                    move.state != "posted"
                    and not move.posted_before
                    and move.move_type in ("out_invoice", "out_receipt")
                )
            )
        result = super().write(vals)
        if posted:
            self.env["client.status.rule"]._run("first_invoice", posted)
        return result
