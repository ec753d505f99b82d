from unittest.mock import patch

import psycopg2

from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import tagged

from ...models.rule.runner import RuleRunner
from ..common import InvoicingCase
from .rule_case import LOGGER


@tagged("post_install", "-at_install")
class TestRuleSwitches(InvoicingCase):
    """Rules are switched on and off: one by one, by company, and for one client."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rule = cls._ours("client_status_rule_first_invoice")
        cls.weber = cls.new_client()

    def new_rule(self, name, to_status, **values):
        return self.env["client.status.rule"].create(
            {"name": name, "to_status_id": to_status.id, **values}
        )

    def test_a_rule_that_is_switched_off_changes_nothing(self):
        self.rule.active = False
        self.invoice(self.weber)
        self.assertEqual(self.status_of(self.weber), self.prospect)

    def test_a_rule_that_is_switched_on_again_works_at_once(self):
        self.rule.active = False
        self.invoice(self.weber)
        self.rule.active = True
        self.invoice(self.weber)
        self.assertEqual(self.status_of(self.weber), self.active)

    def test_the_master_switch_stops_all_rules_of_its_company_only(self):
        self.company.client_automation = False
        self.invoice(self.weber)
        self.invoice(self.weber, company=self.other_company)
        self.assertEqual(self.status_of(self.weber), self.prospect)
        self.assertEqual(self.status_of(self.weber, self.other_company), self.active)

    def test_a_pinned_client_keeps_its_status(self):
        self.weber.action_toggle_client_status_pin()
        self.invoice(self.weber)
        self.assertEqual(self.status_of(self.weber), self.prospect)
        self.assertEqual(self.weber.client_type_id, self.type_prospect)

    def test_a_client_that_is_unpinned_follows_the_rules_again(self):
        self.weber.action_toggle_client_status_pin()
        self.weber.action_toggle_client_status_pin()
        self.invoice(self.weber)
        self.assertEqual(self.status_of(self.weber), self.active)

    def test_a_client_is_pinned_in_one_company_only(self):
        self.weber.action_toggle_client_status_pin()
        self.invoice(self.weber, company=self.other_company)
        self.assertEqual(self.status_of(self.weber, self.other_company), self.active)

    def test_a_contact_pins_its_client(self):
        self.new_contact(self.weber).action_toggle_client_status_pin()
        self.assertTrue(self.weber.client_status_pinned)

    def test_a_rule_of_another_company_is_not_for_us(self):
        self.rule.company_id = self.other_company
        self.invoice(self.weber)
        self.assertEqual(self.status_of(self.weber), self.prospect)
        self.invoice(self.weber, company=self.other_company)
        self.assertEqual(self.status_of(self.weber, self.other_company), self.active)

    def test_a_rule_without_from_takes_every_client(self):
        self.rule.active = False
        self.new_rule("Whoever buys is VIP", self.vip)
        self.weber.client_status_id = self.inactive
        self.invoice(self.weber)
        self.assertEqual(self.status_of(self.weber), self.vip)

    def test_a_rule_takes_only_the_statuses_it_starts_from(self):
        self.weber.client_status_id = self.inactive
        self.invoice(self.weber)
        self.assertEqual(self.status_of(self.weber), self.inactive)

    def test_a_rule_cannot_end_where_it_starts(self):
        with self.assertRefused(ValidationError, "changes “Prospect” into itself"):
            self.new_rule(
                "Nothing happens",
                self.prospect,
                from_status_ids=[Command.link(self.prospect.id)],
            )

    def test_a_rule_changes_the_type_from_one_to_another_or_not_at_all(self):
        for field in ("from_type_id", "to_type_id"):
            with self.assertRefused(ValidationError, "or neither"):
                self.new_rule("Half", self.vip, **{field: self.type_client.id})

    def test_a_rule_counts_and_opens_the_changes_it_made(self):
        other = self.new_client("Other")
        self.invoice(other)
        self.invoice(self.weber)
        changes = self.Change.search(self.rule.action_open_changes()["domain"])
        self.assertLessEqual({other, self.weber}, set(changes.partner_id))
        self.rule.invalidate_recordset()
        self.assertEqual(self.rule.change_count, len(changes))


@tagged("post_install", "-at_install")
class TestRuleThatFails(InvoicingCase):
    """Whatever happens to a rule, the invoice is posted."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rule = cls._ours("client_status_rule_first_invoice")
        # People make filters, so a filter can be wrong.
        cls.rule.filter_domain = "[('name', '!=', False)]"
        cls.weber = cls.new_client()

    def _failing(self, rule, failure):
        """`rule` fails from now on, and the other rules work."""
        set_status = RuleRunner.set_status

        def fail(runner, spec, *args):
            if spec.id == rule.id:
                failure()
            return set_status(runner, spec, *args)

        return patch.object(RuleRunner, "set_status", fail)

    def _wrong_argument(self):
        raise ValueError("this rule is broken")

    def _wrong_query(self):
        self.env.cr.execute("UPDATE res_partner SET city = 'half done'")
        self.env.cr.execute("SELECT 1 / 0")

    def _too_late(self):
        raise psycopg2.errors.SerializationFailure()

    def test_the_invoice_is_posted_and_the_failure_logged(self):
        with (
            self._failing(self.rule, self._wrong_argument),
            self.assertLogs(LOGGER, "ERROR") as logs,
        ):
            invoice = self.invoice(self.weber)
        self.assertEqual(invoice.state, "posted")
        self.assertEqual(self.status_of(self.weber), self.prospect)
        self.assertIn("First invoice posted", logs.output[0])

    def test_what_a_failing_rule_had_written_is_undone(self):
        self.weber.city = "Vevey"
        with (
            self._failing(self.rule, self._wrong_query),
            self.assertLogs("odoo", "ERROR"),
        ):
            invoice = self.invoice(self.weber)
        self.env.invalidate_all()
        self.assertEqual(invoice.state, "posted")
        self.assertEqual(self.weber.city, "Vevey")

    def test_the_rules_after_it_still_run(self):
        second = self.env["client.status.rule"].create(
            {"name": "Second", "sequence": 99, "to_status_id": self.vip.id}
        )
        with (
            self._failing(self.rule, self._wrong_query),
            self.assertLogs("odoo", "ERROR"),
        ):
            self.invoice(self.weber)
        self.assertEqual(self.status_of(self.weber), self.vip)
        line = self.history(self.weber, "client_status_id")
        self.assertEqual(line.rule_id, second)

    def test_a_conflict_with_another_transaction_makes_odoo_try_again(self):
        invoice = self.draft(self.weber)
        with (
            self._failing(self.rule, self._too_late),
            self.assertRaises(psycopg2.OperationalError),
        ):
            invoice.action_post()
