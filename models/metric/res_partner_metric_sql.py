import re
from copy import copy

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ...engine.search.figure_condition import NUMBERS, OPERATORS, comparable, condition
from .metric_field import MetricField

BEST_FIRST = re.compile(r"\s*client_revenue\s+desc\b", re.IGNORECASE)
LONGEST = 50  # characters of what was typed, in a message


class ResPartner(models.Model):
    """How figures and classes are read, searched, sorted and added up: the metric table
    of the user's company, joined to the partners.
    """

    _inherit = "res.partner"

    # Sums of a million clients read what the rules ask of each from here, not from the
    # wide rows. Spelled as the domain of `client_is_commercial` is.
    _client_commercial_idx = models.Index(
        "(id) INCLUDE (company_id, partner_share) "
        "WHERE active IS TRUE AND (is_company IS TRUE OR parent_id IS NULL)"
    )

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
        return [
            name
            for name, field in self._fields.items()
            if isinstance(field, MetricField)
        ]

    @api.model
    def _client_field_to_sql(self, alias, name, query):
        if name == "client_currency_id":
            return SQL("%s::int4", self.env.company.currency_id.id)
        field = self._fields[name]
        if not isinstance(field, MetricField):
            return super()._client_field_to_sql(alias, name, query)
        if query is not None:
            metric = self._join_client_metric(alias, query)
            return self._client_figure_sql(metric, field.figure)
        return SQL(
            "(SELECT %s FROM client_metric WHERE partner_id = %s AND company_id = %s)",
            self._client_figure_sql("client_metric", field.figure),
            SQL.identifier(alias, "id"),
            self.env.company.id,
        )

    @api.model
    def _client_figure_sql(self, metric, name):
        """:return: SQL of a figure or class of the user's company

        :param str metric: alias of `client_metric`
        """
        metrics = self.env["client.metric"]
        if figure := metrics._catalogue().today.get(name):
            scope = metrics._scope(self.env.company)
            return figure.sql(scope, lambda column: SQL.identifier(metric, column))
        return SQL.identifier(metric, name)

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
        if isinstance(field, MetricField):
            nulls = SQL("NULLS LAST")
        return super()._order_field_to_sql(alias, field_name, direction, nulls, query)

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

    @api.model
    def _search_client_metric(self, name, operator, value):
        """Search a figure; a client without figures has zero, no class, no date."""
        self._check_field_access(self._fields[name], "read")
        if operator not in OPERATORS:
            return NotImplemented
        value = self._client_comparable(name, operator, value)

        def to_sql(model, alias, query):
            joined = model._join_client_metric(alias, query)
            return condition(
                model._field_to_sql(alias, name, query),
                SQL("%s IS NOT NULL", SQL.identifier(joined, "partner_id")),
                model._fields[name].type,
                operator,
                value,
            )

        return Domain.custom(to_sql=to_sql)

    @api.model
    def _client_comparable(self, name, operator, value):
        """:return: what a field is searched with, see `figure_condition.comparable`; a
        UserError that says what is wrong where there is no comparing
        """
        field = self._fields[name]
        try:
            return comparable(field.type, operator, value)
        except ValueError as error:
            [wrong] = error.args
            texts = {
                "field": field._description_string(self.env),
                "value": str(wrong)[:LONGEST],
            }
        if field.type in NUMBERS:
            raise UserError(
                self.env._(
                    "“%(value)s” is not a number: search “%(field)s” with one.", **texts
                )
            )
        raise UserError(
            self.env._("“%(field)s” cannot be searched with “%(value)s”.", **texts)
        )
