"""“Mark as Lost” is an action of its own, with its reason, for one client or many."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from ..common import InvoicingCase


@tagged("post_install", "-at_install")
class TestLost(InvoicingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = cls.new_user(
            "keeper",
            "base.group_partner_manager,client_segmentation.group_client_revenue",
        )
        cls.clients = cls.Partner.concat(
            *(cls.new_client(name) for name in ("Ober", "Unter", "Mitte"))
        )
        cls.invoice(cls.clients[0])
        cls.env["client.metric.queue"]._drain()

    def opened(self, clients, user=None, reason=None):
        """:return: the wizard, as the entry *Mark as Lost* of the menu opens it"""
        action = self.env.ref("client_segmentation.client_lost_action")
        self.assertEqual(action.binding_view_types, "list,kanban,form")
        records = self.as_user(clients, user or self.user)
        opened = action.with_env(records.env).with_context(
            active_model="res.partner", active_ids=clients.ids, active_id=clients[0].id
        )
        window = opened.run()
        wizard = records.env[window["res_model"]].browse(window["res_id"])
        if reason:
            wizard.reason = reason
        return wizard

    def engagements(self):
        self.clients.invalidate_recordset()
        return self.clients.mapped("client_engagement")

    def test_several_clients_are_lost_for_one_reason_and_come_back(self):
        wizard = self.opened(self.clients[:2], reason=" Gone to Bern ")
        self.assertEqual((wizard.count, wizard.lost_count), (2, 0))
        wizard.action_mark()
        self.assertEqual(self.engagements(), ["lost", "lost", False])
        self.assertEqual(self.clients[1].client_engagement_reason, "Gone to Bern")
        line = self.history(self.clients[0], "client_engagement")
        self.assertEqual(
            (line.old_label, line.new_label, line.reason, line.user_id),
            ("Active", "Lost", "Gone to Bern", self.user),
        )

        wizard = self.opened(self.clients)
        self.assertEqual((wizard.count, wizard.lost_count), (3, 2))
        wizard.action_take_back()
        self.assertEqual(self.engagements(), ["active", False, False])
        self.assertFalse(self.clients[0].client_engagement_reason)
        self.assertFalse(self.history(self.clients[2], "client_engagement"))

    def test_a_contact_means_its_client(self):
        contact = self.new_contact(self.clients[1])
        self.opened(contact, reason="Closed").action_mark()
        self.assertEqual(self.engagements(), ["active", "lost", False])

    def test_rules_that_wait_for_it_run(self):
        self._ours("client_status_rule_became_vip").active = False
        event = {"name": "Gone", "to_status_id": self.inactive.id}
        rule = self.env["client.status.rule"].create({**event, "trigger": "left_vip"})
        self.clients[0]._decide_client_class("revenue_class", "vip", False)
        self.clients[:2]._decide_client_class("revenue_class", "small", "Enough")
        self.assertEqual(self.status_of(self.clients[0]), self.inactive)
        self.assertEqual(rule.change_count, 1, "the other one was no VIP before")

    def test_it_needs_a_reason_that_says_something(self):
        wizard = self.opened(self.clients, reason="  ")
        with self.assertRefused(UserError, "Say why"):
            wizard.action_mark()

    def test_who_sees_no_revenue_marks_nobody(self):
        user = self.new_user("blind", "base.group_user")
        with self.assertRaises(AccessError):
            self.opened(self.clients, user)
        wizards = self.as_user(self.env["client.lost.wizard"], user)
        with self.assertRaises(AccessError):
            wizards.action_open()

    def test_clients_that_one_may_not_write_stay(self):
        reader = self.new_accountant()
        wizard = self.opened(self.clients, self.user, reason="Gone")
        self.env["ir.rule"].create(
            {
                "name": "Not the second",
                "model_id": self.env["ir.model"]._get("res.partner").id,
                "domain_force": [("id", "!=", self.clients[1].id)],
                "perm_read": False,
            }
        )
        wizard.invalidate_recordset()
        self.assertEqual((wizard.count, wizard.forbidden_count), (2, 1))
        wizard.action_mark()
        self.assertEqual(self.engagements(), ["lost", False, "lost"])
        with self.assertRaises(AccessError):
            self.opened(self.clients, reader, reason="Gone")

    def test_the_form_offers_it_and_the_way_back(self):
        action = self.env.ref("client_segmentation.client_lost_action")
        view = self.env.ref("client_segmentation.client_view_form")
        partners = self.as_user(self.Partner, self.user)
        arch = partners.get_view(view.id, "form")["arch"]
        self.assertEqual(arch.count(f'name="{action.id}"'), 2)
        keeper = self.as_user(self.Partner, self.new_client_user())
        arch = keeper.get_view(view.id, "form")["arch"]
        self.assertNotIn(f'name="{action.id}"', arch)
        with Form(self.opened(self.clients[:1])) as form:
            self.assertEqual(form.names, "Ober")
