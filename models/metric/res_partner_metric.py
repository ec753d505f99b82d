from contextlib import contextmanager
from functools import partial

from odoo import api, fields, models
from odoo.tools import SQL

from ..partner.res_partner import MOVES
from ..partner.sql_field import sql_field
from .client_metric import ENGAGEMENTS, PAYMENT_CLASSES, REVENUE_CLASSES

GROUP = "client_segmentation.group_client_revenue"
# The column of the metric table behind each field.
METRIC_FIELDS = {
    "client_revenue_class": "revenue_class",
    "client_payment_class": "payment_class",
    "client_engagement": "engagement",
    "client_revenue_class_computed": "revenue_class_computed",
    "client_payment_class_computed": "payment_class_computed",
    "client_engagement_computed": "engagement_computed",
    "client_engagement_reason": "engagement_reason",
    "client_revenue": "revenue",
    "client_revenue_previous": "revenue_previous",
    "client_revenue_growth": "revenue_growth",
    "client_revenue_total": "revenue_total",
    "client_revenue_share": "revenue_share",
    "client_revenue_rank": "revenue_rank",
    "client_invoice_count": "invoice_count",
    "client_order_count": "order_count",
    "client_average_basket": "average_basket",
    "client_first_invoice_date": "first_invoice_date",
    "client_last_invoice_date": "last_invoice_date",
    "client_order_gap_days": "order_gap_days",
    "client_days_to_pay": "days_to_pay",
    "client_days_late": "days_late",
    "client_in_pause": "in_pause",
    "client_overdue": "overdue",
    "client_average_discount": "average_discount",
    "client_computed_at": "computed_at",
}


def metric(field, name, *args, **kwargs):
    """A figure of the client in the user's company, shown from the metric table."""

    def search(self, operator, value):
        return self._search_client_metric(name, operator, value)

    return sql_field(field)(
        *args,
        compute="_compute_client_metric",
        search=search,
        groups=GROUP,
        **kwargs,
    )


money = partial(metric, fields.Monetary, currency_field="client_currency_id")


