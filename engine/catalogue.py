"""The catalogue of sources, figures and dimensions. Each of them is declared once.

`client.metric` builds one `Catalogue` per registry from the declarations of all addons
in the database. It passes the catalogue to the engine as a part of the `Scope`. All
code that needs a list of figures or classes reads it from there.

The SQL of a figure or a dimension is an `SQL` object, or a function that gets the
`Scope` and returns an `SQL` object.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from .errors import CatalogueError

# The rows of all sources of documents, one after the other.
BUSINESS = "business"
# The columns of these rows: id, commercial partner, date, untaxed amount in the
# company's currency, whether the document is an order, and the untaxed amount of the
# whole order: `amount` plus what is deducted because it was billed before.
BUSINESS_COLUMNS = ("id", "partner_id", "date", "amount", "is_order", "basket")
# More columns of these rows, for the reports on documents.
REPORT_COLUMNS = ("company_id", "name", "kind", "user_id")
# The source of figures that change every day. They are computed when they are read.
TODAY = "today"
NAME = re.compile("[a-z][a-z0-9_]*")


@dataclass(frozen=True)
class Source:
    """Rows about clients. Figures aggregate them.

    :param sql: function of the `Scope` that returns a SELECT of at least `partner_id`,
        a commercial partner
    :param model: name of the model, if each row is a document of this model. Then the
        SELECT has `BUSINESS_COLUMNS` and `REPORT_COLUMNS`, and all figures of
        `BUSINESS` include its rows
    :param keeps: additional columns of a source with a model, which other sources and
        figures read
    :param reads: the sources in the SELECT: their names, `BUSINESS`, or
        `by_client(name)` if a figure aggregates that source. They come before this one
        in the catalogue. Such a source adds no client, unless it only reads helpers: a
        client needs rows of another source to get figures
    :param within: for a source with a model, a function like `sql` that may read
        helpers. The figures use it, and the reports `sql`
    :param is_helper: whether the rows are not about clients, but for other sources
    """

    name: str
    sql: Callable
    model: str | None = None
    keeps: tuple = ()
    reads: tuple = ()
    within: Callable | None = None
    is_helper: bool = False


@dataclass(frozen=True)
class Figure:
    """One value per client and company: a column of the metric table, unless its source
    is `TODAY`.

    :param source: name of the source whose rows the figure aggregates, or `BUSINESS`.
        None if the figure is computed from other figures. `TODAY` if the figure is not
        stored: then `sql` is a function of two arguments, the scope and a function that
        returns the SQL of a stored figure's column
    :param sql: SQL expression
    :param empty: the value for a client without such rows: 0 or None
    :param stored: False for a value that only other figures read: it has no column
    """

    name: str
    source: str | None
    sql: object
    empty: int | None = None
    stored: bool = True


@dataclass(frozen=True)
class Limit:
    """A limit of a dimension: the field `client_<name>` of `res.company`.

    :param lowest: smallest valid value
    :param highest: largest valid value
    :param slider: largest value of its slider in *What If*, if it is less than
        `highest`
    :param when: name and value of another limit. This limit only has an effect while
        the other limit has this value
    :param changes_figures: whether figures depend on the limit too, not only classes
    """

    name: str
    lowest: float
    highest: float
    slider: float | None = None
    when: tuple | None = None
    changes_figures: bool = False


@dataclass(frozen=True)
class Dimension:
    """A classification: each client has one of its values, or none.

    Its columns in the metric table are `<name>_computed`, `<name>_decided` (what people
    decided) and `<name>` (the value in effect).

    :param values: the keys, the best value first
    :param sql: SQL expression of the computed value, over the figures that it `reads`,
        the `helpers` and the `measures`
    :param documents: SELECT of `source` and `id` of the documents behind the class,
        over the sources
    :param explain: function of the client's `client.metric` and the scope, which
        returns a `Reason`
    :param limits: the `Limit` objects that the class depends on
    :param helpers: pairs of a name and an SQL expression over the figures
    :param measures: pairs of a name and an SQL expression over the figures and helpers,
        with window functions over all clients of the company
    :param ranked_by: name of a helper, a number, if clients with the same value of it
        have the same measures. Then the measures are over one row per value: the
        helper, `clients`, their number, and `total`, the sum of their values. Clients
        without a value have no measures
    :param stored: names of the measures that the metric table keeps
    :param only_decided: values that are never computed, only decided by people, who
        give their reason in `<name>_reason`
    """

    name: str
    values: tuple
    sql: object
    reads: tuple
    documents: object
    explain: Callable
    limits: tuple = ()
    helpers: tuple = ()
    measures: tuple = ()
    ranked_by: str | None = None
    stored: tuple = ()
    only_decided: tuple = ()

    @property
    def computed(self):
        return f"{self.name}_computed"

    @property
    def decided(self):
        return f"{self.name}_decided"

    @property
    def field(self):
        """:return: name of the field of `res.partner` with the value in effect"""
        return f"client_{self.name}"


@dataclass(frozen=True)
class Reason:
    """Why a client has its computed class.

    :param computed: the class, or None
    :param facts: the figures that decide, by name
    :param next_class: the next better class, or None
    :param distance: how far the client is from it: revenue in the company's currency,
        or days; None if it is unknown
    """

    computed: str | None
    facts: dict
    next_class: str | None = None
    distance: float | None = None


def by_client(source):
    """:return: name of the query that adds up the rows of a source per client"""
    return f"{source}_by_client"


@dataclass(frozen=True)
class Catalogue:
    """All declarations, after a check, and the lists that are derived from them.

    :raise CatalogueError: tells which declaration is wrong, and why
    """

    sources: tuple
    declared_figures: tuple
    dimensions: tuple

    def __post_init__(self):
        names = [*self.source_names, BUSINESS]
        for figure in self.declared_figures:
            if figure.source not in (None, TODAY, *names):
                raise CatalogueError(f"{figure.name}: no source {figure.source!r}")
        self._check_sources()
        for dimension in self.dimensions:
            for wrong, what in (
                ({*dimension.reads} - {*self.figures}, "no figure"),
                ({*dimension.stored} - {*dict(dimension.measures)}, "no measure"),
                ({dimension.ranked_by} - {None, *dict(dimension.helpers)}, "no helper"),
                ({*dimension.only_decided} - {*dimension.values}, "no value"),
            ):
                if wrong:
                    raise CatalogueError(f"{dimension.name}: {what} {sorted(wrong)}")
        for declared in (
            names,
            [
                *(figure.name for figure in self.declared_figures),
                *self.computed,
                *self.decided,
                *self.effective,
            ],
            self.limit_names,
        ):
            for name in declared:
                if not NAME.fullmatch(name):
                    raise CatalogueError(f"{name!r} is not a name")
                if declared.count(name) > 1:
                    raise CatalogueError(f"{name!r} is declared twice")

    def _check_sources(self):
        """Raise when a source reads another one that does not come before it."""
        aggregated = {figure.source for figure in self.declared_figures}
        earlier = []
        for source in self.before_business:
            self._check_reads(source, set(earlier))
            earlier.append(source.name)
        earlier.append(BUSINESS)
        for source in self.after_business:
            known = {*earlier, *map(by_client, aggregated.intersection(earlier))}
            self._check_reads(source, known)
            earlier.append(source.name)

    def _check_reads(self, source, known):
        if unknown := {*source.reads} - known:
            raise CatalogueError(
                f"{source.name} reads {sorted(unknown)}: no such source before it"
            )

    @cached_property
    def source_names(self):
        return tuple(source.name for source in self.sources)

    @cached_property
    def document_sources(self):
        """:return: tuple of the sources whose rows are documents"""
        return tuple(source for source in self.sources if source.model)

    @cached_property
    def before_business(self):
        """:return: tuple of the sources of documents, and of those that they read"""
        needed = {source.name for source in self.document_sources}
        for source in reversed(self.sources):  # a source reads earlier ones
            if source.name in needed:
                needed.update(source.reads)
        return tuple(source for source in self.sources if source.name in needed)

    def adds_clients(self, source):
        """:return: whether clients get figures because of the rows of a `Source`"""
        helpers = {source.name for source in self.sources if source.is_helper}
        return not source.is_helper and helpers.issuperset(source.reads)

    @cached_property
    def after_business(self):
        """:return: tuple of the other sources, which may read `BUSINESS`"""
        return tuple(src for src in self.sources if src not in self.before_business)

    @cached_property
    def aggregates(self):
        """:return: list of the figures that are computed with the table, also those
        that only other figures read
        """
        return [figure for figure in self.declared_figures if figure.source != TODAY]

    @cached_property
    def figures(self):
        """:return: dict of the stored figures by name"""
        return {figure.name: figure for figure in self.aggregates if figure.stored}

    @cached_property
    def unstored_figures(self):
        """:return: dict by name of the figures that are computed when they are read"""
        return {fig.name: fig for fig in self.declared_figures if fig.source == TODAY}

    @cached_property
    def zero_figures(self):
        """:return: names of the figures that are 0 for a client without documents"""
        return tuple(fig.name for fig in self.figures.values() if fig.empty == 0)

    @cached_property
    def computed(self):
        """:return: names of the columns computed from the figures of all clients"""
        return (
            *(name for dimension in self.dimensions for name in dimension.stored),
            *(dimension.computed for dimension in self.dimensions),
        )

    @cached_property
    def effective(self):
        """:return: names of the dimensions, the columns with the values in effect"""
        return tuple(dimension.name for dimension in self.dimensions)

    @cached_property
    def decided(self):
        """:return: names of the columns with the values that people decided"""
        return tuple(dimension.decided for dimension in self.dimensions)

    @cached_property
    def class_figures(self):
        """:return: names of the figures that the classes depend on"""
        names = (name for dimension in self.dimensions for name in dimension.reads)
        return tuple(dict.fromkeys(names))

    @cached_property
    def limit_names(self):
        """:return: names of the limits of all dimensions"""
        return [
            limit.name for dimension in self.dimensions for limit in dimension.limits
        ]

    @cached_property
    def figure_limits(self):
        """:return: names of the limits that figures depend on"""
        return [
            limit.name
            for dimension in self.dimensions
            for limit in dimension.limits
            if limit.changes_figures
        ]

    def dimension(self, name):
        """:return: `Dimension` of one of its columns, None for another name"""
        for dimension in self.dimensions:
            if name in (dimension.name, dimension.computed, dimension.decided):
                return dimension
        return None
