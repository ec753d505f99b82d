from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ..bulk.bulk_case import BulkCase


@tagged("post_install", "-at_install")
class TestBlock(BulkCase):
    """A block needs a reason, and the right to unblock is needed to remove it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.boss = cls.new_manager(name="Berta Boss")
        cls.client = cls.new_client()
        cls.on_hold = cls.env["client.status"].create(
            {"name": "On hold", "blocks_documents": True}
        )

    def block(self, client=None, reason="Three invoices unpaid"):
        own = self.as_user(client or self.client, self.user)
        own.write({"client_blocked": True, "client_blocked_reason": reason})

    def test_reason_who_and_when_are_kept(self):
        self.block()
        self.assertEqual(self.client.client_blocked_by_id, self.user)
        self.assertTrue(self.client.client_blocked_date)
        line = self.history(self.client, "client_blocked")
        self.assertEqual(line.old_label, "No")
        self.assertEqual(line.new_label, "Yes: Three invoices unpaid")
        self.assertEqual(line.user_id, self.user)
        self.assertEqual(line.company_id, self.company)

    def test_a_block_needs_a_reason(self):
        for reason in (False, "  "):
            with self.assertRefused(ValidationError, "Say why “Weber Holzbau”"):
                self.block(reason=reason)

    def test_who_blocked_and_when_is_nobodys_to_write(self):
        own = self.as_user(self.client, self.user)
        own.write({"client_blocked_by_id": self.boss.id})
        self.assertFalse(self.client.client_blocked_by_id)
        own.write(
            {
                "client_blocked": True,
                "client_blocked_reason": "Unpaid",
                "client_blocked_by_id": self.boss.id,
                "client_blocked_date": "2020-01-01",
            }
        )
        self.assertEqual(self.client.client_blocked_by_id, self.user)
        self.assertGreater(self.client.client_blocked_date.year, 2020)

    def test_unblocking_is_for_a_group(self):
        self.block()
        with self.assertRefused(AccessError, "You may not unblock.*ask.*Berta Boss"):
            self.as_user(self.client, self.user).action_unblock_client()
        with self.assertRaises(AccessError):
            self.as_user(self.client, self.user).client_blocked = False

        self.as_user(self.client, self.boss).action_unblock_client()

        self.assertFalse(self.client.client_blocked)
        self.assertFalse(self.client.client_blocked_reason)
        self.assertFalse(self.client.client_blocked_date)
        self.assertEqual(self.history(self.client)[-1].new_label, "No")

    def test_nor_does_an_import_unblock(self):
        self.block()
        record = self.as_user(self.client, self.user).with_context(import_file=True)
        result = record.load([".id", "client_blocked"], [[str(self.client.id), "0"]])
        self.assertTrue(result["messages"])
        self.assertTrue(self.client.client_blocked)

    def test_nor_does_a_contact(self):
        contact = self.new_contact(self.client)
        self.block()
        with self.assertRaises(AccessError):
            self.as_user(contact, self.user).client_blocked = False

    def test_nor_becoming_a_contact_of_another_client(self):
        other = self.new_client("Moser Metall")
        person = self.new_client("Anna Weber", is_company=False)
        branch = self.new_client("Weber Genève", parent_id=other.id)
        self.block(person)
        self.block(branch)
        for blocked, values in (
            (person, {"parent_id": other.id}),
            (branch, {"is_company": False}),
        ):
            with self.assertRefused(AccessError, "contact of another.*Berta Boss"):
                self.as_user(blocked, self.user).write(values)
        self.block(other)
        self.as_user(person, self.user).parent_id = other
        self.as_user(person, self.user).parent_id = False
        self.assertTrue(person.client_gets_no_documents)

    def test_nor_for_another_company(self):
        person = self.new_client("Anna Weber", is_company=False)
        elsewhere = person.with_company(self.other_company)
        elsewhere.client_status_id = self.on_hold
        with self.assertRefused(AccessError, "works in all companies"):
            self.as_user(person, self.user).parent_id = self.client
        self.boss.company_ids += self.other_company
        self.as_user(person, self.boss).parent_id = self.client
        self.assertFalse(elsewhere.client_gets_no_documents)

    def test_a_contact_shares_the_block_of_its_client(self):
        contact = self.new_contact(self.client)
        self.block()
        self.assertTrue(contact.client_blocked)
        self.assertEqual(contact.client_blocked_reason, "Three invoices unpaid")
        self.assertEqual(contact.client_blocked_by_id, self.user)
        later = self.new_contact(self.client, "Beat Weber")
        self.assertTrue(later.client_gets_no_documents)
        self.as_user(later, self.user).name = "Beat Weber-Frei"

    def test_blocked_in_one_company_only(self):
        self.block()
        elsewhere = self.client.with_company(self.other_company)
        self.assertFalse(elsewhere.client_blocked)
        self.assertFalse(elsewhere.client_gets_no_documents)

    def test_a_status_blocks_as_well(self):
        own = self.as_user(self.client, self.user)
        own.client_status_id = self.on_hold
        self.assertTrue(self.client.client_gets_no_documents)
        self.assertRegex(self.client.client_blocked_message, "status “On hold”.*Berta")
        with self.assertRefused(AccessError, "may not unblock"):
            own.client_status_id = self.active
        self.as_user(self.client, self.boss).client_status_id = self.active
        self.assertFalse(self.client.client_gets_no_documents)

    def test_the_status_of_everybody_does_not_block(self):
        with self.assertRefused(ValidationError, "cannot block documents"):
            self.prospect.blocks_documents = True

    def test_blocked_clients_are_found(self):
        free = self.new_client("Free")
        held = self.new_client("Held")
        held.client_status_id = self.on_hold
        self.block()
        mine = [("id", "in", (self.client + free + held).ids)]
        for value, found in ((True, self.client + held), (False, free)):
            domain = [*mine, ("client_gets_no_documents", "=", value)]
            self.assertEqual(
                self.Partner.search(domain, order="id"), found.sorted("id")
            )
        both = [*mine, ("client_gets_no_documents", "in", [True, False])]
        self.assertEqual(self.Partner.search_count(both), 3)

    def test_a_copy_is_not_blocked(self):
        self.block()
        self.assertFalse(self.client.copy().client_blocked)

    def test_many_at_once_and_back(self):
        clients = self.new_clients(5)
        contact = self.new_contact(clients[0])
        operation = self.bulk(clients, "block", reason="Fair closed")
        self.assertTrue(all(client.client_blocked for client in clients))
        self.assertEqual(contact.client_blocked_reason, "Fair closed")
        self.assertEqual(clients[0].client_blocked_by_id, self.user)
        self.assertEqual(self.history(clients[0])[-1].new_label, "Yes: Fair closed")

        with self.assertRefused(UserError, "You may not undo this operation"):
            operation.action_undo()
        undo = self.undo(self.as_user(operation, self.boss))
        self.assertEqual(undo.changed_count, 5)

    def test_to_undo_an_undo_is_to_do_it_again(self):
        """And needs the right for that."""
        clients = self.new_clients(2)
        blocked = self.bulk(clients, "block", reason="Fair closed", user=self.boss)
        undo = self.undo(blocked)
        undo.sudo().user_id = self.user
        redo = self.undo(self.as_user(undo, self.user))
        self.assertEqual(redo.changed_count, 2, "everybody may block")
        with self.assertRefused(UserError, "You may not undo this operation"):
            redo.action_undo()

    def test_a_client_that_is_blocked_for_another_reason_since_stays_so(self):
        clients = self.new_clients(2)
        operation = self.bulk(clients, "block", reason="Fair closed", user=self.boss)
        clients[0].client_blocked_reason = "Bankrupt"
        undo = self.undo(operation)
        self.assertEqual(undo.left_names, clients[0].name)
        self.assertEqual(clients[0].client_blocked_reason, "Bankrupt")
        self.assertFalse(clients[1].client_blocked)

    def test_another_reason_is_of_whoever_writes_it(self):
        self.block()
        self.client.client_blocked_date = "2020-01-01"
        own = self.as_user(self.client, self.boss)
        own.client_blocked_reason = "Three invoices unpaid"  # the same
        self.assertEqual(self.client.client_blocked_by_id, self.user)
        own.client_blocked_reason = "Bankrupt"
        self.assertEqual(self.client.client_blocked_by_id, self.boss)
        line = self.history(self.client, "client_blocked")[-1]
        self.assertEqual(line.old_label, "Yes: Three invoices unpaid")
        self.assertEqual(line.new_label, "Yes: Bankrupt")
        self.assertEqual(line.user_id, self.boss)
        with self.assertRefused(ValidationError, "Say why"):
            own.client_blocked_reason = " "

    def test_why_it_was_blocked_stays_in_the_history(self):
        self.block()
        self.client.action_unblock_client()
        line = self.history(self.client, "client_blocked")[-1]
        self.assertEqual(line.old_label, "Yes: Three invoices unpaid")
        self.assertEqual(line.new_label, "No")

    def test_to_merge_is_not_to_unblock(self):
        duplicate = self.new_client("Weber Holzbau AG")
        held = self.new_client("Weber Holz")
        elsewhere = duplicate.with_company(self.other_company)
        elsewhere.write({"client_blocked": True, "client_blocked_reason": "Bankrupt"})
        held.client_status_id = self.on_hold
        self.client.client_status_id = self.active
        merge = self.env["base.partner.merge.automatic.wizard"]
        merge._merge((duplicate + held + self.client).ids, self.client)
        self.assertRegex(self.client.client_blocked_reason, "Weber Holz.*On hold")
        self.assertTrue(self.client.client_blocked_by_id)
        elsewhere = self.client.with_company(self.other_company)
        self.assertEqual(elsewhere.client_blocked_reason, "Bankrupt")
        self.assertEqual(self.history(self.client, "client_blocked")[-1].origin, "hand")

    def test_who_may_unblock_undoes_both_ways(self):
        clients = self.new_clients(5)
        self.block(clients[0], "Old story")
        blocked = self.bulk(clients, "block", reason="Fair closed", user=self.boss)
        self.assertEqual(blocked.changed_count, 4)
        self.undo(blocked)
        self.assertEqual(
            [client.client_blocked for client in clients], [True] + [False] * 4
        )

        unblocked = self.bulk(clients, "unblock", user=self.boss)
        self.assertFalse(clients[0].client_blocked)
        self.undo(unblocked)
        self.assertTrue(clients[0].client_blocked)
        self.assertEqual(clients[0].client_blocked_reason, "Old story")
        self.assertFalse(clients[1].client_blocked)

    def test_bulk_unblocking_leaves_them_to_those_who_may(self):
        clients = self.new_clients(3)
        self.block(clients[0])
        clients[1].client_status_id = self.on_hold

        wizard = self.wizard(clients, "unblock")
        self.assertEqual((wizard.change_count, wizard.forbidden_count), (0, 1))
        wizard = self.wizard(clients, "status", status_id=self.active.id)
        self.assertEqual((wizard.change_count, wizard.forbidden_count), (2, 1))
        self.assertEqual(wizard.forbidden_names, clients[1].name)

    def test_the_button_of_the_client_asks_for_the_reason(self):
        action = self.as_user(self.client, self.user).action_block_client()
        wizards = self.as_user(self.env["client.block.wizard"], self.user)
        wizard = wizards.with_context(**action["context"]).create({"reason": "Unpaid"})
        wizard.action_block()
        self.assertEqual(self.client.client_blocked_reason, "Unpaid")
        self.assertEqual(self.history(self.client)[-1].origin, "hand")
