from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .block_case import REASON, DoorsCase


@tagged("post_install", "-at_install")
class TestBlockParentChange(DoorsCase):
    """A change of the parent is no way around a block."""

    def setUp(self):
        super().setUp()
        self.own = self.as_user(self.Partner, self.user)

    def blocks(self, partner):
        """:return: the lines of the journal about documents of a partner"""
        lines = self.history(partner, "client_gets_no_documents")
        return [(line.old_label, line.new_label) for line in lines]

    def test_the_commercial_partner_follows_from_the_hierarchy(self):
        """Whatever somebody writes or imports, over RPC as well."""
        own = self.as_user(self.held, self.user)
        with self.assertRefused(UserError, "follows from its company"):
            own.write({"commercial_partner_id": self.free.id})
        with self.assertRefused(UserError, "follows from its company"):
            self.as_user(self.Partner, self.user).create(
                {"name": "Anna", "commercial_partner_id": self.free.id}
            )
        columns = [".id", "commercial_partner_id/.id"]
        result = own.load(columns, [[str(self.held.id), str(self.free.id)]])
        self.assertIn("follows from its company", result["messages"][0]["message"])
        own.write({"commercial_partner_id": self.held.id, "city": "Lausanne"})
        self.assertEqual(self.held.city, "Lausanne", "what it is can be written")

    def test_nor_with_the_block_in_the_same_breath(self):
        own = self.as_user(self.held, self.user)
        values = {"commercial_partner_id": self.free.id, "client_blocked": False}
        with self.assertRefused(AccessError, "You may not unblock"):
            own.write(values)

    def test_to_become_a_contact_from_the_other_side_is_to_unblock(self):
        person = self.new_client("Anna Weber", is_company=False)
        person.write({"client_blocked": True, "client_blocked_reason": REASON})
        other = self.as_user(self.free, self.user)
        # Odoo writes the contacts as the user who started the transaction.
        self.patch(self.env.transaction, "default_env", other.env)
        with self.assertRefused(AccessError, "contact of another client"):
            other.write({"child_ids": [Command.link(person.id)]})

    def test_who_joins_or_leaves_a_blocked_client_stands_in_the_journal(self):
        person = self.new_client("Anna Weber", is_company=False)
        self.as_user(person, self.user).parent_id = self.held
        line = self.history(person, "client_gets_no_documents")
        self.assertEqual((line.old_label, line.new_label), ("No", "Yes"))
        self.assertEqual(line.user_id, self.user)

    def test_who_leaves_a_blocked_client_stays_blocked(self):
        """In all companies, whether Odoo has copied the block to the contact or not."""
        elsewhere = self.held.with_company(self.other_company)
        elsewhere.write({"client_blocked": True, "client_blocked_reason": "Bankrupt"})
        archived = self.new_contact(self.held, active=False)
        imported = self.new_contact(self.held, "Beat Weber")
        for contact in (archived, imported):
            own = contact.with_env(self.own.env)
            own.write({"parent_id": False, "active": True})
            self.assertTrue(contact.client_gets_no_documents)
            self.assertEqual(contact.client_blocked_reason, REASON)
            there = contact.with_company(self.other_company)
            self.assertEqual(there.client_blocked_reason, "Bankrupt")

    def test_a_contact_that_becomes_a_company_stays_blocked(self):
        branch = self.new_client("Weber Genève", parent_id=self.held.id)
        self.assertFalse(branch.client_gets_no_documents)
        own = branch.with_env(self.own.env)
        own.is_company = False
        self.assertTrue(branch.client_gets_no_documents)
        own.is_company = True
        self.assertTrue(branch.client_gets_no_documents)
        self.assertEqual(self.blocks(branch), [("No", "Yes")])

    def test_who_leaves_and_is_blocked_stands_in_the_journal(self):
        person = self.new_contact(self.free)
        person.with_env(self.own.env).write(
            {
                "parent_id": False,
                "client_blocked": True,
                "client_blocked_reason": "Envy",
            }
        )
        self.assertTrue(person.client_gets_no_documents)
        self.assertEqual(self.blocks(person), [("No", "Yes")])

    def test_who_leaves_and_is_unblocked_stands_in_the_journal(self):
        person = self.new_contact(self.held)
        values = {"parent_id": False, "client_blocked": False}
        with self.assertRefused(AccessError, "You may not unblock"):
            person.with_env(self.own.env).write(values)
        self.as_user(person, self.boss).write(values)
        self.assertFalse(person.client_gets_no_documents)
        self.assertEqual(self.blocks(person), [("Yes", "No")])

    def test_a_parent_that_stays_the_same_is_no_move(self):
        """As in an import: a value written on a contact goes to its client."""
        person = self.new_contact(self.free)
        person.with_env(self.own.env).write(
            {
                "parent_id": self.free.id,
                "client_blocked": True,
                "client_blocked_reason": "Envy",
            }
        )
        self.assertTrue(self.free.client_blocked)
        self.assertTrue(self.history(self.free, "client_blocked"))

    def test_the_gate_of_the_former_client_is_closed(self):
        """Documents of the contact may be posted for the former client right now."""
        person = self.new_contact(self.free)
        before = self.gates()
        person.with_env(self.own.env).parent_id = self.held
        self.assertEqual(self.gates(), before + 1)

    def test_a_block_of_another_company_is_not_told(self):
        person = self.new_client("Anna Weber", is_company=False)
        there = person.with_company(self.other_company)
        there.write({"client_blocked": True, "client_blocked_reason": REASON})
        for mover in (self.user, self.boss):
            with self.assertRaises(AccessError) as refused:
                self.as_user(person, mover).parent_id = self.free
            self.assertRegex(str(refused.exception), "works in all companies")
            for secret in (REASON, "blocked", "Berta"):
                self.assertNotIn(secret, str(refused.exception))
        self.boss.company_ids += self.other_company
        self.as_user(person, self.boss).parent_id = self.free
        line = self.history(person, "client_gets_no_documents")
        self.assertEqual(line.company_id, self.other_company)

    def test_a_contact_does_not_tell_of_a_client_that_is_hidden(self):
        person = self.new_contact(self.held, "Anna")
        self.env["ir.rule"].create(
            {
                "name": "Not these",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "domain_force": "[('name', 'not like', 'Weber')]",
            }
        )
        own = person.with_env(self.own.env)
        for values in (
            {"parent_id": self.held.id, "client_blocked": False},
            {"parent_id": False, "client_blocked": False},
            {"client_blocked": False},
        ):
            with self.assertRaises(UserError) as refused:
                own.write(values)
            for secret in ("Weber", REASON, "OdooBot"):
                self.assertNotIn(secret, str(refused.exception))
