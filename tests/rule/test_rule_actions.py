"""Server actions of a rule: for which clients they run, and with which rights."""

import psycopg2

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .rule_case import LOGGER, RuleCase


class ActionCase(RuleCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rule = cls.rules["invoice_posted"]
        cls.rule.active = True
        cls.weber = cls.new_client()
        cls.tag = cls.env["res.partner.category"].create({"name": "Welcome"})

    @classmethod
    def new_action(cls, state="code", rule=None, **values):
        return cls.env["ir.actions.server"].create(
            {
                "name": values.pop("name", "Greet"),
                "model_id": cls.env["ir.model"]._get("res.partner").id,
                "usage": "client_status_rule",
                "client_status_rule_id": (rule or cls.rule).id,
                "state": state,
                **values,
            }
        )

    @classmethod
    def new_rule(cls, name, source, target, **values):
        return cls.env["client.status.rule"].create(
            {
                "name": name,
                "from_status_ids": [Command.set(source.ids)],
                "to_status_id": target.id,
                **values,
            }
        )


@tagged("post_install", "-at_install")
class TestRuleActions(ActionCase):
    def test_they_run_once_for_all_clients_that_changed(self):
        self.new_action(code="model.create({'name': 'Batch of %s' % len(records)})")
        already = self.new_client("Active", client_status_id=self.active.id)
        clients = [self.weber, self.new_client("Meyer"), already]
        self.drafts(*clients, 30).action_post()
        self.assertTrue(self.Partner.search([("name", "=", "Batch of 2")]))

    def test_no_context_of_who_posts_keeps_them_from_running(self):
        """Odoo reads some keys to decide which record an action is for."""
        self.new_action(code="records.write({'city': 'Vevey'})")
        hostile = {
            "onchange_self": 1,
            "active_id": self.env.company.id,
            "active_model": "res.company",
            "lang": ["x"],
            "tz": {},
        }
        draft = self.drafts(self.weber, 1)
        draft.with_context(**hostile).with_context(lang=None, tz=None).action_post()
        self.assertEqual(self.weber.city, "Vevey")
        self.assertFalse(self.rule.failure_ids)

    def test_they_do_not_run_when_nobody_has_changed(self):
        self.new_action(code="records.write({'city': 'Vevey'})")
        self.bill(self.new_client("Active", client_status_id=self.active.id))
        self.bill(self.weber)
        self.weber.city = False
        self.bill(self.weber)
        self.assertFalse(self.weber.city)

    def test_all_kinds_that_odoo_offers(self):
        self.new_action(
            "object_write",
            name="Tag",
            update_path="category_id",
            update_m2m_operation="add",
            resource_ref=f"res.partner.category,{self.tag.id}",
        )
        self.new_action(
            "next_activity",
            name="Call",
            activity_type_id=self.env.ref("mail.mail_activity_data_call").id,
            activity_summary="Say hello",
        )
        self.bill(self.weber)
        self.assertEqual(self.weber.category_id, self.tag)
        self.assertEqual(self.weber.activity_ids.summary, "Say hello")

    def test_they_belong_to_contacts(self):
        with self.assertRefused(ValidationError, "another model"):
            self.new_action(model_id=self.env["ir.model"]._get("res.users").id)

    def test_a_deleted_rule_leaves_its_actions_to_the_administrator(self):
        rule = self.new_rule("Another", self.prospect, self.vip)
        action = self.new_action(rule=rule, code="pass")
        rule.unlink()
        self.assertEqual(action.exists().usage, "ir_actions_server")
        self.assertFalse(action.client_status_rule_id)

    def test_they_run_in_the_company_of_the_document(self):
        self.new_action(code="records.write({'city': env.company.name})")
        self.bill(self.weber, company=self.other_company)
        self.assertEqual(self.weber.city, self.other_company.name)

    def test_one_that_fails_is_written_down_and_stops_nothing(self):
        self.new_action(
            name="Broken", code="records.write({'city': 'Half'})\nraise UserError('no')"
        )
        self.new_action(name="After", sequence=9, code="records.write({'zip': '1800'})")
        with self.assertLogs(LOGGER, "ERROR"):
            invoice = self.bill(self.weber)
        self.env.invalidate_all()
        self.assertEqual(invoice.state, "posted")
        self.assertEqual(self.status_of(self.weber), self.active)
        self.assertEqual((self.weber.city, self.weber.zip), (False, "1800"))
        failure = self.rule.failure_ids
        self.assertEqual(failure.partner_ids, self.weber)
        self.assertEqual(failure.message, "Broken: no")
        self.assertEqual(failure.company_id, self.company)

    def test_a_wrong_query_in_an_action_leaves_the_posting_alone(self):
        self.new_action(code="env.cr.execute('SELECT 1 / 0')")
        with self.assertLogs("odoo", "ERROR"):
            invoice = self.bill(self.weber)
        self.env.invalidate_all()
        self.assertEqual(invoice.state, "posted")
        self.assertEqual(self.status_of(self.weber), self.active)

    def test_a_conflict_with_another_transaction_is_tried_again(self):
        self.new_action(
            code="env.cr.execute(\"DO $$ BEGIN RAISE EXCEPTION 'late' "
            "USING ERRCODE = '40001'; END $$\")"
        )
        with self.assertRaises(psycopg2.OperationalError), self.assertLogs("odoo"):
            self.bill(self.weber)

    def test_an_action_that_posts_does_not_go_round_in_circles(self):
        other = self.new_rule("And back", self.active, self.prospect, sequence=99)
        self.new_action(
            rule=other,
            code="env['account.move'].search([('partner_id', 'in', records.ids)],"
            " limit=1).copy({'invoice_date': '2026-01-01'}).action_post()",
        )
        self.bill(self.weber)
        self.assertEqual(self.status_of(self.weber), self.active)
        self.assertIn("makes a loop", other.failure_ids.message)


@tagged("post_install", "-at_install")
class TestRightsOfRules(ActionCase):
    """Rules run for every user, and give no user a right."""

    def test_an_accountant_posts_and_the_rules_and_their_actions_work(self):
        accountant = self.new_accountant()
        self.new_action(code="records.write({'city': 'Vevey'})")
        self.assertFalse(self.as_user(self.weber, accountant).has_access("write"))
        self.as_user(self.draft(self.weber), accountant).action_post()
        self.assertEqual(self.status_of(self.weber), self.active)
        self.assertEqual(self.weber.city, "Vevey")
        self.assertEqual(self.by_rule(self.weber).user_id, accountant)

    def test_the_accountant_gains_no_other_right(self):
        accountant = self.new_accountant()
        action = self.new_action(code="records.write({'city': 'Vevey'})")
        weber = self.as_user(self.weber, accountant)
        self.as_user(self.draft(self.weber), accountant).action_post()
        for forbidden in (
            lambda: weber.write({"client_status_id": self.vip.id}),
            lambda: weber.write({"city": "Bulle"}),
            lambda: self.as_user(self.rule, accountant).write({"active": False}),
            lambda: self.as_user(self.rule, accountant).action_try(),
            lambda: self.as_user(action, accountant).read(["code"]),
            lambda: (
                self.as_user(action, accountant)
                .with_context(active_model="res.partner", active_id=self.weber.id)
                .run()
            ),
        ):
            with self.assertRaises(AccessError):
                forbidden()

    def test_who_configures_the_client_file_makes_no_server_action(self):
        manager = self.new_manager()
        rule = self.as_user(self.rule, manager)
        values = {"name": "Own", "model_id": 1, "state": "code", "code": "pass"}
        with self.assertRaises(AccessError):
            rule.write({"action_server_ids": [Command.create(values)]})
        with self.assertRaises(AccessError):
            self.as_user(self.env["client.status.rule"], manager).create(
                {
                    "name": "Own",
                    "to_status_id": self.vip.id,
                    "action_server_ids": [Command.create(values)],
                }
            )
        self.assertNotIn("action_server_ids", rule.fields_get())
        self.form(rule, "client_segmentation.client_status_rule_action").save()

    def test_a_manager_does_not_change_which_clients_the_actions_run_for(self):
        self.new_action(code="pass")
        rule = self.as_user(self.rule, self.new_manager())
        for values in (
            {"trigger": "payment_received"},
            {"filter_domain": "[('city', '=', 'Vevey')]"},
            {"from_status_ids": [Command.clear()]},
            {"to_status_id": self.vip.id},
            {"company_id": self.company.id},
        ):
            with self.assertRefused(AccessError, "only an administrator"):
                rule.write(values)
        rule.write({"active": False, "name": "Greeting", "sequence": 3})
        self.assertFalse(rule.active)

    def test_a_rule_without_actions_is_the_managers_to_change(self):
        rule = self.as_user(self.rule, self.new_manager())
        rule.write({"filter_domain": "[('city', '=', 'Vevey')]"})
        self.assertTrue(rule.filter_domain)

    def test_a_filter_asks_nothing_that_its_author_may_not_read(self):
        rule = self.as_user(self.rule, self.new_manager())
        for secret in ("user_ids.totp_secret", "signup_type", "user_ids.password"):
            domain = f"[('{secret}', '!=', False)]"
            with self.subTest(secret=secret):
                with self.assertRaises(UserError):  # of which both kinds are
                    rule.write({"filter_domain": domain})

    def test_failures_are_written_by_the_addon_only(self):
        failures = self.env["client.status.rule.failure"]
        failures._log(self.rule, "No", self.weber.ids, self.company)
        failure = self.rule.failure_ids
        manager = self.new_manager()
        with self.assertRaises(AccessError):
            self.as_user(failure, manager).write({"message": "Yes"})
        with self.assertRaises(AccessError):
            self.as_user(self.rule, self.new_client_user()).action_forget_failures()
        self.as_user(self.rule, manager).action_forget_failures()
        self.assertFalse(self.rule.failure_ids)
