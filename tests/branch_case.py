"""A company with branches, for the tests of several rooms."""

from odoo.fields import Command

from .metric.engine_case import EngineCase


class BranchCase(EngineCase):
    """`company` has the branch `lausanne`, which has the branch `kiosk`. The branches
    use its accounts and journals. `other_company` is its sister.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lausanne = cls.open_branch(cls.company, "Lausanne")
        cls.kiosk = cls.open_branch(cls.lausanne, "Kiosk")
        cls.client = cls.new_client()

    def drain(self):
        while self.Queue._drain():
            pass

    def seen_in(self, client, *companies):
        """:return: the client, as a user sees it who works in these companies, the
        first of which is the current one
        """
        ids = [company.id for company in companies]
        return client.with_context(allowed_company_ids=ids)

    def report(self, name, *companies):
        return self.seen_in(self.env[name], *companies)

    def member_of(self, login, groups, *companies):
        """:return: a user who works in these companies"""
        user = self.new_user(login, groups, companies=companies[0])
        user.company_ids = [Command.set([company.id for company in companies])]
        return user
