from odoo import fields
from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged

from ..common import InvoicingCase


@tagged("post_install", "-at_install")
class TestBlockDocuments(InvoicingCase):
    """A blocked client gets no invoice, credit note or receipt."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.boss = cls.new_manager(name="Berta Boss")
        cls.accountant = cls.new_accountant()
        cls.client = cls.new_client()
        cls.other = cls.new_client("Moser Metall")

    def block(self, client=None):
        (client or self.client).write(
            {"client_blocked": True, "client_blocked_reason": "Three invoices unpaid"}
        )

    def test_none_is_posted(self):
        for move_type in ("out_invoice", "out_refund", "out_receipt"):
            with self.subTest(move_type):
                move = self.draft(self.client, move_type)
                self.block()
                with self.assertRefused(
                    UserError, "Weber Holzbau.*Three invoices unpaid.*ask.*Berta Boss"
                ):
                    self.as_user(move, self.accountant).action_post()
                self.client.client_blocked = False
                move.action_post()

    def test_nor_of_its_contacts(self):
        move = self.draft(self.new_contact(self.client))
        self.block()
        with self.assertRefused(UserError, "Weber Holzbau"):
            move.action_post()

    def test_nor_by_a_state_that_is_written(self):
        move = self.draft(self.client)
        self.block()
        with self.assertRefused(UserError, "Three invoices unpaid"):
            self.as_user(move, self.accountant).write({"state": "posted"})

    def test_nor_by_a_state_that_is_written_with_the_type(self):
        journal = self.draft(self.other).journal_id.id
        entry = self.draft(
            self.client, "entry", invoice_line_ids=False, journal_id=journal
        )
        self.block()
        with self.assertRefused(UserError, "Three invoices unpaid"):
            self.as_user(entry, self.accountant).write(
                {"move_type": "out_invoice", "state": "posted"}
            )

    def test_what_odoo_posts_for_a_customer_waits_and_says_why_once(self):
        """After a payment online, with the customer at the screen."""
        customer = self.new_portal_user()
        waiting, good = self.draft(self.client), self.draft(self.other)
        self.block()
        for moves in (waiting + good, waiting):
            moves.with_user(customer).sudo().action_post()
        self.assertEqual(good.state, "posted")
        self.assertEqual(waiting.state, "draft")
        notes = waiting.message_ids.filtered(lambda note: "unpaid" in note.body)
        self.assertEqual(len(notes), 1)
        self.assertTrue(notes.subtype_id.internal, "the customer does not see it")

    def test_a_customer_does_not_read_why(self):
        draft = self.draft(self.client)
        self.block()
        own = draft.with_user(self.new_portal_user()).sudo()
        with self.assertRefused(UserError, "^This document cannot be confirmed"):
            own.write({"state": "posted"})

    def test_nor_while_the_status_blocks(self):
        move = self.draft(self.client)
        self.client.client_status_id = self.env["client.status"].create(
            {"name": "On hold", "blocks_documents": True}
        )
        with self.assertRefused(UserError, "status “On hold”"):
            move.action_post()

    def test_a_status_blocks_from_the_moment_that_it_is_told_to(self):
        move = self.draft(self.client)
        self.client.client_status_id = self.inactive
        self.inactive.blocks_documents = True
        with self.assertRefused(UserError, "status “Inactive”"):
            move.action_post()

    def test_the_batch_with_one_of_them_is_refused_and_says_which(self):
        moves = self.draft(self.other) + self.draft(self.client)
        self.block()
        with self.assertRefused(UserError, "Weber Holzbau"):
            moves.action_post()

    def test_each_company_for_itself(self):
        self.block()
        self.invoice(self.client, company=self.other_company)

    def test_bills_and_payments_go_on(self):
        invoice = self.invoice(self.client)
        self.block()
        self.invoice(self.client, "in_invoice")
        bank = self.env["account.journal"].create(
            {"name": "Bank", "code": "BNK", "type": "bank"}
        )
        bank.inbound_payment_method_line_ids.payment_account_id = self.env[
            "account.account"
        ].create({"name": "Under way", "code": "100500", "account_type": "asset_cash"})
        wizards = self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoice.ids
        )
        wizards.create({"journal_id": bank.id}).action_create_payments()
        self.assertIn(invoice.payment_state, ("paid", "in_payment"))

    def test_a_person_does_not_begin_one(self):
        self.block()
        moves = self.as_user(self.env["account.move"], self.accountant)
        for move_type in ("out_invoice", "out_refund", "out_receipt"):
            with self.assertRefused(ValidationError, "Three invoices unpaid.*Berta"):
                moves.create({"move_type": move_type, "partner_id": self.client.id})
        draft = moves.create({"move_type": "out_invoice", "partner_id": self.other.id})
        with self.assertRefused(ValidationError, "Three invoices unpaid"):
            draft.partner_id = self.client
        moves.create({"move_type": "in_invoice", "partner_id": self.client.id})

    def test_a_posted_one_can_be_corrected_and_cancelled(self):
        """It was there before the block; posted again it is not."""
        invoice, other = self.invoice(self.client), self.invoice(self.client)
        self.block()
        own = self.as_user(invoice, self.accountant)
        own.button_draft()
        own.ref = "Corrected"
        with self.assertRefused(UserError, "Three invoices unpaid"):
            own.action_post()
        own.button_cancel()
        self.assertEqual(invoice.state, "cancel")
        self.as_user(other, self.accountant).button_cancel()
        self.assertEqual(other.state, "cancel")

    def test_nor_a_credit_note_by_reversing_an_invoice(self):
        invoice = self.invoice(self.client)
        self.block()
        wizards = self.as_user(self.env["account.move.reversal"], self.accountant)
        wizard = wizards.with_context(
            active_model="account.move", active_ids=invoice.ids
        ).create({"journal_id": invoice.journal_id.id})
        with self.assertRefused(ValidationError, "Three invoices unpaid"):
            wizard.reverse_moves()

    def test_the_form_warns_as_soon_as_the_client_is_chosen(self):
        self.block()
        moves = self.as_user(self.env["account.move"], self.accountant)
        move = moves.new({"move_type": "out_invoice", "partner_id": self.client.id})
        warning = move._onchange_client_blocked()["warning"]
        self.assertIn("Three invoices unpaid", warning["message"])
        bill = moves.new({"move_type": "in_invoice", "partner_id": self.client.id})
        self.assertFalse(bill._onchange_client_blocked())

    def test_a_draft_of_before_can_be_edited_and_says_that_it_waits(self):
        draft = self.draft(self.client)
        self.block()
        with Form(self.as_user(draft, self.accountant)) as form:
            self.assertIn("Three invoices unpaid", form.client_blocked_message)
            form.ref = "Waits"
        self.assertEqual(draft.ref, "Waits")

    def test_the_nightly_posting_skips_them_and_says_so(self):
        """The others are posted, and the draft that waits says why."""
        later = fields.Date.today()
        waiting = self.draft(self.client, auto_post="at_date", date=later)
        good = self.draft(self.other, auto_post="at_date", date=later)
        self.block()

        with self.enter_registry_test_mode():
            cron = self.env.ref("account.ir_cron_auto_post_draft_entry")
            for _night in range(2):
                cron.method_direct_trigger()
        self.env.invalidate_all()

        self.assertEqual(good.state, "posted")
        self.assertEqual(waiting.state, "draft")
        notes = waiting.message_ids.filtered(lambda note: "unpaid" in note.body)
        self.assertEqual(len(notes), 1)
        self.assertIn("Three invoices unpaid", notes.body)

    def test_without_gates_none_is_posted(self):
        """As if nobody had to wait for anybody."""
        move = self.draft(self.client)
        self.env["client.block.gate"].search([]).unlink()
        with self.assertRefused(UserError, "client.block.gate.*upgrade the app"):
            move.action_post()
        with self.assertRefused(UserError, "client.block.gate.*upgrade the app"):
            self.block()

    def test_to_know_it_takes_one_query(self):
        """Whatever the number of documents."""
        self.env["res.company"]._client_tree()  # the server caches it
        for count in (2, 20):
            moves = self.env["account.move"].browse()
            for number in range(count):
                moves += self.draft(self.new_client(f"Client {number}"))
            moves.mapped("commercial_partner_id.client_blocked")
            self.env.flush_all()
            with self.assertQueryCount(1):
                moves._client_check_now()
