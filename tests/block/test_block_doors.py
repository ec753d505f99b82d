from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .block_case import REASON, DoorsCase


@tagged("post_install", "-at_install")
class TestBlockDoors(DoorsCase):
    """All ways to unblock need the right to unblock, and are in the journal."""

    def test_a_login_is_no_way_around(self):
        """Fields of the partner are fields of its user as well."""
        someone = self.new_employee()
        someone.partner_id.write(
            {"client_blocked": True, "client_blocked_reason": REASON}
        )
        with self.assertRaises(AccessError):
            self.as_user(someone, someone).write({"client_blocked": False})
        with self.assertRaises(AccessError):
            self.as_user(someone, self.user).write({"client_blocked": False})

    def test_an_import_without_the_right_unblocks_nobody(self):
        own = self.as_user(self.Partner, self.user)
        held = str(self.held.id)
        for column, value in (("client_blocked", "0"), ("client_blocked", "")):
            result = own.load([".id", column], [[held, value]])
            self.assertIn("may not unblock", result["messages"][0]["message"])
        self.held.client_blocked_reason = "Still"
        self.assertTrue(self.held.client_blocked)

    def test_defaults_of_the_context_block_as_values_do(self):
        """With a reason, who it was and when, and a line in the journal."""
        partners = self.as_user(self.Partner, self.user)
        with self.assertRefused(ValidationError, "Say why"):
            partners.with_context(default_client_blocked=True).create({"name": "A"})
        context = {
            "default_client_blocked": True,
            "default_client_blocked_reason": REASON,
            "default_client_blocked_by_id": self.boss.id,
            "default_client_blocked_date": "2020-01-01",
        }
        client = partners.with_context(**context).create({"name": "B"}).sudo()
        self.assertEqual(client.client_blocked_by_id, self.user)
        self.assertGreater(client.client_blocked_date.year, 2020)
        line = self.history(client, "client_blocked")
        self.assertEqual(line.new_label, f"Yes: {REASON}")
        self.assertEqual(line.user_id, self.user)

    def test_nor_do_defaults_bring_what_may_not_be_kept(self):
        partners = self.as_user(self.Partner, self.user)
        self.company.client_personal_details = False
        with self.assertRaises(UserError):
            partners.with_context(default_client_birthdate="1980-01-01").create(
                {"name": "Anna"}
            )
        with self.assertRefused(ValidationError, "“six” is not a rating"):
            partners.with_context(default_client_rating="six").create({"name": "Anna"})
        with self.assertRefused(ValidationError, "“6” is not a rating"):
            partners.create({"name": "Anna", "client_rating": "6"})
        context = {"default_commercial_partner_id": self.free.id}
        anna = partners.with_context(**context).create({"name": "Anna"})
        self.assertEqual(anna.commercial_partner_id, anna)

    def test_no_value_that_odoo_reads_otherwise_leaves_the_status(self):
        self.free.client_status_id = self.on_hold
        own = self.as_user(self.free, self.user)
        for value in ([self.on_hold.id], str(self.on_hold.id), {}, None, 0, True):
            with self.subTest(value=value):
                try:
                    own.write({"client_status_id": value})
                except Exception:
                    continue
                self.assertEqual(self.free.client_status_id, self.on_hold)

    def test_to_block_again_does_not_change_who_has_blocked(self):
        self.held.client_blocked_date = "2020-01-01"
        stamps = self.held.client_blocked_by_id, self.held.client_blocked_date
        own = self.as_user(self.held, self.user)
        own.write({"client_blocked": True})
        result = own.load(
            [".id", "client_blocked", "client_blocked_reason"],
            [[str(self.held.id), "1", REASON]],
        )
        self.assertEqual(result["ids"], self.held.ids)
        self.assertEqual(
            (self.held.client_blocked_by_id, self.held.client_blocked_date), stamps
        )
        self.assertEqual(len(self.history(self.held, "client_blocked")), 1)

    def test_a_status_that_ceases_to_block_unblocks(self):
        """So it needs the right to unblock, and its clients get a journal line."""
        self.free.client_status_id = self.on_hold
        elsewhere = self.free.with_company(self.other_company)
        elsewhere.client_status_id = self.on_hold
        self.held.client_status_id = self.on_hold
        status = self.as_user(self.on_hold, self.boss)
        self._ours("group_client_manager").implied_ids -= self._ours(
            "group_client_unblock"
        )
        with self.assertRefused(AccessError, "may not unblock"):
            status.blocks_documents = False
        self.on_hold.blocks_documents = False
        lines = self.history(self.free, "client_gets_no_documents")
        self.assertEqual(
            [(line.company_id, line.old_label, line.new_label) for line in lines],
            [
                (self.company, "Yes", "No"),
                (self.other_company, "Yes", "No"),
            ],
        )
        self.assertFalse(
            self.history(self.held, "client_gets_no_documents"),
            "it is blocked itself",
        )

    def test_a_status_that_begins_to_block_tells_its_clients(self):
        self.free.client_status_id = self.inactive
        self.as_user(self.inactive, self.boss).blocks_documents = True
        line = self.history(self.free, "client_gets_no_documents")
        self.assertEqual((line.old_label, line.new_label), ("No", "Yes"))
        self.assertEqual(line.user_id, self.boss)

    def test_gates_close_only_when_somebody_is_blocked(self):
        """Each of them stops the postings of many."""
        before = self.gates()
        own = self.as_user(self.held, self.user)
        own.write({"client_blocked": True, "client_blocked_reason": REASON})
        own.write({"client_blocked_reason": "Bankrupt"})
        own.write({"name": "Weber"})
        own.client_status_id = self.on_hold  # blocked already
        self.on_hold.write({"blocks_documents": True, "name": "Halted"})
        self.env["client.status"].write({"blocks_documents": True})
        self.Partner.write({"client_blocked": True})
        self.as_user(self.held, self.boss).client_blocked = False
        self.as_user(self.held, self.boss).client_status_id = self.active
        self.assertEqual(self.gates(), before)
        self.as_user(self.free, self.user).client_status_id = self.on_hold
        self.assertEqual(self.gates(), before + 1)

    def test_who_may_not_closes_no_gate(self):
        people = (self.new_portal_user(), self.new_employee(), self.accountant)
        before = self.gates()
        for person in people:
            for record, values in (
                (self.env["client.status"], {"blocks_documents": True}),
                (self.active, {"blocks_documents": True}),
                (self.Partner, {"client_blocked": True}),
                (
                    self.free,
                    {"client_blocked": True, "client_blocked_reason": "Envy"},
                ),
                (self.free, {"client_status_id": self.on_hold.id}),
            ):
                own = self.as_user(record, person)
                try:
                    # No assertRaises: it would take back what is to be seen.
                    own.write(values)
                except AccessError:
                    continue
                self.assertFalse(own, "only nothing can be written")
        self.assertEqual(self.gates(), before)

    def test_a_bad_import_closes_no_gate(self):
        before = self.gates()
        own = self.as_user(self.Partner, self.user)
        columns = [".id", "client_blocked", "client_blocked_reason", "client_rating"]
        rows = [[str(self.free.id), "1", REASON, "3"]]
        result = own.load(columns, [*rows, [str(self.free.id), "1", REASON, "nine"]])
        self.assertTrue(result["messages"])
        self.assertFalse(self.free.client_blocked)
        self.assertEqual(self.gates(), before)

        result = own.load(columns, rows)
        self.assertEqual(result["ids"], self.free.ids)
        self.assertEqual(self.gates(), before + 1)
        self.assertEqual(self.history(self.free, "client_blocked").origin, "import")

    def test_the_journal_does_not_take_an_import_from_the_context(self):
        own = self.as_user(self.free, self.user).with_context(import_file=True)
        own.write({"client_blocked": True, "client_blocked_reason": REASON})
        self.assertEqual(self.history(self.free, "client_blocked").origin, "hand")
