from odoo.tests import tagged

from ..rule.rule_case import RuleCase


@tagged("post_install", "-at_install")
class TestDecisionEnds(RuleCase):
    """A client that people gave up as lost, and that buys again."""

    def setUp(self):
        super().setUp()
        self.client = self.new_client()
        self.bill(self.client, ago=400)
        self.drain()

    def decide(self, name, value, reason=False):
        self.client._decide_client_class(name, value, reason)
        self.wait()

    def lose(self):
        self.decide("engagement", "lost", "Too dear")
        self.drain()
        self.assertEqual(self.client.client_engagement, "lost")

    def row(self):
        return self.Metric.search(
            [("partner_id", "=", self.client.id), ("company_id", "=", self.company.id)]
        )

    def test_a_new_invoice_ends_it(self):
        self.lose()
        invoice = self.bill(self.client)
        self.drain()
        row = self.row()
        self.assertEqual(row.engagement, "active")
        self.assertFalse(row.engagement_decided)
        self.assertFalse(row.engagement_reason)
        line = self.history(self.client, "client_engagement")[-1]
        self.assertEqual(
            (line.old_value, line.new_value, line.origin, line.company_id),
            ("lost", "active", "invoice", self.company),
        )
        self.assertEqual((line.old_name, line.new_name), ("Lost", "Active"))
        self.assertEqual((line.res_model, line.res_id), ("account.move", invoice.id))
        self.assertFalse(self.Metric.verify(self.company))

    def test_an_invoice_with_an_early_date_ends_it_too(self):
        """It is news for the rules as well."""
        self.lose()
        self.bill(self.client, ago=390)
        self.drain()
        self.assertEqual(self.row().engagement, "dormant")

    def test_other_decisions_stay(self):
        self.decide("revenue_class", "small")
        self.decide("payment_class", "slow")
        self.lose()
        self.bill(self.client, 5000)
        self.drain()
        row = self.row()
        self.assertEqual(row.revenue_class, "small")
        self.assertEqual(row.payment_class, "slow")
        self.decide("engagement", "dormant")
        self.bill(self.client)
        self.drain()
        self.assertEqual(self.row().engagement, "dormant")

    def test_what_is_no_new_invoice_does_not_end_it(self):
        self.lose()
        old = self.env["account.move"].search(
            [("commercial_partner_id", "=", self.client.id)]
        )
        old.button_draft()
        old._post(soft=False)
        self.reverse(old, 10)
        self.meet(self.client, ago=1)
        self.bill(self.client, 0)
        self.bill(self.client, company=self.other_company)
        self.draft(self.client)
        self.drain()
        self.night()
        self.assertEqual(self.row().engagement, "lost")

    def test_a_draft_again_does_not_bring_it_back(self):
        self.lose()
        invoice = self.bill(self.client)
        self.drain()
        invoice.button_draft()
        self.drain()
        self.assertEqual(self.row().engagement, "dormant")
        self.assertFalse(self.row().engagement_decided)

    def test_an_invoice_before_the_decision_does_not_end_it(self):
        """Also if the queue still has it: who decides knows it."""
        self.bill(self.client)
        self.lose()
        self.assertEqual(self.row().engagement, "lost")

    def test_another_decision_does_not_make_it_old(self):
        self.lose()
        self.bill(self.client)
        self.decide("revenue_class", "vip")
        self.drain()
        self.assertEqual(self.row().engagement, "active")

    def test_many_at_once(self):
        clients = self.Partner.union(*(self.new_client(f"C{n}") for n in range(5)))
        for client in clients:
            client._decide_client_class("engagement", "lost", "Gone")
        self.drain()
        self.wait()
        self.drafts(*clients, 5).action_post()
        self.env.flush_all()
        before = self.env.cr.sql_log_count
        self.drain()
        many = self.env.cr.sql_log_count - before
        self.assertEqual(set(clients.mapped("client_engagement")), {"active"})
        clients[0]._decide_client_class("engagement", "lost", "Gone")
        self.drain()
        self.wait()
        self.drafts(clients[0], 1).action_post()
        self.env.flush_all()
        before = self.env.cr.sql_log_count
        self.drain()
        self.assertLessEqual(many, self.env.cr.sql_log_count - before + 2)
