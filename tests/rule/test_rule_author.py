"""A filter finds clients only by what its author may read."""

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .rule_case import LOGGER, RuleCase


@tagged("post_install", "-at_install")
class TestRuleAuthor(RuleCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        groups = (
            "base.group_partner_manager,client_segmentation.group_client_manager,"
            "account.group_account_invoice,base.group_allow_export"
        )
        cls.manager = cls.new_user("author", groups)
        cls.neighbour = cls.new_user("neighbour", groups, cls.other_company)
        cls.client = cls.new_client("Shared")

    def new_rule(self, user, **values):
        """:return: a rule that a person of a company has made, as he sees it"""
        rules = self.as_user(self.env["client.status.rule"], user)
        return rules.create(
            {
                "name": "Own",
                "trigger": "invoice_posted",
                "from_status_ids": [Command.set(self.prospect.ids)],
                "to_status_id": self.vip.id,
                **values,
            }
        )

    def tried(self, rule):
        """:return: number of clients that a trial finds"""
        action = rule.action_try()
        return rule.env[action["res_model"]].browse(action["res_id"]).count

    def test_a_filter_does_not_look_into_other_companies(self):
        self.bill(self.client, 100)
        self.bill(self.client, 7777, company=self.other_company)
        self.drain()
        mine = [
            ("company_id", "=", self.company.id),
            ("amount_untaxed", ">=", 50),
        ]
        theirs = [
            ("company_id", "=", self.other_company.id),
            ("amount_untaxed", ">=", 50),
        ]
        for documents, count in ((mine, 1), (theirs, 0)):
            domain = [("id", "=", self.client.id), ("invoice_ids", "any", documents)]
            rule = self.new_rule(self.manager, filter_domain=repr(domain))
            self.assertEqual(self.tried(rule), count, documents)

    def test_nor_does_it_when_something_happens(self):
        self.bill(self.client, 7777, company=self.other_company)
        theirs = [("company_id", "=", self.other_company.id)]
        self.new_rule(
            self.manager, filter_domain=repr([("invoice_ids", "any", theirs)])
        )
        self.bill(self.client, 100)
        self.assertEqual(self.status_of(self.client), self.prospect)

    def test_a_filter_does_nothing_where_its_author_does_not_work(self):
        domain = repr([("name", "=", "Shared")])
        everywhere = self.new_rule(self.manager, filter_domain=domain)
        self.assertFalse(everywhere.company_id)
        self.bill(self.client, 100, company=self.other_company)
        there = self.other_company
        self.assertEqual(self.status_of(self.client, there), self.prospect)
        self.bill(self.client, 100)
        self.assertEqual(self.status_of(self.client), self.vip)

    def test_without_a_filter_a_rule_is_for_all_companies(self):
        self.new_rule(self.manager)
        self.bill(self.client, 100, company=self.other_company)
        self.assertEqual(self.status_of(self.client, self.other_company), self.vip)

    def test_a_trial_of_somebody_else_s_filter_says_whose_it_is(self):
        rule = self.new_rule(
            self.manager, filter_domain=repr([("name", "=", "Shared")])
        )
        own = self.as_user(rule, self.neighbour)
        with self.assertRefused(UserError, "author.* does not work in"):
            own.action_try()

    def test_a_client_that_its_author_may_not_read_is_not_found(self):
        self.env["ir.rule"].create(
            {
                "name": "Hidden",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "groups": [Command.link(self.env.ref("base.group_user").id)],
                "domain_force": "[('ref', '=', False)]",
            }
        )
        self.new_rule(self.manager, filter_domain=repr([("is_company", "=", True)]))
        secret = self.new_client("Secret", ref="S")
        for client in (self.client, secret):
            self.bill(client, 100)
        self.assertEqual(self.status_of(self.client), self.vip)
        self.assertEqual(self.status_of(secret), self.prospect)

    def test_a_trial_is_of_a_company_of_one_s_own(self):
        rule = self.new_rule(self.manager)
        self.bill(self.client, 100, company=self.other_company)
        there = self.other_company.id
        looking = rule.with_context(default_company_id=there)
        action = looking.action_try()
        wizard = rule.env[action["res_model"]].browse(action["res_id"])
        self.assertEqual(wizard.company_id.id, self.company.id)
        self.assertFalse(wizard.count)
        for name in ("action_apply", "action_apply_and_switch_on"):
            forged = wizard.create({"rule_id": rule.id, "company_id": there})
            with self.subTest(name), self.assertRaises(AccessError):
                getattr(forged, name)()
        with self.assertRaises(AccessError):
            forged.action_open_clients()

    def test_a_user_cannot_name_another_author(self):
        domain = repr([("is_company", "=", True)])
        admin = self.env.ref("base.user_admin")
        rule = self.new_rule(
            self.manager, filter_domain=domain, filter_user_id=admin.id
        )
        self.assertEqual(rule.filter_user_id, self.manager)
        rule.write({"filter_user_id": admin.id})
        self.assertEqual(rule.filter_user_id, self.manager)
        rule.write({"filter_domain": domain, "filter_user_id": admin.id})
        self.assertEqual(rule.filter_user_id, self.manager)
        default = rule.with_context(default_filter_user_id=admin.id)
        for other in (default.copy(), self.as_user(default, self.manager).copy()):
            self.assertEqual(other.filter_user_id, self.manager)
        loaded = rule.load(
            ["id", "filter_user_id/.id", "filter_domain"],
            [[rule.export_data(["id"])["datas"][0][0], str(admin.id), "[]"]],
        )
        self.assertEqual(loaded["ids"], rule.ids, loaded)
        self.assertFalse(rule.filter_user_id)

    def test_the_user_who_changes_a_filter_is_its_author(self):
        rule = self.new_rule(
            self.manager, filter_domain=repr([("is_company", "=", True)])
        )
        second = self.new_manager()
        own = self.as_user(rule, second)
        own.write(
            {"name": "Renamed", "sequence": 3, "filter_domain": rule.filter_domain}
        )
        self.assertEqual(rule.filter_user_id, self.manager)
        own.filter_domain = repr([("is_company", "=", False)])
        self.assertEqual(rule.filter_user_id, second)
        own.filter_domain = "[]"
        self.assertFalse(rule.filter_user_id)

    def test_who_may_read_less_now_finds_less(self):
        domain = [("client_revenue", ">", 0)]
        rule = self.new_rule(self.manager, filter_domain=repr(domain))
        self.manager.group_ids = self.env.ref("base.group_partner_manager")
        with self.assertLogs(LOGGER, "ERROR"):
            self.bill(self.client, 100)
        self.assertEqual(self.status_of(self.client), self.prospect)
        self.assertTrue(rule.sudo().failure_ids)
