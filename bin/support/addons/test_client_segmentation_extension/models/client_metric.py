from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.client_segmentation.engine.catalogue import (
    BUSINESS,
    Dimension,
    Figure,
    Limit,
    Reason,
)

from .test_rental import RENTAL

LOYALTIES = [("loyal", "Loyal"), ("casual", "Casual"), ("first", "First Time")]


def _credit_note_count(scope):
    return SQL(
        "COUNT(*) FILTER (WHERE kind = 'out_refund' AND date > %s)", scope.before_window
    )


def _loyalty(scope):
    return SQL(
        """CASE WHEN order_count >= %s THEN 'loyal'
                WHEN order_count > 1 THEN 'casual'
                WHEN order_count = 1 THEN 'first' END""",
        scope.policy.loyal_orders,
    )


def _explain(metric, scope):
    distance, better = None, None
    if metric.loyalty_computed in ("casual", "first"):
        better = "loyal"
        distance = scope.policy.loyal_orders - metric.order_count
    facts = {"order_count": metric.order_count}
    return Reason(metric.loyalty_computed or None, facts, better, distance)


FIGURE = Figure("credit_note_count", "invoice", _credit_note_count, empty=0)
LOYALTY = Dimension(
    name="loyalty",
    values=("loyal", "casual", "first"),
    sql=_loyalty,
    reads=("order_count",),
    documents=SQL("SELECT source, id FROM %s WHERE is_order", SQL.identifier(BUSINESS)),
    explain=_explain,
    limits=(Limit("loyal_orders", 2, 1000, slider=50),),
)


class ClientMetric(models.Model):
    _inherit = "client.metric"

    credit_note_count = fields.Integer("Credit Notes")
    loyalty = fields.Selection(LOYALTIES)
    loyalty_computed = fields.Selection(LOYALTIES)
    loyalty_decided = fields.Selection(LOYALTIES)

    @api.model
    def _sources(self):
        return (*super()._sources(), RENTAL)

    @api.model
    def _figures(self):
        return (*super()._figures(), FIGURE)

    @api.model
    def _dimensions(self):
        return (*super()._dimensions(), LOYALTY)
