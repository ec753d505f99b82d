from odoo import api, fields, models

from ...engine.figures.rhythm import RHYTHM, rhythm
from ...engine.policy import Policy
from .res_partner_metric import metric, money

# The figure of `engine.rhythm` behind each field.
RHYTHM_FIELDS = {f"client_{name}": name for name in RHYTHM}


class ResPartner(models.Model):
    """How long the client has been silent by its own rhythm, and what hangs on it.

    It changes every day, and so it is computed from the metric table when it is asked.
    """

    _inherit = "res.partner"

    client_days_silent = metric(
        fields.Integer,
        "client_days_silent",
        "Days Silent",
        aggregator=None,
        help="Days since the last order.",
    )
    client_silence_ratio = metric(
        fields.Float,
        "client_silence_ratio",
        "Silence in Usual Gaps",
        digits=(16, 1),
        aggregator=None,
        help="Days since the last order, in usual gaps between orders of this client. "
        "A client with orders on fewer than three days has no rhythm yet.",
    )
    client_revenue_at_risk = money(
        "client_revenue_at_risk",
        "Revenue at Risk",
        help="Revenue of a year of clients silent for too long: for more than one and "
        "a half of their usual gaps or, with orders on fewer than three days, for "
        "longer than the limit of active clients. Clients in their season pause and "
        "lost clients are left out.",
    )
    client_revenue_lost = money(
        "client_revenue_lost",
        "Lost Revenue",
        help="What the revenue is below that of the year before.",
    )
    client_rhythm = fields.Char(
        "Rhythm",
        compute="_compute_client_rhythm_text",
        groups="client_segmentation.group_client_revenue",
    )

    @api.depends_context("company", "uid", "lang")
    def _compute_client_rhythm_text(self):
        for client in self:
            silent = client.client_days_silent
            if not client.client_last_invoice_date:
                client.client_rhythm = False
            elif not client.client_order_gap_days:
                client.client_rhythm = self.env._("silent for %s days", silent)
            else:
                client.client_rhythm = self.env._(
                    "orders every %(gap)s days, silent for %(silent)s",
                    gap=round(client.client_order_gap_days),
                    silent=silent,
                )

    @api.model
    def _client_metric_fields(self):
        return [*super()._client_metric_fields(), *RHYTHM_FIELDS]

    @api.model
    def _client_field_to_sql(self, alias, name, query):
        if name not in RHYTHM_FIELDS:
            return super()._client_field_to_sql(alias, name, query)
        company = self.env.company
        as_of = self.env["client.metric"]._today(company)
        policy = Policy.of(company.sudo())
        figure = RHYTHM_FIELDS[name]
        if query is None:
            return self._client_metric_subselect(
                alias, rhythm("client_metric", as_of, policy)[figure]
            )
        joined = self._join_client_metric(alias, query)
        return rhythm(joined, as_of, policy)[figure]
