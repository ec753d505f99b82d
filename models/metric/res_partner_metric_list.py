import re
from copy import copy

from odoo import api, models
from odoo.tools import SQL

BEST_FIRST = re.compile(r"\s*client_revenue\s+desc\b", re.IGNORECASE)


class ResPartner(models.Model):
    """What lists ask of the figures, in a way that PostgreSQL answers quickly."""

    _inherit = "res.partner"

    def _read_group_select(self, aggregate_spec, query):
        # The lists ask for the currencies of each group. All of them are the same, and
        # DISTINCT would make PostgreSQL sort everything by one process.
        if aggregate_spec == "client_currency_id:array_agg_distinct":
            currency = self._field_to_sql(self._table, "client_currency_id", query)
            return SQL("ARRAY[%s]", currency)
        return super()._read_group_select(aggregate_spec, query)

    def _search(self, domain, offset=0, limit=None, order=None, **kwargs):
        query = super()._search(domain, offset, limit, order, **kwargs)
        if limit and order and BEST_FIRST.match(order):
            return self._client_best_first(query, offset + limit)
        return query

    @api.model
    def _client_best_first(self, query, wanted):
        """Let the index of the revenue find the first page of a sorted list.

        Who has no figures comes last. As long as enough clients have some, the outer
        join, for which all clients have to be sorted, can be an inner one.

        :param query: sorted by revenue
        :param int wanted: number of clients until the end of the page
        :return: the query to use
        """
        joined = self._join_client_metric(self._table, query)
        best = copy(query)
        best._joins = dict(query._joins)
        _kind, *join = best._joins[joined]
        best._joins[joined] = (SQL("JOIN"), *join)
        best._where_clauses = [*query._where_clauses]
        best.add_where(SQL("%s IS NOT NULL", SQL.identifier(joined, "revenue")))
        count = copy(best)
        count.order, count.limit, count.offset = None, wanted, None
        [(found,)] = self.env.execute_query(
            SQL("SELECT COUNT(*) FROM (%s) best", count.select(SQL("1")))
        )
        return best if found == wanted else query
