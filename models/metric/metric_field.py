from functools import cache, partial

from odoo import fields

from ...engine.search.figure_condition import OPERATORS, predicate
from ..partner.sql_field import SqlField

GROUP = "client_segmentation.group_client_revenue"


class MetricField(SqlField):
    """A field of `res.partner` that shows a figure or class: `client_<name>`."""

    @property
    def figure(self):
        """:return: name of the figure, or of the column of `client.metric`"""
        return self.name.removeprefix("client_")

    def determine_domain(self, records, operator, value):
        return records._search_client_metric(self.name, operator, value)

    def filter_function(self, records, field_expr, operator, value):
        """Filter in memory exactly as a search does in the database."""
        if field_expr != self.name or operator not in OPERATORS:
            return super().filter_function(records, field_expr, operator, value)
        value = records._client_comparable(self.name, operator, value)
        texts = records._client_texts(self.name)
        matches = predicate(self.type, operator, value, texts)
        return lambda record: matches(record[self.name])


@cache
def metric_field(kind):
    """:return: function that creates a `MetricField` of a class such as `fields.Float`

    Lists add up amounts and numbers. Fields with means, ranks and percentages need
    `aggregator=None`, because their sum or mean over a group would be wrong.
    """
    return partial(
        type(kind.__name__, (MetricField, kind), {}),
        compute="_compute_client_metric",
        search="_search_client_metric",
        groups=GROUP,
    )


money = partial(metric_field(fields.Monetary), currency_field="client_currency_id")
