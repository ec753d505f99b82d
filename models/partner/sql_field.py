from functools import cache


class SqlField:
    """A field without a column that its model has SQL for, see `_field_to_sql`.

    Lists sort, group and add up by it. Odoo finds that out by making the SQL, for each
    field of each view and each user; that of figures and their joins costs more than
    all the rest of their description.
    """

    def _description_sortable(self, env):
        return True

    def _description_groupable(self, env):
        return True

    def _description_aggregator(self, env):
        return self.aggregator


@cache
def sql_field(kind):
    """:return: the class of fields, e.g. `fields.Float`, as a `SqlField`"""
    return type(kind.__name__, (SqlField, kind), {})
