"""Default values in the context of a caller have no effect."""

from odoo import Command
from odoo.tests import tagged

from .rpc_case import RpcCase


@tagged("post_install", "-at_install")
class TestDefaultsOfTheCaller(RpcCase):
    def test_the_journal_is_not_written_by_them(self):
        client = self.new_client()
        admin = self.env.ref("base.user_admin")
        forged = {
            "default_date": "2000-01-01",
            "default_origin": "rule",
            "default_rule_id": self._ours("client_status_rule_first_invoice").id,
            "default_user_id": admin.id,
            "default_res_model": "res.users",
            "default_res_id": admin.id,
        }
        self.call(
            self.manager,
            "res.partner",
            "write",
            client.ids,
            {"client_rating": "4"},
            **forged,
        )
        line = self.history(client, "client_rating")
        self.assertEqual(line.user_id, self.manager)
        self.assertEqual(line.origin, "hand")
        self.assertEqual(line.date.date(), self.env.cr.now().date())
        self.assertFalse(line.rule_id or line.res_model or line.res_id)

    def test_an_operation_has_done_what_it_has_done(self):
        clients = self.new_client() | self.new_client("Meyer")
        forged = {
            "default_state": "done",
            "default_done_count": 2,
            "default_changed_count": 2,
            "default_error": "x",
            "default_tag_ids": [Command.set([])],
        }
        opened = self.call(
            self.manager,
            "client.bulk.wizard",
            "action_open",
            "rating",
            active_ids=clients.ids,
            active_model="res.partner",
            **forged,
        )
        ids = [opened["res_id"]]
        self.call(self.manager, "client.bulk.wizard", "write", ids, {"rating": "5"})
        self.call(self.manager, "client.bulk.wizard", "action_apply", ids, **forged)
        self.assertEqual(set(clients.mapped("client_rating")), {"5"})
        operation = self.env["client.bulk.operation"].search([], limit=1)
        self.assertEqual((operation.done_count, operation.error), (2, False))

    def test_a_decision_decides_a_class_and_no_figure(self):
        client = self.new_client()
        wizards = self.as_user(self.env["client.class.wizard"], self.manager)
        wizard = wizards.create(
            {
                "partner_id": client.id,
                "company_id": self.company.id,
                "name": "revenue_class",
                "decided": "revenue_class:vip",
            }
        )
        self.call(
            self.manager,
            wizard._name,
            "action_decide",
            wizard.ids,
            default_revenue=1000000,
            default_payment_class="fast",
        )
        metric = self.env["client.metric"].search([("partner_id", "=", client.id)])
        self.assertEqual(metric.revenue_class, "vip")
        self.assertFalse(metric.revenue or metric.payment_class)

    def test_a_status_that_blocks_by_default_blocks(self):
        status = self.env["client.status"].with_context(default_blocks_documents=True)
        created = status.create({"name": "Barred"})
        client = self.new_client(client_status_id=created.id)
        self.assertTrue(client.client_gets_no_documents)
