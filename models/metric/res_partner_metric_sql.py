import re

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ...engine.planner import without_jit
from ...engine.search.figure_condition import (
    NUMBERS,
    OPERATORS,
    Texts,
    comparable,
    condition,
)
from .metric_field import MetricField

BEST_FIRST = re.compile(r"\s*client_revenue\s+desc\b", re.IGNORECASE)
LONGEST = 50  # maximum number of typed characters in a message
# Figures with an index, which PostgreSQL does not use for a rounded value. They add up
# amounts of documents, which have no more decimals than the list shows.
INDEXED = ("revenue",)
# Value of the context key `client_exact`: RPC callers cannot send an object.
EXACT = object()


class ResPartner(models.Model):
    """Read, search, sort and aggregate figures and classes: joins the metric table of
    the user's company to the partners.
    """

    _inherit = "res.partner"

    # Contains the client of each contact, see `engine.figures.receivable`.
    _client_contact_idx = models.Index(
        "(id) INCLUDE (commercial_partner_id) "
        "WHERE parent_id IS NOT NULL AND commercial_partner_id != id"
    )
    # For sums over a million clients: the index has the columns that record rules need,
    # so PostgreSQL does not read the wide rows. Same spelling as in the domain of
    # `client_is_commercial`.
    _client_commercial_idx = models.Index(
        "(id) INCLUDE (company_id, partner_share) "
        "WHERE active IS TRUE AND (is_company IS TRUE OR parent_id IS NULL)"
    )

    @api.depends_context("company", "uid")
    def _compute_client_metric(self):
        # One query, written directly to the cache: a page has thousands of figures.
        names = self._client_metric_fields()
        query = self._origin._as_query(ordered=False)
        columns = [self._field_to_sql(query.table, name, query) for name in names]
        self.env["client.metric"].flush_model()
        rows = self.env.execute_query(
            query.select(SQL.identifier(query.table, "id"), *columns)
        )
        figures = {client: values for client, *values in rows}
        no_figures = [None] * len(names)
        rows = [figures.get(client._origin.id, no_figures) for client in self]
        for position, name in enumerate(names):
            field = self._fields[name]
            values = [
                field.convert_to_cache(row[position], self, False) for row in rows
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
            return self._client_shown_sql(metric, field)
        return SQL(
            "(SELECT %s FROM client_metric WHERE partner_id = %s AND company_id = %s)",
            self._client_shown_sql("client_metric", field),
            SQL.identifier(alias, "id"),
            self.env.company.id,
        )

    @api.model
    def _client_shown_sql(self, metric, field):
        """:return: SQL of a figure as the field shows it, so that searches, groups and
        sorting use the value that people see. The metric table may have more decimals
        """
        figure = self._client_figure_sql(metric, field.figure)
        decimals = self._client_decimals(field)
        exact = self.env.context.get("client_exact") is EXACT
        if exact or decimals is None or field.figure in INDEXED:
            return figure
        return SQL("ROUND(%s::numeric, %s)", figure, decimals)

    @api.model
    def _client_decimals(self, field):
        """:return: number of decimals that a field shows, or None"""
        if field.type == "monetary":
            return self.env.company.currency_id.decimal_places
        digits = field.get_digits(self.env) if field.type == "float" else None
        return digits[1] if digits else None

    @api.model
    def _client_figure_sql(self, metric, name):
        """:return: SQL of a figure or class of the user's company

        :param str metric: alias of `client_metric`
        """
        metrics = self.env["client.metric"]
        if figure := metrics._catalogue().unstored_figures.get(name):
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
        # Clients without figures come last in both directions.
        field = self._fields.get(field_name)
        if isinstance(field, MetricField):
            nulls = SQL("NULLS LAST")
        return super()._order_field_to_sql(alias, field_name, direction, nulls, query)

    def _read_group_select(self, aggregate_spec, query):
        field = self._fields.get(aggregate_spec.partition(":")[0])
        if isinstance(field, MetricField):
            without_jit(self.env)  # a sum over all clients
        # Lists ask for the currencies of each group. They are all the same, and with
        # DISTINCT PostgreSQL would sort all rows in one process.
        if aggregate_spec == "client_currency_id:array_agg_distinct":
            currency = self._field_to_sql(self._table, "client_currency_id", query)
            return SQL("ARRAY[%s]", currency)
        # Add up exact values: the sum of rounded shares would not be 100 %.
        exact = self.with_context(client_exact=EXACT)
        return super(ResPartner, exact)._read_group_select(aggregate_spec, query)

    def _read_group_groupby(self, alias, groupby_spec, query):
        sql = super()._read_group_groupby(alias, groupby_spec, query)
        field = self._fields.get(groupby_spec)
        # Clients without figures are in the group of zero, as in lists and searches.
        if isinstance(field, MetricField) and field.type in NUMBERS:
            sql = SQL("COALESCE(%s, 0)", sql)
        return sql

    def _search(self, domain, offset=0, limit=None, order=None, **kwargs):
        query = super()._search(domain, offset, limit, order, **kwargs)
        if not (limit and order and BEST_FIRST.match(order)):
            return query
        # Use the index on revenue for the first pages of a sorted list: otherwise
        # PostgreSQL sorts all clients. Clients without figures come last, so the page
        # is the same as long as it is full without them.
        page = super()._search(domain, offset, limit, order, **kwargs)
        joined = self._join_client_metric(self._table, page)
        page.add_where(SQL("%s IS NOT NULL", SQL.identifier(joined, "revenue")))
        return page if self._client_is_full(page, offset + limit) else query

    @api.model
    def _client_is_full(self, query, wanted):
        """:return: whether a query finds at least `wanted` clients"""
        sorting = query.order, query.limit, query.offset
        query.order, query.limit, query.offset = None, wanted, None
        [(found,)] = self.env.execute_query(
            SQL("SELECT COUNT(*) FROM (%s) client", query.select(SQL("1")))
        )
        query.order, query.limit, query.offset = sorting
        return found == wanted

    @api.model
    def _search_client_metric(self, name, operator, value):
        """Search by a figure. Clients without figures have zero, no class, no date."""
        self._check_field_access(self._fields[name], "read")
        if operator not in OPERATORS:
            return NotImplemented
        value = self._client_comparable(name, operator, value)
        texts = self._client_texts(name)

        def to_sql(model, alias, query):
            joined = model._join_client_metric(alias, query)
            return condition(
                model._field_to_sql(alias, name, query),
                SQL("%s IS NOT NULL", SQL.identifier(joined, "partner_id")),
                model._fields[name].type,
                operator,
                value,
                texts,
            )

        return Domain.custom(to_sql=to_sql)

    @api.model
    def _client_texts(self, name):
        """:return: `figure_condition.Texts` of a field"""
        decimals = self._client_decimals(self._fields[name])
        registry = self.env.registry
        return Texts(registry.unaccent, registry.unaccent_python, decimals)

    @api.model
    def _client_comparable(self, name, operator, value):
        """:return: the value to search a field with, see `figure_condition.comparable`

        :raise UserError: if the value is not valid; says what is wrong
        """
        field = self._fields[name]
        try:
            return comparable(field.type, operator, value)
        except ValueError as error:
            [invalid] = error.args
            texts = {
                "field": field._description_string(self.env),
                "value": str(invalid)[:LONGEST],
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
