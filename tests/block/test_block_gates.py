from odoo.exceptions import UserError
from odoo.tests import tagged

from ...engine.errors import RowsMissing
from ...engine.partner.gate import close_gates
from .block_case import DoorsCase

WORDS = "Rows of the table “{}” are missing: ask an administrator"


@tagged("post_install", "-at_install")
class TestBlockGates(DoorsCase):
    """If lock rows are missing, nothing is posted, and the error says what to do."""

    def setUp(self):
        super().setUp()
        self.env["client.block.gate"].search([]).unlink()

    def test_the_engine_says_it_without_words_for_people(self):
        with self.assertRaises(RowsMissing) as raised:
            close_gates(self.env, [1])
        self.assertNotIsInstance(raised.exception, UserError)
        self.assertEqual(raised.exception.model, "client.block.gate")

    def test_nobody_posts_or_blocks(self):
        client = self.free
        words = WORDS.format("client.block.gate")
        with self.assertRefused(UserError, words):
            self.draft(client).action_post()
        with self.assertRefused(UserError, words):
            client.write({"client_blocked": True, "client_blocked_reason": "Unpaid"})
        with self.assertRefused(UserError, words):
            self.env["client.status"].create({"name": "Waiting"}).blocks_documents = 1
        operations = self.env["client.bulk.operation"]
        with self.assertRefused(UserError, words):
            operations._start("block", {"reason": "Unpaid"}, client.ids, "Unpaid")

    def test_nobody_refreshes_figures(self):
        self.env["client.metric.turn"].search([]).unlink()
        with self.assertRefused(UserError, WORDS.format("client.metric.turn")):
            self.env["client.metric"]._refresh(self.company)
