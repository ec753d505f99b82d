from odoo import fields, models
from odoo.tools import SQL

from ..engine.analysis.loss import TOPS
from ..engine.planner import without_jit
from ..models.safety.buttons import for_one

STEP = 5
POSITION = "row_number() OVER (ORDER BY metric.revenue DESC, metric.id)"


class ClientParetoReport(models.Model):
    """One row per client with positive revenue in the window of the current company.

    The id is the id of the row in the metric table, because a client has one row per
    company. The shares and the concentration index are computed over the clients that
    match the domain, or over the clients of each group.
    """

    _name = "client.pareto.report"
    _inherit = "client.record"
    _description = "Concentration of the Revenue"
    _auto = False
    _rec_name = "partner_id"
    _order = "revenue DESC, id"
    _depends = {
        "client.metric": ["partner_id", "company_id", "revenue"],
        "res.partner": [
            "client_type_id",
            "client_criterion_1_id",
            "client_criterion_2_id",
        ],
        "res.company": ["currency_id"],
    }

    partner_id = fields.Many2one("res.partner", "Client", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    client_type_id = fields.Many2one("client.type", readonly=True)
    client_criterion_1_id = fields.Many2one(
        "client.criterion.value", "Criterion 1", readonly=True
    )
    client_criterion_2_id = fields.Many2one(
        "client.criterion.value", "Criterion 2", readonly=True
    )
    revenue = fields.Monetary(readonly=True)
    position = fields.Integer("Clients (%)", readonly=True, aggregator=None)
    top_1 = fields.Float("Share of the Best Client (%)", readonly=True)
    top_3 = fields.Float("Share of the Best Three (%)", readonly=True)
    top_10 = fields.Float("Share of the Best Ten (%)", readonly=True)
    hhi = fields.Integer(
        "Concentration (HHI)",
        readonly=True,
        help="Herfindahl-Hirschman index: the sum of the squared shares of the clients "
        "in per cent. 10,000 is a single client.",
    )

    @property
    def _table_query(self):
        company = self.env.company
        return SQL(
            """
            SELECT metric.id, metric.partner_id,
                   %(currency)s AS currency_id,
                   partner.client_type_id,
                   partner.client_criterion_1_id,
                   partner.client_criterion_2_id,
                   metric.revenue,
                   CEIL(%(steps)s * %(position)s / COUNT(*) OVER ())::int * %(step)s
                       AS position,
                   NULL::float AS top_1, NULL::float AS top_3, NULL::float AS top_10,
                   NULL::int AS hhi
              FROM client_metric metric
              JOIN res_partner partner ON partner.id = metric.partner_id
             WHERE metric.company_id = %(company)s
               AND metric.revenue > 0
            """,
            company=company.id,
            currency=company.currency_id.id,
            steps=100.0 / STEP,
            step=STEP,
            position=SQL(POSITION),
        )

    def _search(self, domain, *args, **kwargs):
        without_jit(self.env)
        return super()._search(domain, *args, **kwargs)

    def _read_group_select(self, aggregate_spec, query):
        name = aggregate_spec.partition(":")[0]
        revenue = self._field_to_sql(self._table, "revenue", query)
        if name in TOPS:
            return SQL(
                """100 * (SELECT SUM(best) FROM UNNEST(
                       (ARRAY_AGG(%(revenue)s ORDER BY %(revenue)s DESC))[:%(count)s]
                   ) best) / NULLIF(SUM(%(revenue)s), 0)""",
                revenue=revenue,
                count=TOPS[name],
            )
        if name == "hhi":
            return SQL(
                "ROUND(10000 * SUM(%(revenue)s ^ 2) / NULLIF(SUM(%(revenue)s) ^ 2, 0))"
                "::int",
                revenue=revenue,
            )
        return super()._read_group_select(aggregate_spec, query)

    @for_one("read")
    def action_open_client(self):
        """:return: action that opens the client of this row"""
        return {
            "type": "ir.actions.act_window",
            "res_model": "res.partner",
            "res_id": self.partner_id.id,
            "views": [
                (self.env.ref("client_segmentation.client_view_form").id, "form")
            ],
        }