class ResPartner(models.Model):
    """The figures and classes of the client in the user's current company.

    Lists add up amounts and numbers. Means, ranks and per cents of single clients make
    no mean of a group, and so they have no aggregate.
    """

    _inherit = "res.partner"

    # Sums of a million clients read what the rules ask of each from here, not from the
    # wide rows. Spelt as the domain of `client_is_commercial` is.
    _client_commercial_idx = models.Index(
        "(id) INCLUDE (company_id, partner_share) "
        "WHERE active IS TRUE AND (is_company IS TRUE OR parent_id IS NULL)"
    )

    client_currency_id = sql_field(fields.Many2one)(
        "res.currency", compute="_compute_client_currency_id", groups=GROUP
    )
    client_revenue_class = metric(
        fields.Selection, "client_revenue_class", REVENUE_CLASSES, "Revenue Class"
    )
    client_payment_class = metric(
        fields.Selection, "client_payment_class", PAYMENT_CLASSES, "Payment Class"
    )
    client_engagement = metric(
        fields.Selection, "client_engagement", ENGAGEMENTS, "Engagement"
    )
    client_revenue_class_computed = metric(
        fields.Selection,
        "client_revenue_class_computed",
        REVENUE_CLASSES,
        "Computed Revenue Class",
    )
    client_payment_class_computed = metric(
        fields.Selection,
        "client_payment_class_computed",
        PAYMENT_CLASSES,
        "Computed Payment Class",
    )
    client_engagement_computed = metric(
        fields.Selection,
        "client_engagement_computed",
        ENGAGEMENTS,
        "Computed Engagement",
    )
    client_engagement_reason = metric(
        fields.Char, "client_engagement_reason", "Why Lost"
    )
    client_revenue = money("client_revenue", "Revenue")
    client_revenue_previous = money(
        "client_revenue_previous", "Revenue of the Year Before"
    )
    client_revenue_growth = metric(
        fields.Float,
        "client_revenue_growth",
        "Growth (%)",
        digits=(16, 1),
        aggregator=None,
    )
    client_revenue_total = money("client_revenue_total", "Lifetime Revenue")
    client_revenue_share = metric(
        fields.Float, "client_revenue_share", "Share of the Revenue (%)", digits=(16, 2)
    )
    client_revenue_rank = metric(
        fields.Integer, "client_revenue_rank", "Revenue Rank", aggregator=None
    )
    client_invoice_count = metric(
        fields.Integer, "client_invoice_count", "Number of Invoices"
    )
    client_order_count = metric(fields.Integer, "client_order_count", "Orders Ever")
    client_average_basket = money(
        "client_average_basket", "Average Basket", aggregator=None
    )
    client_first_invoice_date = metric(
        fields.Date, "client_first_invoice_date", "First Invoice"
    )
    client_last_invoice_date = metric(
        fields.Date, "client_last_invoice_date", "Last Invoice"
    )
    client_order_gap_days = metric(
        fields.Float,
        "client_order_gap_days",
        "Days between Orders",
        digits=(16, 0),
        aggregator=None,
    )
    client_in_pause = metric(
        fields.Boolean,
        "client_in_pause",
        "Season Pause",
        help="Silent for longer than usual, but so it was in the same weeks a year "
        "before: a seasonal client.",
    )
    client_days_to_pay = metric(
        fields.Float,
        "client_days_to_pay",
        "Days to Pay",
        digits=(16, 1),
        aggregator=None,
    )
    client_days_late = metric(
        fields.Float, "client_days_late", "Days Late", digits=(16, 1), aggregator=None
    )
    client_overdue = money("client_overdue", "Overdue")
    client_average_discount = metric(
        fields.Float,
        "client_average_discount",
        "Average Discount (%)",
        digits=(16, 1),
        aggregator=None,
    )
    client_computed_at = metric(fields.Datetime, "client_computed_at", "As Computed At")

    @api.depends_context("company")
    def _compute_client_currency_id(self):
        self.client_currency_id = self.env.company.currency_id

    @api.depends_context("company", "uid")
    def _compute_client_metric(self):
        # One query, and straight into the cache: a page has some thousand figures.
        names = self._client_metric_fields()
        query = self._origin._as_query(ordered=False)
        columns = [self._field_to_sql(query.table, name, query) for name in names]
        self.env["client.metric"].flush_model()
        rows = self.env.execute_query(
            query.select(SQL.identifier(query.table, "id"), *columns)
        )
        figures = {client: values for client, *values in rows}
        nothing = [None] * len(names)
        found = [figures.get(client._origin.id, nothing) for client in self]
        for position, name in enumerate(names):
            field = self._fields[name]
            values = [
                field.convert_to_cache(row[position], self, False) for row in found
            ]
            field._insert_cache(self, values)

    @api.model
    def _client_metric_fields(self):
        """:return: names of the fields that show the metric table"""
        return list(METRIC_FIELDS)

    @api.model
    def _client_field_to_sql(self, alias, name, query):
        if name == "client_currency_id":
            return SQL("%s::int4", self.env.company.currency_id.id)
        if name not in METRIC_FIELDS:
            return super()._client_field_to_sql(alias, name, query)
        if query is None:
            return self._client_metric_subselect(
                alias, SQL.identifier("client_metric", METRIC_FIELDS[name])
            )
        joined = self._join_client_metric(alias, query)
        return SQL.identifier(joined, METRIC_FIELDS[name])

    @api.model
    def _client_metric_subselect(self, alias, expression):
        """:return: SQL of an expression over `client_metric`, for the partner `alias`,
        where there is no query to join it to
        """
        return SQL(
            "(SELECT %s FROM client_metric WHERE partner_id = %s AND company_id = %s)",
            expression,
            SQL.identifier(alias, "id"),
            self.env.company.id,
        )

    @api.model
    def _join_client_metric(self, alias, query):
        """:return: alias of the metric table of the user's company in `query`"""
        company = self.env.company
        joined = query.make_alias(alias, f"client_metric_{company.id}")
        query.add_join(
            "LEFT JOIN",
            joined,
            "client_metric",
            SQL(
                "%s = %s AND %s = %s",
                SQL.identifier(joined, "partner_id"),
                SQL.identifier(alias, "id"),
                SQL.identifier(joined, "company_id"),
                company.id,
            ),
        )
        return joined

    def _order_field_to_sql(self, alias, field_name, direction, nulls, query):
        # Who has no figure comes last, whichever way one sorts.
        field = self._fields.get(field_name)
        if field and field.compute == "_compute_client_metric":
            nulls = SQL("NULLS LAST")
        return super()._order_field_to_sql(alias, field_name, direction, nulls, query)

    @contextmanager
    def _client_figures_follow(self, vals):
        """A step of `write`: meetings of a contact are its client's; invoices tell by
        themselves.
        """
        if not MOVES & vals.keys():
            yield vals
            return
        before = self.sudo().commercial_partner_id
        yield vals
        self.env["client.metric.queue"]._add_clients(
            before | self.sudo().commercial_partner_id
        )
