from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .block_case import REASON, DoorsCase


@tagged("post_install", "-at_install")
class TestRefusals(DoorsCase):
    """Only users who may read the client see the reason of a refusal."""

    def assertSilent(self, record, values, *methods):
        """What fails for a user names neither the client nor the block."""
        for method in methods or ("write", "web_save"):
            arguments = (values, {}) if method == "web_save" else (values,)
            try:
                getattr(record, method)(*arguments)
            except UserError as error:
                for secret in ("Weber", REASON, "Berta", "OdooBot", "blocked"):
                    self.assertNotIn(secret, str(error))
            else:
                self.fail(f"{record} {method} {values}")

    def test_who_may_not_write_the_client_learns_nothing(self):
        people = (self.new_portal_user(), self.new_employee(), self.accountant)
        for person in people:
            own = self.as_user(self.held, person)
            with self.subTest(person.name):
                self.assertSilent(own, {"client_blocked": False})
                self.assertSilent(own, {"client_status_id": self.active.id})
                self.assertSilent(own, {"commercial_partner_id": self.free.id})
                self.assertSilent(own, {"parent_id": self.free.id})

    def test_nor_who_works_for_another_company(self):
        self.held.company_id = self.company
        elsewhere = self.new_user(
            "elsewhere", "base.group_partner_manager", self.other_company
        )
        self.assertSilent(self.as_user(self.held, elsewhere), {"client_blocked": False})

    def test_nor_who_may_not_write_the_document(self):
        draft = self.draft(self.free)
        draft.partner_id = self.held
        for person in (self.new_portal_user(), self.new_employee(), self.user):
            self.assertSilent(self.as_user(draft, person), {"state": "posted"})

    def test_nor_who_may_not_read_the_client(self):
        """A record rule of the customer's own hides it."""
        draft = self.draft(self.free)
        draft.partner_id = self.held
        self.env["ir.rule"].create(
            {
                "name": "Not these",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "domain_force": "[('name', 'not like', 'Weber')]",
            }
        )
        with self.assertRaisesRegex(UserError, "^This document cannot be confirmed"):
            self.as_user(draft, self.accountant).write({"state": "posted"})


@tagged("post_install", "-at_install")
class TestDocumentDoors(DoorsCase):
    """No invoice of a blocked client can be posted, in any way."""

    def setUp(self):
        super().setUp()
        self.moves = self.as_user(self.env["account.move"], self.accountant)

    def test_a_draft_is_of_the_client_of_its_partner(self):
        """Whatever its commercial partner is said to be."""
        draft = self.draft(self.held)
        own = self.as_user(draft, self.accountant)
        with self.assertRefused(ValidationError, REASON):
            own.write({"commercial_partner_id": self.free.id})
        draft.commercial_partner_id = self.free
        with self.assertRefused(UserError, REASON):
            own.action_post()
        with self.assertRefused(UserError, REASON):
            own.write({"commercial_partner_id": self.free.id, "state": "posted"})

    def test_a_posted_entry_does_not_become_an_invoice(self):
        entry = self.env["account.move"].create(
            {
                "partner_id": self.held.id,
                "journal_id": self.draft(self.free).journal_id.id,
                "line_ids": [
                    Command.create({"name": "Debt", "debit": 9, **account})
                    for account in self.accounts("asset_receivable")
                ]
                + [
                    Command.create({"name": "Sale", "credit": 9, **account})
                    for account in self.accounts("income")
                ],
            }
        )
        for move in (entry, self.draft(self.held, "in_invoice")):
            move.action_post()
            for kind in ("out_invoice", "out_refund", "out_receipt"):
                with self.assertRaises(UserError):
                    self.as_user(move, self.accountant).write({"move_type": kind})

    def accounts(self, kind):
        domain = [("account_type", "=", kind), ("company_ids", "=", self.company.id)]
        account = self.env["account.account"].search(domain, limit=1)
        return [{"account_id": account.id}]

    def test_nor_does_a_posted_invoice_change_its_client(self):
        """Odoo refuses it itself, but not when it has reasons of its own."""
        invoice = self.invoice(self.free)
        own = self.as_user(invoice, self.accountant)
        with self.assertRaises(UserError):
            own.write({"partner_id": self.held.id})
        with self.assertRefused(UserError, REASON):
            own.write({"commercial_partner_id": self.held.id})

    def test_a_contact_takes_its_drafts_along(self):
        person = self.new_contact(self.free)
        draft = self.draft(person)
        self.as_user(person, self.user).parent_id = self.held
        self.assertEqual(draft.partner_id.commercial_partner_id, self.held)
        with self.assertRefused(UserError, REASON):
            self.as_user(draft, self.accountant).action_post()

    def test_none_is_created_as_posted(self):
        values = {"move_type": "out_invoice", "partner_id": self.held.id}
        columns = ["move_type", "partner_id/.id", "state"]
        rows = [["out_invoice", str(self.held.id), "posted"]]
        # Odoo itself may be the first to refuse it.
        refusal = f"already in the posted state|{REASON}"
        with self.assertRefused(UserError, refusal):
            self.moves.create({**values, "state": "posted"})
        with self.assertRefused(UserError, refusal):
            self.moves.with_context(default_state="posted").create(values)
        result = self.moves.load(columns, rows)
        self.assertFalse(result["ids"])
        self.assertRegex(str(result["messages"]), refusal)

    def test_a_context_does_not_make_a_person_a_cron(self):
        """An error, and not a draft that silently stays one."""
        draft = self.draft(self.held)
        own = self.as_user(draft, self.accountant).with_context(cron_id=1)
        with self.assertRefused(UserError, REASON):
            own.action_post()
        nobody = self.as_user(draft, self.user).with_context(cron_id=1)
        try:
            # No assertRaises: it would take back what is to be seen.
            nobody.action_post()
        except AccessError:
            self.assertFalse(draft.message_ids, "and nothing is noted")
        else:
            self.fail("a person has posted it")
