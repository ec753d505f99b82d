"""A block at a company holds for its branches."""

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from ..branch_case import BranchCase

REASON = "Three invoices unpaid"


@tagged("post_install", "-at_install")
class TestBlockBranches(BranchCase):
    def block(self, company, client=None):
        own = self.seen_in(client or self.client, company)
        own.write({"client_blocked": True, "client_blocked_reason": REASON})

    def set_blocking_status(self, company):
        status = self.env["client.status"].create(
            {"name": "Bad debt", "blocks_documents": True}
        )
        self.seen_in(self.client, company).client_status_id = status
        return status

    def is_blocked(self, company):
        own = self.seen_in(self.client, company)
        found = own.search(
            [("client_gets_no_documents", "=", True), ("id", "=", self.client.id)]
        )
        free = own.search(
            [("client_gets_no_documents", "=", False), ("id", "=", self.client.id)]
        )
        self.assertEqual(found | free, self.client)
        self.assertNotEqual(found, free)
        self.assertEqual(bool(found), own.client_gets_no_documents)
        return own.client_gets_no_documents

    def blocked_in(self):
        companies = self.company, self.lausanne, self.kiosk, self.other_company
        return [company.name for company in companies if self.is_blocked(company)]

    def test_a_block_holds_for_all_branches_and_for_no_sister(self):
        draft = self.draft(self.client, company=self.kiosk)
        self.block(self.company)
        self.assertEqual(self.blocked_in(), ["Bureau Lavaux", "Lausanne", "Kiosk"])
        with self.assertRefused(UserError, "blocked in Bureau Lavaux.*Three invoices"):
            draft.action_post()
        self.invoice(self.client, company=self.other_company)

    def test_a_block_in_a_branch_leaves_the_company_alone(self):
        self.block(self.lausanne)
        self.assertEqual(self.blocked_in(), ["Lausanne", "Kiosk"])
        self.assertEqual(self.invoice(self.client).state, "posted")
        draft = self.draft(self.client, company=self.kiosk)
        with self.assertRefused(UserError, "blocked in Lausanne"):
            draft.action_post()

    def test_a_status_that_blocks_holds_for_all_branches(self):
        draft = self.draft(self.client, company=self.kiosk)
        self.set_blocking_status(self.company)
        self.assertEqual(self.blocked_in(), ["Bureau Lavaux", "Lausanne", "Kiosk"])
        with self.assertRefused(UserError, "“Bad debt” in Bureau Lavaux"):
            draft.action_post()

    def test_unblocked_at_the_company_it_is_unblocked_in_the_branches(self):
        self.block(self.company)
        self.is_blocked(self.kiosk)
        self.client.action_unblock_client()
        self.assertEqual(self.blocked_in(), [])
        self.assertEqual(self.invoice(self.client, company=self.kiosk).state, "posted")

    def test_a_block_of_its_own_stays_when_the_company_unblocks(self):
        self.block(self.company)
        self.block(self.kiosk)
        self.client.action_unblock_client()
        self.assertEqual(self.blocked_in(), ["Kiosk"])
        self.assertIn(
            "is blocked: Three",
            self.seen_in(self.client, self.kiosk).client_blocked_message,
        )

    def test_a_block_of_its_own_closes_the_gate_also_below_a_blocked_company(self):
        """The company may be unblocked at the same moment."""
        self.block(self.company)
        self.env.flush_all()
        gate = self.env["client.block.gate"].browse(self.client.id % 16384 + 1)
        before = gate.version
        self.block(self.kiosk)
        gate.invalidate_recordset()
        self.assertEqual(gate.version, before + 1)

    def test_nobody_makes_a_draft_in_a_branch_either(self):
        self.block(self.company)
        user = self.member_of("cashier", "account.group_account_invoice", self.kiosk)
        moves = self.as_user(self.env["account.move"], user)
        with self.assertRefused(ValidationError, "blocked in Bureau Lavaux") as refused:
            moves.create({"move_type": "out_invoice", "partner_id": self.client.id})
        self.assertNotIn(REASON, str(refused.exception))

    def test_the_form_and_the_draft_in_the_branch_say_who_blocks(self):
        draft = self.draft(self.client, company=self.kiosk)
        self.block(self.company)
        text = "blocked in Bureau Lavaux and its branches: Three invoices unpaid"
        own = self.seen_in(self.client, self.kiosk)
        self.assertIn(text, own.client_blocked_message)
        draft.invalidate_recordset()
        self.assertIn(text, draft.client_blocked_message)

    def test_the_message_names_those_who_may_unblock_at_the_company(self):
        groups = "base.group_user,client_segmentation.group_client_unblock"
        self.member_of("above", groups, self.company).name = "Claire"
        self.member_of("below", groups, self.kiosk).name = "Denis"
        self.block(self.company)
        message = self.seen_in(self.client, self.kiosk).client_blocked_message
        self.assertIn("Claire", message)
        self.assertNotIn("Denis", message)

    def test_who_may_not_read_the_client_does_not_read_the_reason(self):
        hidden = self.new_client("Hidden", company_id=self.other_company.id)
        hidden = self.seen_in(hidden, self.company)
        hidden.write({"client_blocked": True, "client_blocked_reason": REASON})
        user = self.member_of("cashier", "account.group_account_invoice", self.kiosk)
        draft = (
            self.env["account.move"]
            .with_company(self.kiosk)
            .new({"move_type": "out_invoice", "partner_id": hidden.id})
        )
        message = self.as_user(draft, user).client_blocked_message
        self.assertNotIn(REASON, message or "")

    def test_in_the_branch_nobody_takes_the_block_of_the_company_away(self):
        self.block(self.company)
        groups = "base.group_partner_manager,client_segmentation.group_client_unblock"
        user = self.member_of("below", groups, self.kiosk)
        self.as_user(self.client, user).action_unblock_client()
        self.assertEqual(self.blocked_in(), ["Bureau Lavaux", "Lausanne", "Kiosk"])

    def test_one_query_knows_the_blocks_of_all_companies_above(self):
        self.invoice(self.client, company=self.kiosk)
        gates = self.env["client.block.gate"]
        for company in (self.company, self.kiosk):
            gates._blocked(self.client, company)
            with self.assertQueryCount(1):
                gates._blocked(self.client, company)
