"""The catalogue of triggers, and what an addon gets that declares one more."""

from datetime import datetime
from unittest.mock import patch

from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import SQL

from ...engine.rules.declaration import Trigger
from ...engine.rules.triggers import class_trigger
from .rule_case import RuleCase


def three_credit_notes(scope):
    """Clients with three credit notes; the last one is the document."""
    return SQL(
        """
        SELECT commercial_partner_id AS client_id, MAX(id) AS document_id,
               MAX(invoice_date)::timestamp AS happened,
               MAX(invoice_date)::timestamp AS last_business
          FROM account_move
         WHERE move_type = 'out_refund' AND state = 'posted'
           AND company_id = %s AND %s
      GROUP BY commercial_partner_id
        HAVING COUNT(*) >= 3
        """,
        scope.company.id,
        scope.includes(SQL("commercial_partner_id")),
    )


class TriggerCase(RuleCase):
    """An addon has declared triggers: their options, and how they work."""

    declared = {}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Rule = cls.env["client.status.rule"]
        catalogue = {**cls.Rule._triggers(), **cls.declared}
        field = cls.Rule._fields["trigger"]
        options = [*field.selection, *((name, name) for name in cls.declared)]
        labels = dict(options)
        for patched in (
            patch.object(type(cls.Rule), "_triggers", lambda self: catalogue),
            patch.object(field, "selection", options),
            patch.object(field, "_selection", labels),
        ):
            cls.startClassPatcher(patched)
        cls.env.registry.clear_cache("stable")
        cls.addClassCleanup(cls.env.registry.clear_cache, "stable")

    @classmethod
    def new_rule(cls, trigger, **values):
        """:return: a rule to VIP that has been on for long"""
        rule = cls.Rule.create(
            {
                "name": trigger,
                "trigger": trigger,
                "to_status_id": cls.vip.id,
                **values,
            }
        )
        rule.starts_at = datetime(2000, 1, 1)
        return rule


@tagged("post_install", "-at_install")
class TestCatalogue(RuleCase):
    def test_each_option_has_one_declaration(self):
        Rule = self.env["client.status.rule"]
        options = Rule._fields["trigger"].get_values(self.env)
        self.assertEqual(set(options), set(Rule._trigger_catalogue()))

    def test_try_it_says_that_the_addon_of_a_trigger_is_missing(self):
        rule = self.rules["inactive"]
        self.env.cr.execute(
            SQL(
                "UPDATE client_status_rule SET trigger = 'removed' WHERE id = %s",
                rule.id,
            )
        )
        self.env.invalidate_all()
        self.assertFalse(rule.needs_months)
        with self.assertRefused(UserError, "not known"):
            rule.with_user(self.new_manager()).action_try()

    def test_the_catalogue_is_made_once(self):
        Rule = self.env["client.status.rule"]
        self.assertIs(Rule._trigger_catalogue(), Rule.sudo()._trigger_catalogue())


@tagged("post_install", "-at_install")
class TestAddedTrigger(TriggerCase):
    """A trigger over any table, such as the documents."""

    declared = {
        "three_credit_notes": Trigger(three_credit_notes, needs_months=True),
    }

    def setUp(self):
        super().setUp()
        self.rule = self.new_rule("three_credit_notes")
        self.client = self.client_with(self.prospect)

    def credit(self, count, client=None, **values):
        """:return: the last one of `count` new credit notes"""
        for _ in range(count):
            last = self.bill(client or self.client, move_type="out_refund", **values)
        return last

    def test_its_rules_run_after_a_refresh(self):
        self.credit(2)
        self.drain()
        self.assertEqual(self.status_of(self.client), self.prospect)
        last = self.credit(1)
        self.assertEqual(self.status_of(self.client), self.prospect, "not at once")
        self.drain()
        self.assertEqual(self.status_of(self.client), self.vip)
        line = self.by_rule(self.client)
        self.assertEqual((line.rule_id, line.document_name), (self.rule, last.name))

    def test_its_rules_run_at_night(self):
        self.credit(3)
        self.env["client.metric.queue"].sudo().search([]).unlink()
        self.night()
        self.assertEqual(self.status_of(self.client), self.vip)

    def test_a_rule_ignores_what_happened_before_it_was_switched_on(self):
        self.rule.active = False
        self.rule.active = True
        self.credit(3, ago=1)
        self.night()
        self.assertEqual(self.status_of(self.client), self.prospect)

    def test_a_rule_answers_an_occasion_once(self):
        self.credit(3)
        self.drain()
        self.assertEqual(self.status_of(self.client), self.vip)
        self.wait()
        self.client.client_status_id = self.prospect
        self.wait()
        self.night()
        self.assertEqual(self.status_of(self.client), self.prospect)

    def test_try_it_shows_its_clients_and_changes_them(self):
        self.rule.active = False
        last = self.credit(3, ago=1)
        other = self.client_with(self.prospect, "Other")
        self.credit(2, other)
        self.drain()
        action = self.rule.with_user(self.new_manager()).action_try()
        wizard = self.env[action["res_model"]].browse(action["res_id"])
        self.assertEqual(wizard.line_ids.partner_id, self.client)
        self.assertEqual(wizard.line_ids.document_name, last.name)
        wizard.action_apply()
        self.assertEqual(self.status_of(self.client), self.vip)
        self.assertEqual(self.status_of(other), self.prospect)

    def test_the_form_asks_for_the_months_that_it_needs(self):
        form = Form(self.Rule)
        form.trigger = "invoice_posted"
        self.assertTrue(form._get_modifier("months", "invisible"))
        form.trigger = "three_credit_notes"
        self.assertFalse(form._get_modifier("months", "invisible"))
        with self.assertRefused(ValidationError, "1 to 120 months"):
            self.rule.months = 0


@tagged("post_install", "-at_install")
class TestAddedTriggerOfClass(TriggerCase):
    """A trigger for the clients that enter a class, or leave it."""

    declared = {
        "fell_asleep": class_trigger("engagement", "dormant"),
        "woke_up": class_trigger("engagement", "dormant", entered=False),
    }

    def setUp(self):
        super().setUp()
        self.client = self.client_with(self.active, ago=20)
        self.assertEqual(self.client.client_engagement, "active")

    def test_a_rule_changes_the_clients_that_enter_the_class(self):
        rule = self.new_rule("fell_asleep")
        self.client._decide_client_class("engagement", "dormant", "")
        self.assertEqual(self.by_rule(self.client).rule_id, rule)

    def test_a_rule_leaves_the_clients_that_were_in_the_class_before(self):
        self.client._decide_client_class("engagement", "dormant", "")
        self.new_rule("fell_asleep")
        self.night()
        self.assertFalse(self.by_rule(self.client))

    def test_a_rule_changes_the_clients_that_leave_the_class(self):
        self.client._decide_client_class("engagement", "dormant", "")
        rule = self.new_rule("woke_up")
        self.wait()
        self.client._decide_client_class("engagement", "active", "")
        self.assertEqual(self.by_rule(self.client).rule_id, rule)
