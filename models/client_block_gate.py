from odoo import fields, models
from odoo.tools import SQL

from ..engine.gate import GATES


class ClientBlockGate(models.Model):
    """Rows that postings and blockings lock, see `engine.gate`; nobody edits them."""

    _name = "client.block.gate"
    _description = "Gate between Postings and Blockings"
    _log_access = False

    version = fields.Integer(required=True, default=0)

    def init(self):
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO client_block_gate (id, version)
                SELECT id, 0 FROM generate_series(1, %s) id
                    ON CONFLICT DO NOTHING
                """,
                GATES,
            )
        )
