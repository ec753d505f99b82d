from odoo import fields, models

from ...engine.locks import fill
from ...engine.metric.turn import TURNS


class ClientMetricTurn(models.Model):
    """Rows that refreshes lock, see `engine.metric.turn`; nobody edits them."""

    _name = "client.metric.turn"
    _description = "Turn of the Refreshes"
    _log_access = False

    version = fields.Integer(required=True, default=0)

    def init(self):
        fill(self.env, self._table, TURNS)
