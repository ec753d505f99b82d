from odoo import fields, models

from ...models.safety.buttons import for_one


class ClientBlockWizard(models.TransientModel):
    """Block one client, with a reason."""

    _name = "client.block.wizard"
    _inherit = ["client.record", "client.text"]
    _description = "Block a Client"

    partner_id = fields.Many2one("res.partner", "Client", required=True, readonly=True)
    reason = fields.Char(
        required=True,
        help="Users who try to make a document for this client will read it.",
    )

    @for_one("read", changes="res.partner")
    def action_block(self):
        """Block new documents for this client in the current company."""
        self.partner_id.write(
            {"client_blocked": True, "client_blocked_reason": self.reason}
        )
        return {"type": "ir.actions.act_window_close"}
