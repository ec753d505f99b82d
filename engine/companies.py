"""The companies of the database: their branches, and their own partners.

A company counts its branches: all documents of a company and of all companies below it
are its documents. Archived branches count as well, as in Odoo's own receivables. The
partner of a company is no client, unless the company whose figures it would be in says
so in its settings.
"""

from odoo.tools import SQL


class CompanyTree:
    """Which company is below which other one, and the partners of all companies.

    :param rows: tuples of the id, the `parent_path` and the partner id of each company
    """

    def __init__(self, rows):
        self._above, self._below = {}, {}
        partners = set()
        for company, path, partner in rows:
            above = tuple(map(int, filter(None, (path or "").split("/"))))
            # From the company itself up to the highest one.
            self._above[company] = above[::-1] or (company,)
            partners.add(partner)
        for company, above in sorted(self._above.items()):
            for higher in above:
                self._below.setdefault(higher, []).append(company)
        self.partners = tuple(sorted(partners))

    @property
    def companies(self):
        """:return: ids of all companies"""
        return tuple(self._above)

    def above(self, company):
        """:return: tuple of ids: the company itself first, then each company above"""
        return self._above.get(company, (company,))

    def below(self, companies):
        """:return: tuple of the sorted ids of these companies and of all companies
        below them
        """
        return tuple(
            sorted({low for company in companies for low in self._down(company)})
        )

    def relatives(self, companies):
        """:return: tuple of the sorted ids of all companies of the trees of these
        companies: a company and its branches share accounts, and pay for each other
        """
        return self.below({self.above(company)[-1] for company in companies})

    def _down(self, company):
        return self._below.get(company, (company,))

    def pairs(self):
        """:return: generator of pairs of ids: each company, with itself and with each
        company above it
        """
        for company, above in self._above.items():
            for higher in above:
                yield company, higher

    def seen_from(self, companies):
        """The company whose view of a document counts, if several are selected.

        The documents of a branch are also documents of the companies above it. The
        first selected company counts if it is one of these, else the highest one that
        is selected. So each document counts once.

        :param companies: ids of the selected companies, the current one first
        :return: dict of ids of selected companies, by id of the company of a document
        """
        current, selected = companies[0], set(companies)
        seen = {}
        for company in self.below(companies):
            views = [higher for higher in self.above(company) if higher in selected]
            seen[company] = current if current in views else views[-1]
        return seen


def read_companies(env):
    """:return: `CompanyTree` of the database, as this transaction sees it"""
    env["res.company"].flush_model(["parent_path", "partner_id"])
    rows = env.execute_query(SQL("SELECT id, parent_path, partner_id FROM res_company"))
    return CompanyTree(rows)
