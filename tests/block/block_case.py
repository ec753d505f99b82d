"""Base class of the tests of blocks: a blocked client, and users."""

from odoo.tools import SQL

from ..common import InvoicingCase

REASON = "Three invoices unpaid"


class DoorsCase(InvoicingCase):
    """A blocked client, another client, and users who may not unblock."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.boss = cls.new_manager(name="Berta Boss")
        cls.user = cls.new_client_user()
        cls.accountant = cls.new_accountant()
        cls.held = cls.new_client("Weber Holzbau")
        cls.free = cls.new_client("Moser Metall")
        cls.held.write({"client_blocked": True, "client_blocked_reason": REASON})
        cls.on_hold = cls.env["client.status"].create(
            {"name": "On hold", "blocks_documents": True}
        )

    def gates(self):
        """:return: how often gates have been closed so far"""
        self.env.flush_all()
        query = SQL("SELECT SUM(version) FROM client_block_gate")
        return self.env.execute_query(query)[0][0]
