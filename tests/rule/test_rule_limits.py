"""Filters, loops, rules that cannot be evaluated, and what all of it costs."""

from contextlib import contextmanager

from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools import SQL

from ...models.metric.client_metric_queue import CALLED
from .rule_case import LOGGER, RuleCase


@tagged("post_install", "-at_install")
class TestRuleFilter(RuleCase):
    """A rule may be for some clients only."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rule = cls.rules["invoice_posted"]
        cls.rule.active = True
        cls.weber = cls.new_client(city="Vevey")
        cls.meyer = cls.new_client("Meyer Metallbau", city="Bulle")

    def test_only_these_clients_change(self):
        self.rule.filter_domain = "[('city', '=', 'Vevey')]"
        self.drafts(self.weber, self.meyer, 2).action_post()
        self.assertEqual(self.status_of(self.weber), self.active)
        self.assertEqual(self.status_of(self.meyer), self.prospect)

    def test_a_city_that_was_given_a_moment_ago_counts(self):
        self.rule.filter_domain = "[('city', '=', 'Vevey')]"
        self.meyer.city = "Vevey"  # in memory only, so far
        self.bill(self.meyer)
        self.assertEqual(self.status_of(self.meyer), self.active)

    def test_a_figure_of_the_company_counts_there(self):
        self.bill(self.weber, 5000, company=self.other_company)
        self.drain()
        self.weber.with_company(self.other_company).client_status_id = self.prospect
        self.rule.filter_domain = "[('client_revenue', '>=', 5000)]"
        self.bill(self.weber)
        self.assertEqual(self.status_of(self.weber), self.prospect)
        self.bill(self.weber, company=self.other_company)
        self.assertEqual(self.status_of(self.weber, self.other_company), self.active)

    def test_a_filter_that_is_not_valid_is_refused_with_the_reason(self):
        for wrong in ("[('no_such_field', '=', 1)]", "[('city'", "city", "[1]"):
            with (
                self.subTest(wrong=wrong),
                self.assertRefused(ValidationError, "Choose its conditions again"),
            ):
                self.rule.filter_domain = wrong

    def test_a_filter_that_has_gone_bad_is_reported_and_posting_goes_on(self):
        # A field that has been removed since then: no code checks the filter again.
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "UPDATE client_status_rule SET filter_domain = %s WHERE id = %s",
                "[('x_removed', '=', 'yes')]",
                self.rule.id,
            )
        )
        self.env.invalidate_all()
        self.env.registry.clear_cache("stable")
        second = self.env["client.status.rule"].create(
            {"name": "Second", "to_status_id": self.vip.id, "sequence": 99}
        )
        with self.assertLogs(LOGGER, "ERROR"):
            invoice = self.bill(self.weber)
        self.assertEqual(invoice.state, "posted")
        self.assertEqual(self.by_rule(self.weber).rule_id, second)
        self.assertIn("x_removed", self.rule.failure_ids.message)
        self.assertEqual(self.rule.failure_count, 1)

    def test_the_months_are_months(self):
        for months in (0, -1, 121):
            with self.assertRefused(ValidationError, "1 to 120 months"):
                self.rules["inactive"].months = months


@tagged("post_install", "-at_install")
class TestRuleLoops(RuleCase):
    """Chains of rules end, and a loop is reported."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.weber = cls.new_client()

    def rule(self, name, source, target, **values):
        return self.env["client.status.rule"].create(
            {
                "name": name,
                "from_status_ids": [Command.set(source.ids)],
                "to_status_id": target.id,
                **values,
            }
        )

    def test_rules_run_one_after_the_other(self):
        self.rule("One", self.prospect, self.active, sequence=1)
        self.rule("Two", self.active, self.vip, sequence=2)
        self.bill(self.weber)
        self.assertEqual(self.status_of(self.weber), self.vip)
        self.assertEqual(
            self.by_rule(self.weber).mapped("new_label"), ["Active", "VIP"]
        )

    def test_from_a_to_b_and_back_is_cut_with_a_message(self):
        there = self.rule("There", self.prospect, self.active, sequence=1)
        back = self.rule("Back", self.active, self.prospect, sequence=2)
        self.bill(self.weber)
        self.assertEqual(self.status_of(self.weber), self.active)
        self.assertEqual(self.by_rule(self.weber).rule_id, there)
        self.assertFalse(there.failure_ids)
        failure = back.failure_ids
        self.assertIn("makes a loop", failure.message)
        self.assertIn("Prospect", failure.message)
        self.assertEqual(failure.partner_ids, self.weber)

    def test_two_rules_of_the_night_do_not_take_a_client_to_and_fro(self):
        common = {"trigger": "inactive", "starts_at": "2000-01-01"}
        self.rule("Asleep", self.active, self.inactive, sequence=1, **common)
        self.rule("Awake", self.inactive, self.active, sequence=2, months=6, **common)
        client = self.client_with(self.active, "Silent", ago=500)
        self.env["client.status.rule"].search([]).write({"starts_at": "2000-01-01"})
        for _night in range(5):
            self.wait(days=1)
            self.night()
        self.assertEqual(
            self.by_rule(client).mapped("rule_id.name"), ["Asleep", "Awake"]
        )


