"""“Client Since” follows the first invoice, and never a person's will."""

from odoo import fields
from odoo.tests import tagged

from ... import hooks
from ..branch_case import BranchCase


@tagged("post_install", "-at_install")
class TestClientSince(BranchCase):
    def since(self, client=None):
        client = client or self.client
        client.invalidate_recordset()
        return client.client_since

    def test_the_first_invoice_fills_it(self):
        contact = self.new_contact(self.client)
        self.bill(self.client, ago=30)
        self.bill(self.client, ago=10)
        self.drain()
        self.assertEqual(self.since(), self.days_ago(30))
        self.assertEqual(self.since(contact), self.days_ago(30))

    def test_what_a_person_wrote_stays(self):
        self.client.client_since = "1998-05-01"
        self.bill(self.client, ago=30)
        self.drain()
        self.Metric._refresh_and_run_rules(self.company)
        self.assertEqual(self.since(), fields.Date.to_date("1998-05-01"))

    def test_what_a_person_emptied_stays_empty(self):
        self.bill(self.client, ago=30)
        self.drain()
        self.assertTrue(self.since())
        self.client.client_since = False
        self.bill(self.client, ago=10)
        self.drain()
        self.Metric._refresh_and_run_rules(self.company)
        self.assertFalse(self.since())

    def test_it_follows_an_earlier_invoice_and_a_corrected_day(self):
        invoice = self.bill(self.client, ago=30)
        self.drain()
        earlier = self.bill(self.client, ago=300)
        self.drain()
        self.assertEqual(self.since(), self.days_ago(300))
        (earlier | invoice).button_draft()
        self.drain()
        self.assertFalse(self.since(), "there is no invoice any more")
        invoice.invoice_date = self.days_ago(20)
        invoice.action_post()
        self.drain()
        self.assertEqual(self.since(), self.days_ago(20))

    def test_the_nightly_refresh_fills_it_too(self):
        self.bill(self.client, ago=30)
        other = self.new_client("Meyer Metallbau")
        self.bill(other, ago=20)
        self.Metric._refresh_and_run_rules(self.company)
        self.assertEqual(self.since(), self.days_ago(30))
        self.assertEqual(self.since(other), self.days_ago(20))

    def test_it_is_the_first_invoice_in_any_company(self):
        self.bill(self.client, ago=30)
        self.drain()
        self.bill(self.client, ago=90, company=self.other_company)
        self.drain()
        self.assertEqual(self.since(), self.days_ago(90))
        self.bill(self.client, ago=60, company=self.lausanne)
        self.drain()
        self.assertEqual(self.since(), self.days_ago(90))
        self.client.client_since = False
        invoice = self.bill(self.client, ago=10, company=self.kiosk)
        invoice.button_draft()
        self.drain()
        self.assertFalse(self.since(), "no other company brings it back")

    def test_a_prospect_has_none(self):
        self.meet(self.client, ago=5)
        self.Queue._add_meetings()
        self.drain()
        self.assertTrue(self.Metric.search([("partner_id", "=", self.client.id)]))
        self.assertFalse(self.since())

    def test_an_installation_on_a_database_in_use_fills_it(self):
        contact = self.new_contact(self.client)
        typed = self.new_client("Typed", client_since="2001-01-01")
        for client in self.client | typed:
            self.bill(client, ago=700)
        self.env.flush_all()
        self.assertFalse(self.since())
        hooks.post_init_hook(self.env)
        self.assertEqual(self.since(), self.days_ago(700))
        self.assertEqual(self.since(contact), self.days_ago(700))
        self.assertEqual(self.since(typed), fields.Date.to_date("2001-01-01"))

    def test_an_update_fills_it_where_it_is_empty(self):
        old, typed = self.new_client("Old"), self.new_client("Typed")
        contact = self.new_contact(old)
        for client in old | typed:
            self.bill(client, ago=700)
        self.drain()
        (old | typed).client_since = False
        typed.client_since = "2001-01-01"
        self.migrate("client_since")
        self.assertEqual(self.since(old), self.days_ago(700))
        self.assertEqual(self.since(contact), self.days_ago(700))
        self.assertEqual(self.since(typed), fields.Date.to_date("2001-01-01"))
