from odoo.tests import tagged

from ...engine.partner.assign import FEW
from .rule_case import RuleCase


@tagged("post_install", "-at_install")
class TestManyContacts(RuleCase):
    """A posting does not write the contacts of a client one by one."""

    def contacts(self, count):
        client = self.new_client()
        contacts = self.Partner.create(
            [{"name": f"Contact {n}", "parent_id": client.id} for n in range(count)]
        )
        self.env.flush_all()
        return client, contacts

    def test_few_contacts_have_the_status_at_once(self):
        self.switch_on("invoice_posted")
        client, contacts = self.contacts(3)
        self.bill(client)
        self.assertEqual(client.client_status_id, self.active)
        self.assertEqual(contacts.client_status_id, self.active)

    def test_many_contacts_follow(self):
        self.switch_on("invoice_posted")
        client, contacts = self.contacts(FEW + 1)
        stamp = contacts[0].write_date
        self.wait()
        self.bill(client)
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(client.client_status_id, self.active)
        self.assertEqual(contacts[0].write_date, stamp, "not written by the posting")
        self.drain()
        self.assertEqual(contacts.client_status_id, self.active)
        self.assertEqual(contacts.client_type_id, self.type_client)
        found = self.Partner.search(
            [("id", "in", contacts.ids), ("client_status_id", "=", self.active.id)]
        )
        self.assertEqual(found, contacts)

    def test_nothing_to_sync_writes_no_contact(self):
        """Odoo's rank of customers, at the first invoice."""
        client, contacts = self.contacts(2)
        self.wait()
        self.bill(client)
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertTrue(client.customer_rank)
        self.env.cr.execute(
            "SELECT MAX(write_date) FROM res_partner WHERE id = ANY(%s)",
            [contacts.ids],
        )
        [(written,)] = self.env.cr.fetchall()
        self.assertEqual(written, contacts[0].create_date)