@tagged("post_install", "-at_install")
class TestRuleCost(RuleCase):
    """What the rules cost a posting."""

    def queries(self, count, kind, on):
        """:return: the queries of posting `count` invoices, one per client"""
        self.all_rules.active = False
        status = self.prospect if kind == "new" else self.active
        clients = self.Partner.create(
            [{"name": f"{kind} {i}", "is_company": True} for i in range(count)]
        )
        if kind != "new":
            clients.client_status_id = status
        drafts = self.drafts(*clients, count)
        if on:
            self.switch_on(*self.rules)
        called = self.env.cr.precommit.data
        called.pop(CALLED, None)
        self.bill(self.new_client("Warm"))  # fills the caches of the server
        self.env.flush_all()
        self.env.invalidate_all()  # and not those of the transaction
        called.pop(CALLED, None)
        with contextmanager(self._patchExecute)([]) as queries:
            drafts.action_post()
            self.env.flush_all()
        expected = self.active if on or kind != "new" else self.prospect
        self.assertEqual(set(map(self.status_of, clients)), {expected})
        return queries

    def test_all_seven_rules_cost_three_queries_a_batch_and_no_more(self):
        self.queries(20, "known", on=False)  # the numbering looks at older documents
        for kind in ("new", "known"):
            with self.subTest(clients=kind):
                off = self.queries(20, kind, on=False)
                on = self.queries(20, kind, on=True)
                self.assertLessEqual(len(on) - len(off), 3)

    def test_the_size_of_the_batch_does_not_matter(self):
        def queries_of_rules(count):
            # Without those of Odoo, which reads the documents once more in some runs.
            queries = self.queries(count, "new", on=True)
            return [query for query in queries if "client_" in query]

        self.queries(5, "new", on=False)
        few, many = queries_of_rules(5), queries_of_rules(40)
        self.assertTrue(few)
        self.assertEqual(len(few), len(many))


@tagged("post_install", "-at_install")
class TestRuleWithoutFigures(RuleCase):
    """A client without documents has no figures, so it is not a VIP by revenue."""

    def setUp(self):
        super().setUp()
        self.switch_on("left_vip")
        self.client = self.client_with(self.vip, ago=30)
        self.assertEqual(self.client.client_revenue_class, "vip")
        invoices = [("commercial_partner_id", "=", self.client.id)]
        self.env["account.move"].search(invoices).button_draft()

    def assert_no_vip(self):
        self.env.invalidate_all()
        rows = [("partner_id", "=", self.client.id)]
        self.assertFalse(self.Metric.search_count(rows))
        self.assertEqual(self.status_of(self.client), self.active)
        self.assertEqual(len(self.by_rule(self.client)), 1)

    def test_the_last_invoice_goes_back_to_draft(self):
        self.drain()
        self.assert_no_vip()

    def test_the_night_sees_it_as_well(self):
        self.env.flush_all()
        self.env.cr.execute("DELETE FROM client_metric_queue")
        self.night()
        self.assert_no_vip()
