"""Triggers of somebody else's."""

from odoo.tests import tagged

from .common import ExtensionCase


@tagged("post_install", "-at_install")
class TestRules(ExtensionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["client.status.rule"].search([]).active = False
        cls.company.client_automation = True

    def rule(self, trigger, **values):
        rule = self.env["client.status.rule"].create(
            {"name": trigger, "trigger": trigger, "to_status_id": self.inactive.id}
            | values
        )
        rule.starts_at = self.days_ago(1)
        return rule

    def test_the_queue_runs_a_rule_that_waits_for_the_figure(self):
        rule = self.rule("credited")
        invoice = self.bill(self.weber, 100)
        self.reverse(invoice, amount=5)
        self.drain()
        self.assertNotEqual(self.weber.client_status_id, self.inactive)
        self.reverse(invoice, amount=5)
        self.drain()
        self.assertEqual(self.weber.client_status_id, self.inactive)
        line = self.history(self.weber, "client_status_id")[0]
        self.assertEqual((line.origin, line.rule_id), ("rule", rule))

    def test_a_rule_waits_for_a_value_of_the_class(self):
        self.rule("became_loyal")
        for ago in range(5):
            self.rent(self.weber, 10, ago=ago)
        self.rent(self.meyer, 10)
        self.drain()
        self.assertEqual(self.weber.client_status_id, self.inactive)
        self.assertNotEqual(self.meyer.client_status_id, self.inactive)

    def test_it_can_be_tried(self):
        rule = self.rule("credited", active=False)
        invoice = self.bill(self.weber, 100)
        self.reverse(invoice, amount=5)
        self.reverse(invoice, amount=5)
        self.refresh()
        wizard = self.env["client.status.rule.try"].browse(rule.action_try()["res_id"])
        self.assertEqual(wizard.line_ids.partner_id, self.weber)
        wizard.action_apply()
        self.assertEqual(self.weber.client_status_id, self.inactive)
