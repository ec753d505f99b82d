"""Base class of the tests of the analysis pages."""

from contextlib import contextmanager

from ..metric.engine_case import EngineCase


class AnalysisCase(EngineCase):
    """Five clients with classes that can be checked by hand."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.accountant = cls.new_accountant()
        cls.manager = cls.new_manager()

    def setUp(self):
        super().setUp()
        # 50, 30, 10, 6 and 4 % of the revenue.
        self.clients = self.Partner
        for revenue, ago in ((500, 5), (300, 40), (100, 100), (60, 5), (40, 5)):
            client = self.new_client(f"Client {revenue}")
            self.bill(client, revenue, ago=ago)
            self.clients |= client
        self.big, self.second, self.third, self.fourth, self.tiny = self.clients
        self.Metric._refresh(self.company)

    @contextmanager
    def read_only(self):
        """A connection that refuses to write, like a connection to a replica."""
        self.env.flush_all()
        savepoint = self.env.cr.savepoint(flush=False)
        try:
            self.env.cr.execute("SET LOCAL transaction_read_only = on")
            yield
        finally:
            savepoint.close(rollback=True)

    def found(self, cell, user=None):
        """:return: the clients that the list behind a number shows"""
        user = user or self.accountant
        action = self.as_user(self.env["client.analysis"], user).open_clients(cell)
        partners = self.as_user(self.Partner, user).with_context(**action["context"])
        return partners.search(action["domain"])

    def classes(self, result, name):
        """:return: the values of a class in an answer, by value"""
        [found] = [line for line in result["classes"] if line["name"] == name]
        return {line["value"]: line for line in found["values"]}
