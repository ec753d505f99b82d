from odoo import models


class AccountMove(models.Model):
    _inherit = "account.move"

    def write(self, vals):
        """Every way to post a document passes here, also a state written directly."""
        posted = self.browse()
        if vals.get("state") == "posted":
            # A document that is posted again tells nothing new.
            posted = self.filtered(
                lambda move: move.state != "posted"
                and not move.posted_before
                and move.move_type in ("out_invoice", "out_receipt")
            )
        result = super().write(vals)
        if posted:
            self.env["client.status.rule"]._run("first_invoice", posted)
        return result
