"""The scope of a query: the company, the clients, the as-of date and the limits."""

from dataclasses import dataclass, replace
from functools import cached_property

from dateutil.relativedelta import relativedelta

from odoo.tools import SQL

from .catalogue import Catalogue
from .figures.accounts import accounts_of


class Policy:
    """The limits of one company. They determine the class that follows from figures.

    Each limit is an attribute, by its name in the catalogue. Two policies with the same
    limits are equal.

    :param dict limits: values by name
    """

    def __init__(self, limits):
        self._limits = dict(limits)

    @classmethod
    def of(cls, company, catalogue):
        """:return: the policy in the settings of a `res.company`"""
        return cls({name: company[f"client_{name}"] for name in catalogue.limit_names})

    def __getattr__(self, name):
        try:
            return self.__dict__["_limits"][name]
        except KeyError:
            raise AttributeError(name) from None

    def __eq__(self, other):
        return isinstance(other, Policy) and self._limits == other._limits

    def __hash__(self):
        return hash(frozenset(self._limits.items()))

    def changes_from(self, other):
        """:return: dict of the limits that differ from those of another policy"""
        return {
            name: value
            for name, value in self._limits.items()
            if value != getattr(other, name)
        }


@dataclass(frozen=True)
class Scope:
    """The documents that a query reads, and the policy that it applies.

    :param Catalogue catalogue: the sources, figures and dimensions
    :param company: `res.company`, which counts its branches; reports may have several,
        the current one first
    :param as_of: the query ignores everything after this date; None for no such date
    :param Policy policy: the limits
    :param clients: ids of commercial partners, or None for all; `SQL` for the client of
        a query around this one
    """

    catalogue: Catalogue
    company: object
    as_of: object = None
    policy: Policy | None = None
    clients: object = None

    def for_clients(self, clients):
        """:return: the same scope for some clients (ids), or all if None"""
        return replace(self, clients=clients)

    def render(self, part):
        """:return: the SQL of a declaration, see `engine.catalogue`"""
        return part if isinstance(part, SQL) else part(self)

    @cached_property
    def decimals(self):
        """:return: decimal places of the company's currency"""
        return self.company.currency_id.decimal_places

    @cached_property
    def relatives(self):
        """:return: tuple of ids, see `CompanyTree.relatives`"""
        return company_tree(self.company).relatives(self.company.ids)

    @cached_property
    def accounts(self):
        """:return: `Accounts` of these companies and their relatives, read once"""
        return accounts_of(self.company.env, self.relatives)

    @cached_property
    def before_window(self):
        """:return: the day before the window that ends on the as-of day"""
        return self.as_of - self._window_length

    @cached_property
    def window_year_before(self):
        """:return: the same window a year before; for a window of more than a year, the
        window before, so that the two never overlap. A pair: the day before its first
        day, and its last day
        """
        last = min(self.year_before, self.before_window)
        return last - self._window_length, last

    @cached_property
    def year_before(self):
        """:return: the same day a year before"""
        return self.as_of - relativedelta(years=1)

    @property
    def _window_length(self):
        return relativedelta(months=self.policy.window_months)

    def in_company(self, column):
        """:return: SQL of the condition that a column is one of the companies, or a
        company below
        """
        return in_company(column, self.company)

    def is_client(self, client, company=None):
        """Whether a commercial partner is a client: it is no company of this database,
        or its documents count in spite of that, see `engine.companies`.

        :param SQL client: the commercial partner of a document
        :param SQL company: the company of the document, if the scope has several
        :return: SQL of a condition
        """
        tree = company_tree(self.company)
        is_outside = SQL("%s != ALL(%s)", client, list(tree.partners))
        if self.policy:
            return SQL("TRUE") if self.policy.own_companies else is_outside
        seen = tree.seen_from(self.company.ids)
        counting = self.company.sudo().filtered("client_own_companies").ids
        counting = tuple(low for low, view in seen.items() if view in counting)
        if not counting:
            return is_outside
        return SQL("(%s OR %s IN %s)", is_outside, company, counting)

    def of_clients(self, client, company=None):
        """:return: SQL of the condition that the commercial partner of a document is
        one of the clients, see `is_client` for the parameters
        """
        clients = of_clients(client, self.clients)
        return SQL("%s AND %s", clients, self.is_client(client, company))

    def until(self, column):
        """:return: SQL of the condition that a date is not after the as-of day"""
        if self.as_of is None:
            return SQL("TRUE")
        return SQL("%s <= %s", column, self.as_of)


def company_tree(company):
    """:return: `engine.companies.CompanyTree` of the database of a `res.company`"""
    return company.env["res.company"]._client_tree()


def in_company(column, company):
    """:return: SQL of the condition that a column is a company or one below it"""
    return SQL("%s IN %s", column, company_tree(company).below(company.ids))


def of_clients(column, clients):
    """:return: SQL of the condition that a column is one of `clients`, see `Scope`;
    always true if they are None
    """
    if isinstance(clients, SQL):
        return SQL("%s = %s", column, clients)
    return (
        SQL("TRUE") if clients is None else SQL("%s = ANY(%s)", column, list(clients))
    )
