from odoo import fields, models

from ...engine.locks import fill
from ...engine.partner.gate import GATES


class ClientBlockGate(models.Model):
    """Rows that postings and blockings lock, see `engine.gate`; nobody edits them."""

    _name = "client.block.gate"
    _description = "Gate between Postings and Blockings"
    _log_access = False

    version = fields.Integer(required=True, default=0)

    def init(self):
        fill(self.env, self._table, GATES)
