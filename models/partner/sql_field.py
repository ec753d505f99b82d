from functools import cache

from odoo.fields import Domain


class SqlField:
    """A field without a column; its model has SQL for it, see `_field_to_sql`.

    Lists can sort, group and aggregate by it. Odoo normally generates the SQL to find
    this out, for each field of each view and each user. For figures and their joins
    this would take longer than all the rest of their description.
    """

    def _description_sortable(self, env):
        return True

    def _description_groupable(self, env):
        return True

    def _description_aggregator(self, env):
        return self.aggregator


class SearchedField:
    """A field that filters in memory with its own search method, so that both agree."""

    def filter_function(self, records, field_expr, operator, value):
        searched = Domain(field_expr, operator, value).optimize_full(records)
        return records.filtered_domain(searched).__contains__


@cache
def searched_field(kind):
    """:return: subclass of a class of fields and `SearchedField`"""
    return type(kind.__name__, (SearchedField, kind), {})


@cache
def sql_field(kind):
    """:return: subclass of a class of fields, e.g. of `fields.Float`, and `SqlField`"""
    return type(kind.__name__, (SqlField, kind), {})
