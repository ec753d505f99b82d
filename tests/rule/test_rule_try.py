"""Try It shows which clients a rule would change."""

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .rule_case import RuleCase


@tagged("post_install", "-at_install")
class TestTryRule(RuleCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls.new_manager()

    def try_it(self, trigger, user=None, company=None):
        """:return: the wizard of the rule, as the button opens it"""
        user = user or self.manager
        rule = self.as_user(self.rules[trigger], user, company)
        action = rule.action_try()
        return rule.env[action["res_model"]].browse(action["res_id"])

    def tried(self, trigger):
        """:return: client, from, to and document of the lines of a trial"""
        return [
            (
                line.partner_id,
                line.old_status_id.name,
                line.new_status_id.name,
                line.document_name,
            )
            for line in self.try_it(trigger).line_ids.sudo()
        ]

    def test_it_says_who_from_what_to_what_and_by_which_document(self):
        client = self.client_with(self.prospect)
        first = self.bill(client, ago=20)
        self.bill(client, ago=10)
        expected = [(client, "Prospect", "Active", first.name)]
        accountant = self.manager
        accountant.group_ids = [
            Command.link(self.env.ref("account.group_account_invoice").id)
        ]
        self.assertEqual(self.tried("invoice_posted"), expected)
        self.assertEqual(self.status_of(client), self.prospect, "nothing is written")
        self.assertFalse(self.by_rule(client))

    def test_each_rule_finds_its_clients(self):
        silent = self.client_with(self.active, "Silent", ago=400)
        again = self.client_with(self.inactive, "Again", ago=400)
        payer = self.client_with(self.prospect, "Payer")
        guest = self.client_with(self.prospect, "Guest")
        best = self.client_with(self.active, "Best")
        fallen = self.client_with(self.vip, "Fallen")
        self.bill(again, 10)
        self.bill(best, 100000)
        self.bill(fallen, 1)
        self.bank_entry(self.bill(payer, 10), 10)
        self.meeting(guest)
        self.wait()
        for trigger, client in (
            ("invoice_posted", payer),
            ("payment_received", payer),
            ("meeting_held", guest),
            ("became_vip", best),
            ("left_vip", fallen),
            ("inactive", silent),
            ("business_again", again),
        ):
            with self.subTest(rule=trigger):
                wizard = self.try_it(trigger)
                self.assertEqual(wizard.line_ids.partner_id, client)
                self.assertEqual(wizard.count, 1)
                wizard.action_apply()
                target = self.rules[trigger].to_status_id
                self.assertEqual(self.status_of(client), target)
                client.with_context(import_file=True)  # the next one starts anew
                self.by_rule(client).sudo().unlink()
                self.env.cr.execute(
                    "UPDATE res_partner SET client_status_id = NULL WHERE id = %s",
                    [client.id if client == payer else 0],
                )
                self.env.invalidate_all()

    def test_applied_it_is_the_rule_that_has_changed_them(self):
        clients = self.Partner.union(
            *(self.client_with(self.prospect, f"Client {i}") for i in range(3))
        )
        for client in clients:
            self.bill(client)
        wizard = self.try_it("invoice_posted")
        wizard.action_apply()
        for client in clients:
            line = self.by_rule(client)
            self.assertEqual(line.rule_id, self.rules["invoice_posted"])
            self.assertEqual(line.user_id, self.manager)
            self.assertEqual(line.res_model, "account.move")
        self.assertFalse(self.rules["invoice_posted"].active)
        self.assertEqual(self.try_it("invoice_posted").count, 0)

    def test_applied_and_switched_on(self):
        self.bill(self.client_with(self.prospect))
        self.try_it("invoice_posted").action_apply_and_switch_on()
        self.assertTrue(self.rules["invoice_posted"].active)
        new = self.client_with(self.prospect, "New")
        self.bill(new)
        self.assertEqual(self.status_of(new), self.active)

    def test_left_as_it_is_no_night_changes_them(self):
        client = self.client_with(self.active, ago=400)
        self.assertEqual(self.try_it("inactive").count, 1)
        self.rules["inactive"].active = True
        self.wait(days=1)
        self.night()
        self.assertEqual(self.status_of(client), self.active)

    def test_pinned_and_set_by_hand_they_are_not_proposed(self):
        pinned = self.client_with(self.prospect, "Pinned")
        by_hand = self.client_with(self.active, "By hand")
        pinned.client_status_pinned = True
        for client in (pinned, by_hand):
            self.bill(client)
        self.wait()
        by_hand.client_status_id = self.prospect
        self.assertEqual(self.try_it("invoice_posted").count, 0)

    def test_the_filter_of_the_rule_counts(self):
        for name, city in (("Weber", "Vevey"), ("Meyer", "Bulle")):
            client = self.client_with(self.prospect, name)
            client.city = city
            self.bill(client)
        self.rules["invoice_posted"].filter_domain = "[('city', '=', 'Bulle')]"
        wizard = self.try_it("invoice_posted")
        self.assertEqual(wizard.line_ids.partner_id.name, "Meyer")

    def test_a_long_list_is_cut_and_all_of_it_is_applied(self):
        clients = self.Partner.create([{"name": f"Client {i}"} for i in range(90)])
        self.drafts(*clients, 90).action_post()
        wizard = self.try_it("invoice_posted")
        self.assertEqual((wizard.count, len(wizard.line_ids)), (90, 80))
        self.assertEqual(len(wizard.action_open_clients()["domain"][0][2]), 90)
        wizard.action_apply()
        self.assertEqual(set(map(self.status_of, clients)), {self.active})

    def test_applying_takes_as_many_queries_for_many_clients(self):
        def queries(count):
            clients = self.Partner.create([{"name": "Client"} for _ in range(count)])
            self.drafts(*clients, count).action_post()
            wizard = self.try_it("invoice_posted")
            self.env.flush_all()
            before = self.cr.sql_log_count
            wizard._apply()
            self.env.flush_all()
            return self.cr.sql_log_count - before

        queries(2)
        self.assertEqual(queries(2), queries(60))

    def test_server_actions_run_only_when_somebody_says_so(self):
        self.env["ir.actions.server"].create(
            {
                "name": "Move",
                "model_id": self.env["ir.model"]._get("res.partner").id,
                "usage": "client_status_rule",
                "client_status_rule_id": self.rules["invoice_posted"].id,
                "state": "code",
                "code": "records.write({'city': 'Vevey'})",
            }
        )
        for run, city in ((False, False), (True, "Vevey")):
            client = self.client_with(self.prospect)
            self.bill(client)
            wizard = self.try_it("invoice_posted")
            self.assertTrue(wizard.has_actions)
            wizard.run_actions = run
            wizard.action_apply()
            self.assertEqual(client.city, city)

    def test_only_who_may_change_contacts_and_rules_may_try(self):
        keeper = self.new_client_user()
        reader = self.new_user("only_rules", "client_segmentation.group_client_manager")
        for user in (keeper, reader):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.try_it("invoice_posted", user)

    def test_clients_that_the_user_may_not_change_stay_out(self):
        own = self.client_with(self.prospect, "Ours")
        foreign = self.client_with(self.prospect, "Theirs")
        for client in (own, foreign):
            self.bill(client)
        foreign.company_id = False
        self.env["ir.rule"].create(
            {
                "name": "Not theirs",
                "model_id": self.env["ir.model"]._get("res.partner").id,
                "domain_force": "[('name', '!=', 'Theirs')]",
                "perm_read": False,
            }
        )
        wizard = self.try_it("invoice_posted")
        self.assertEqual(wizard.line_ids.partner_id, own)
        wizard.action_apply()
        self.assertEqual(self.status_of(foreign), self.prospect)

    def test_a_rule_of_another_company_is_tried_there(self):
        self.rules["invoice_posted"].company_id = self.other_company
        self.manager.company_ids += self.other_company
        rule = self.rules["invoice_posted"].with_user(self.manager)
        rule = rule.with_context(
            allowed_company_ids=(self.company | self.other_company).ids
        )
        with self.assertRefused(UserError, "switch to that company"):
            rule.action_try()

    def test_the_other_companys_clients_stay_out(self):
        client = self.client_with(self.prospect)
        self.bill(client, company=self.other_company)
        self.assertEqual(self.try_it("invoice_posted").count, 0)
