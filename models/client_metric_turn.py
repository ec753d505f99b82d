from odoo import fields, models
from odoo.tools import SQL

from ..engine.refresh import TURNS


class ClientMetricTurn(models.Model):
    """Rows that refreshes lock, see `engine.refresh`; nobody edits them."""

    _name = "client.metric.turn"
    _description = "Turn of the Refreshes"
    _log_access = False

    version = fields.Integer(required=True, default=0)

    def init(self):
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO client_metric_turn (id, version)
                SELECT id, 0 FROM generate_series(1, %s) id
                    ON CONFLICT DO NOTHING
                """,
                TURNS,
            )
        )
