from functools import cache, partial

from odoo import fields

from ..partner.sql_field import SqlField

GROUP = "client_segmentation.group_client_revenue"


class MetricField(SqlField):
    """A field of `res.partner` that shows a figure or class: `client_<name>`."""

    @property
    def figure(self):
        """:return: name of the figure or of the column of `client.metric`"""
        return self.name.removeprefix("client_")

    def determine_domain(self, records, operator, value):
        return records._search_client_metric(self.name, operator, value)


@cache
def metric_field(kind):
    """:return: what makes a `MetricField` of a class of fields, such as `fields.Float`

    Lists add up amounts and numbers. Means, ranks and per cents of single clients make
    no mean of a group: these fields have no aggregator.
    """
    return partial(
        type(kind.__name__, (MetricField, kind), {}),
        compute="_compute_client_metric",
        search="_search_client_metric",
        groups=GROUP,
    )


money = partial(metric_field(fields.Monetary), currency_field="client_currency_id")
