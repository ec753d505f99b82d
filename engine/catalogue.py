"""What the engine knows: sources, figures and dimensions, each declared once.

`client.metric` builds one `Catalogue` per registry from the declarations of all addons
in the database, and hands it to the engine within a `Scope`. Whatever lists figures or
classes reads them from there.

An SQL part of a declaration is an `SQL`, or a function of the `Scope` that returns one.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from .errors import CatalogueError

# The rows of all sources of documents, one after the other.
BUSINESS = "business"
# What each of these rows has: its id, the commercial partner, the day, the untaxed
# amount in the company's currency, and whether it is an order.
BUSINESS_COLUMNS = ("id", "partner_id", "date", "amount", "is_order")
# What it has as well, for the reports on documents.
REPORT_COLUMNS = ("company_id", "name", "kind", "user_id")
# A figure that changes every day, computed when somebody asks for it.
TODAY = "today"
NAME = re.compile("[a-z][a-z0-9_]*")


@dataclass(frozen=True)
class Source:
    """Rows about clients, of which figures are made.

    :param sql: SELECT of at least `partner_id`, a commercial partner
    :param model: name of the model, when each row is a document of it: then the SELECT
        has `BUSINESS_COLUMNS` and `REPORT_COLUMNS`, and its rows count in all figures
        of `BUSINESS`
    :param keeps: more columns of its own that other sources and figures read
    :param reads: sources that the SELECT names: these, `BUSINESS`, or
        `by_client(name)` of them. A client that only such a source has gets no figures
    """

    name: str
    sql: Callable
    model: str | None = None
    keeps: tuple = ()
    reads: tuple = ()


@dataclass(frozen=True)
class Figure:
    """A column of the metric table: one value per client and company.

    :param source: name of the source whose rows it aggregates, or `BUSINESS`; None when
        it is made of the other figures; `TODAY` when it is not stored: then `sql` is a
        function of the scope and of a function that gives the column of a stored figure
    :param sql: SQL expression
    :param empty: what a client without such rows has: 0 or None
    """

    name: str
    source: str | None
    sql: object
    empty: int | None = None


@dataclass(frozen=True)
class Limit:
    """A limit of a dimension: the field `client_<name>` of `res.company`.

    :param lowest: smallest value that makes sense
    :param highest: largest one
    :param slider: largest value of its slider in *What If*, if that is less
    :param when: name and value of another limit, without which this one does nothing
    :param changes_figures: whether figures depend on it, and not the classes alone
    """

    name: str
    lowest: float
    highest: float
    slider: float | None = None
    when: tuple | None = None
    changes_figures: bool = False


@dataclass(frozen=True)
class Dimension:
    """A class that every client has one value of, or none.

    Its columns in the metric table are `<name>_computed`, `<name>_decided` by people,
    and `<name>`, the one in effect.

    :param values: the keys, the best one first
    :param sql: SQL expression of the computed value, over the figures that it `reads`,
        the `helpers` and the `measures`
    :param documents: SELECT of `source` and `id` of the documents behind the class,
        over the sources
    :param explain: function of the client's `client.metric` and the scope, which
        returns a `Reason`
    :param limits: `Limit` of the policy
    :param helpers: pairs of a name and an SQL expression over the figures
    :param measures: pairs of a name and an SQL expression over the figures and helpers,
        with window functions over all clients of the company
    :param stored: names of the measures that the metric table keeps
    :param only_decided: values that no figure gives; people say why they decide them,
        in `<name>_reason`
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
    :param distance: what is missing to it: revenue in the company's currency, or days;
        None when it can't be told
    """

    computed: str | None
    facts: dict
    next_class: str | None = None
    distance: float | None = None


def by_client(source):
    """:return: name of the rows of a source added up, one row per client"""
    return f"{source}_by_client"


@dataclass(frozen=True)
class Catalogue:
    """All declarations, checked, and what follows from them.

    :raise CatalogueError: says what is wrong with a declaration
    """

    sources: tuple
    all_figures: tuple
    dimensions: tuple

    def __post_init__(self):
        names = [*self.source_names, BUSINESS]
        for figure in self.all_figures:
            if figure.source not in (None, TODAY, *names):
                raise CatalogueError(f"{figure.name}: no source {figure.source!r}")
        for source in self.sources:
            if not {*source.reads} <= {*names, *map(by_client, names)}:
                raise CatalogueError(f"{source.name}: unknown source in {source.reads}")
        for dimension in self.dimensions:
            if missing := {*dimension.reads} - {*self.figures}:
                raise CatalogueError(f"{dimension.name}: no figure {sorted(missing)}")
        for declared in (
            names,
            [
                *(figure.name for figure in self.all_figures),
                *self.computed,
                *self.decided,
                *self.effective,
            ],
            self.limits,
        ):
            for name in declared:
                if not NAME.fullmatch(name):
                    raise CatalogueError(f"{name!r} is not a name")
                if declared.count(name) > 1:
                    raise CatalogueError(f"{name!r} is declared twice")

    @cached_property
    def source_names(self):
        return tuple(source.name for source in self.sources)

    @cached_property
    def documents(self):
        """:return: tuple of the sources whose rows are documents"""
        return tuple(source for source in self.sources if source.model)

    @cached_property
    def figures(self):
        """:return: dict of the stored figures by name"""
        return {one.name: one for one in self.all_figures if one.source != TODAY}

    @cached_property
    def today(self):
        """:return: dict of the figures by name that are computed when asked for"""
        return {one.name: one for one in self.all_figures if one.source == TODAY}

    @cached_property
    def zeros(self):
        """:return: names of the figures that are 0 for a client without documents"""
        return tuple(one.name for one in self.figures.values() if one.empty == 0)

    @cached_property
    def computed(self):
        """:return: names of the columns that follow from the figures of all clients"""
        return (
            *(name for dimension in self.dimensions for name in dimension.stored),
            *(dimension.computed for dimension in self.dimensions),
        )

    @cached_property
    def effective(self):
        """:return: names of the dimensions: columns with the values in effect"""
        return tuple(dimension.name for dimension in self.dimensions)

    @cached_property
    def decided(self):
        """:return: names of the columns with what people decided"""
        return tuple(dimension.decided for dimension in self.dimensions)

    @cached_property
    def behind(self):
        """:return: names of the figures that decide about the classes"""
        names = (name for dimension in self.dimensions for name in dimension.reads)
        return tuple(dict.fromkeys(names))

    @cached_property
    def limits(self):
        """:return: names of the limits of all dimensions"""
        return [one.name for dimension in self.dimensions for one in dimension.limits]

    @cached_property
    def figure_limits(self):
        """:return: names of the limits on which figures depend"""
        return [
            one.name
            for dimension in self.dimensions
            for one in dimension.limits
            if one.changes_figures
        ]

    def dimension(self, name):
        """:return: `Dimension` of one of its columns, None for another name"""
        for dimension in self.dimensions:
            if name in (dimension.name, dimension.computed, dimension.decided):
                return dimension
        return None
