from odoo import Command, fields
from odoo.tests import tagged

from .rule_case import RuleCase


@tagged("post_install", "-at_install")
class TestArrivals(RuleCase):
    """Clients that arrive with history: a contact that joins or leaves, a merge, an
    import of old invoices.
    """

    def setUp(self):
        super().setUp()
        self.switch_on(*(name for name in self.rules if name != "meeting_held"))

    def test_a_contact_that_joins(self):
        company, person = self.new_client(), self.Partner.create({"name": "Freelancer"})
        self.bill(person, 70, ago=5)
        self.wait()
        person.parent_id = company
        self.wait()
        self.drain()
        self.assertEqual(company.client_status_id, self.vip)
        self.assertEqual(company.client_type_id, self.type_client)
        self.assertEqual(person.client_status_id, self.vip)
        lines = self.by_rule(company)
        self.assertEqual(lines.mapped("new_name"), ["VIP"])
        self.assertTrue(lines.rule_id)

    def test_a_contact_that_joins_a_client_with_a_status(self):
        company, person = self.new_client(), self.Partner.create({"name": "Freelancer"})
        company.client_status_id = self.inactive
        self.wait(days=1)
        self.bill(person, 70, ago=30)
        self.drain()
        person.parent_id = company
        self.drain()
        self.assertEqual(company.client_status_id, self.inactive)

    def test_a_merge(self):
        kept, gone = self.new_client("Kept"), self.new_client("Gone")
        self.bill(gone, 70, ago=500)
        self.wait()
        self.drain()
        self.assertEqual(gone.client_status_id, self.inactive)
        self.merge(kept, gone)
        self.drain()
        self.assertEqual(kept.client_status_id, self.inactive)
        by_hand, other = self.new_client("By hand"), self.new_client("Other")
        by_hand.client_status_id = self.active
        self.bill(other, 70, ago=500)
        self.drain()
        self.merge(by_hand, other)
        self.drain()
        self.assertEqual(by_hand.client_status_id, self.active)

    def merge(self, kept, gone):
        self.env["base.partner.merge.automatic.wizard"].create(
            {
                "partner_ids": [Command.set((kept | gone).ids)],
                "dst_partner_id": kept.id,
            }
        ).action_merge()
        self.env.invalidate_all()

    def test_a_contact_that_becomes_a_client(self):
        """The history of its former company is not its own."""
        company = self.new_client()
        contact = self.new_contact(company)
        self.bill(contact, 70, ago=5)
        self.drain()
        self.assertEqual(contact.client_status_id, self.vip)
        contact.parent_id = False
        self.drain()
        self.assertEqual(contact.client_status_id, self.prospect)
        self.assertEqual(contact.client_type_id, self.type_prospect)
        self.assertEqual(company.client_status_id, self.vip)

    def test_what_a_person_has_set_goes_with_a_contact(self):
        company = self.new_client()
        contact = self.new_contact(company)
        company.client_status_id = self.vip
        contact.is_company = True
        self.drain()
        self.assertEqual(contact.client_status_id, self.vip)

    def test_old_invoices_that_are_imported(self):
        """The rule for inactive clients is on since today."""
        rule = self.rules["inactive"]
        rule.starts_at = fields.Datetime.now()
        client = self.new_client()
        self.wait()
        self.bill(client, ago=800)
        self.assertEqual(client.client_status_id, self.active)
        self.wait()
        self.drain()
        self.assertEqual(client.client_status_id, self.inactive)
