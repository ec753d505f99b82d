"""What happens in a branch also happens in the companies above it. Each company has
its rules and decides the status of its clients itself.
"""

from contextlib import contextmanager

from odoo.tests import tagged

from ..branch_case import BranchCase


@tagged("post_install", "-at_install")
class TestRuleBranches(BranchCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        (cls.company | cls.lausanne | cls.kiosk).client_automation = True
        cls.env["client.status.rule"].search([]).active = False

    def rule(self, trigger, target, **values):
        return self.env["client.status.rule"].create(
            {"name": trigger, "trigger": trigger, "to_status_id": target.id, **values}
        )

    def tried(self, rule, company):
        """:return: the dialog *Try It* in a company"""
        action = rule.with_context(allowed_company_ids=company.ids).action_try()
        return self.env["client.status.rule.try"].browse(action["res_id"])

    def statuses(self):
        companies = self.company, self.lausanne, self.kiosk
        return [self.status_of(self.client, company) for company in companies]

    def test_the_first_invoice_of_a_branch_makes_the_client_active_above(self):
        self.rule("invoice_posted", self.active)
        invoice = self.bill(self.client, 100, company=self.lausanne)
        self.assertEqual(self.statuses(), [self.active, self.active, self.prospect])
        lines = self.history(self.client, "client_status_id")
        self.assertEqual(lines.company_id, self.company | self.lausanne)
        self.assertEqual(set(lines.mapped("res_id")), {invoice.id})

    def test_a_rule_of_the_company_is_for_the_status_in_this_company(self):
        self.rule("invoice_posted", self.active, company_id=self.company.id)
        self.bill(self.client, 100, company=self.kiosk)
        self.assertEqual(self.statuses(), [self.active, self.prospect, self.prospect])

    def test_a_rule_of_the_branch_leaves_the_company_alone(self):
        self.rule("invoice_posted", self.active, company_id=self.kiosk.id)
        self.bill(self.client, 100, company=self.kiosk)
        self.assertEqual(self.statuses(), [self.prospect, self.prospect, self.active])

    def test_automation_is_switched_off_for_each_company_alone(self):
        self.company.client_automation = False
        self.rule("invoice_posted", self.active)
        self.bill(self.client, 100, company=self.kiosk)
        self.assertEqual(self.statuses(), [self.prospect, self.active, self.active])

    def test_a_payment_in_a_branch(self):
        self.rule("payment_received", self.vip)
        invoice = self.bill(self.client, 100, company=self.lausanne)
        self.pay(invoice)
        self.assertEqual(self.statuses(), [self.vip, self.vip, self.prospect])

    def test_try_it_finds_the_payments_of_a_branch(self):
        rule = self.rule("payment_received", self.vip, active=False)
        self.pay(self.bill(self.client, 100, company=self.lausanne))
        self.assertEqual(
            self.tried(rule, self.company).line_ids.partner_id, self.client
        )
        self.assertFalse(self.tried(rule, self.kiosk).line_ids)

    def test_a_meeting_in_a_branch(self):
        self.rule("meeting_held", self.active).starts_at = "2000-01-01"
        user = self.new_user("branch_seller", "base.group_user", self.kiosk)
        self.meet(self.client, ago=3, user=user)
        self.drain()
        self.assertEqual(self.statuses(), [self.active] * 3)

    def test_a_class_of_the_company_is_an_event_of_the_company(self):
        self.rule("became_vip", self.vip)
        big = self.new_client("Meyer Metallbau")
        self.bill(big, 10000)
        self.bill(self.client, 100, company=self.lausanne)
        self.drain()
        self.assertEqual(self.statuses(), [self.prospect, self.vip, self.prospect])

    def test_a_client_is_inactive_where_it_has_no_business(self):
        rule = self.rule("inactive", self.inactive, months=6)
        rule.starts_at = "2000-01-01"
        self.bill(self.client, 100, ago=300)
        self.bill(self.client, 100, ago=300, company=self.kiosk)
        self.bill(self.client, 100, ago=5, company=self.lausanne)
        self.drain()
        for company in (self.company, self.lausanne, self.kiosk):
            self.Metric._refresh_and_run_rules(company)
        self.assertEqual(self.statuses(), [self.prospect, self.prospect, self.inactive])

    def test_try_it_in_the_company_finds_the_business_of_its_branches(self):
        rule = self.rule("invoice_posted", self.active, active=False)
        invoice = self.bill(self.client, 100, company=self.kiosk)
        tried = self.tried(rule, self.company)
        self.assertEqual(tried.line_ids.partner_id, self.client)
        self.assertEqual(tried.line_ids.res_id, invoice.id)
        self.assertEqual(self.tried(rule, self.other_company).count, 0)

    def test_a_posting_reads_the_statuses_of_all_companies_at_once(self):
        """A client that is active everywhere needs no query of the rules."""
        self.rule("invoice_posted", self.active, from_status_ids=self.prospect.ids)
        self.bill(self.client, 100, company=self.kiosk)

        def queries(company):
            draft = self.draft(self.client, company=company)
            self.env.flush_all()
            with contextmanager(self._patchExecute)([]) as found:
                draft.action_post()
                self.env.flush_all()
            return [query for query in found if "client_" in query]

        for company in (self.company, self.kiosk):  # fills the caches
            queries(company)
        self.assertEqual(len(queries(self.company)), len(queries(self.kiosk)))
