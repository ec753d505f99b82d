"""The figures of all clients of a company, in one query with one row per client.

The query reads the rows of all sources once and aggregates them per client. Each figure
has its own SQL expression: `orders`, `sales`, `payments`, `discounts`, `meetings`
and `rhythm` in this folder declare them and say what each figure counts.
"""

from odoo.tools import SQL

from ..catalogue import BUSINESS, BUSINESS_COLUMNS, by_client
from ..partner.field import NOT_MERGED
from . import discounts, meetings, orders, payments, rhythm, sales

SOURCES = (
    *orders.SOURCES,
    meetings.MEETING,
    *payments.SOURCES,
    discounts.DISCOUNT,
)
FIGURES = (
    *sales.FIGURES,
    *rhythm.FIGURES,
    *payments.FIGURES,
    *discounts.FIGURES,
    *meetings.FIGURES,
)


def figures(scope):
    """The query of the figures.

    :param Scope scope: the company, the day, the policy with its window, the clients
    :return: SQL of a SELECT of `partner_id` and the stored figures of the catalogue,
        one row for each client with a row in a source that adds clients
    """
    return SQL(
        "WITH %s SELECT partner_id, %s FROM %s",
        _ctes(scope),
        SQL(", ").join(
            SQL("%s AS %s", _output(scope, figure), SQL.identifier(figure.name))
            for figure in scope.catalogue.figures.values()
        ),
        _joined(scope.catalogue),
    )


def documents_behind(scope, dimension):
    """The query of the documents behind a class.

    :param Scope scope: the company, the day, the policy, the clients
    :param Dimension dimension: the class
    :return: SQL of a SELECT of `source`, the name of a source of documents, and `id`
    """
    return SQL(
        "WITH %s SELECT source, id FROM (%s) behind",
        _ctes(scope),
        scope.render(dimension.documents),
    )


def _output(scope, figure):
    """:return: SQL of a figure over the join of all sources"""
    if figure.source is None:
        return scope.render(figure.sql)
    column = SQL.identifier(figure.name)
    return column if figure.empty is None else SQL("COALESCE(%s, 0)", column)


def _joined(catalogue):
    """:return: SQL of the join of all sources with figures, one row per client"""
    joined = SQL.identifier(by_client(BUSINESS))
    # Those that add no clients come last.
    for source in sorted(catalogue.sources, key=catalogue.adds_clients, reverse=True):
        if _figures_of(catalogue, source.name):
            joined = SQL(
                "%s %s JOIN %s USING (partner_id)",
                joined,
                SQL("FULL") if catalogue.adds_clients(source) else SQL("LEFT"),
                SQL.identifier(by_client(source.name)),
            )
    return joined


def _ctes(scope):
    """:return: SQL of the sources and of their sums per client, as parts of a WITH"""
    catalogue = scope.catalogue
    # The documents of all clients are read again from their index. That takes no longer
    # than to keep them, and they come in the order of the clients.
    how = "NOT MATERIALIZED" if scope.clients is None else "MATERIALIZED"
    parts = []
    for source in catalogue.before_business:
        if source.model:
            parts.append(_cte(source.name, _document_rows(scope, source), how))
        else:
            parts.append(_cte(source.name, source.sql(scope), "MATERIALIZED"))
    parts.append(_cte(BUSINESS, _business(catalogue), "NOT MATERIALIZED"))
    parts += _per_client(scope, BUSINESS)
    for source in catalogue.before_business:
        parts += _per_client(scope, source.name)
    for source in catalogue.after_business:
        parts.append(_cte(source.name, source.sql(scope)))
        parts += _per_client(scope, source.name)
    return SQL(", ").join(parts)


def _cte(name, query, how=""):
    return SQL("%s AS %s (%s)", SQL.identifier(name), SQL(how), query)


def _document_rows(scope, source):
    columns = (*BUSINESS_COLUMNS, *source.keeps)
    return SQL(
        "SELECT %s FROM (%s) document",
        SQL(", ").join(map(SQL.identifier, columns)),
        (source.within or source.sql)(scope),
    )


def _business(catalogue):
    """One row per document of any source."""
    return SQL(" UNION ALL ").join(
        SQL(
            "SELECT %s AS source, %s FROM %s",
            source.name,
            SQL(", ").join(map(SQL.identifier, BUSINESS_COLUMNS)),
            SQL.identifier(source.name),
        )
        for source in catalogue.document_sources
    )


def _per_client(scope, source):
    """:return: list with one part of a WITH: the figures of a source, one row per
    client; empty if the source has no figures
    """
    source_figures = _figures_of(scope.catalogue, source)
    if not source_figures:
        return []
    rows = SQL.identifier(source)
    if source == BUSINESS:
        # In the order of the index. What PostgreSQL does not merge into the outer
        # query, it computes once per row, and not once per figure.
        rows = SQL(
            "(SELECT * FROM %s ORDER BY partner_id %s) business", rows, NOT_MERGED
        )
    query = SQL(
        "SELECT partner_id, %s FROM %s GROUP BY partner_id",
        SQL(", ").join(
            SQL("%s AS %s", scope.render(figure.sql), SQL.identifier(figure.name))
            for figure in source_figures
        ),
        rows,
    )
    return [_cte(by_client(source), query)]


def _figures_of(catalogue, source):
    return [figure for figure in catalogue.aggregates if figure.source == source]
