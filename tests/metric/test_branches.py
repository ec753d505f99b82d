"""A company counts its branches: documents, payments and meetings of a branch are in
the figures of the companies above it, and a branch has figures of its own.
"""

from contextlib import contextmanager

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..branch_case import BranchCase


@tagged("post_install", "-at_install")
class TestBranches(BranchCase):
    def revenue(self, company, client=None):
        row = self.table(company).get((client or self.client).id)
        return row and row["revenue"]

    def test_a_company_has_the_revenue_of_all_its_branches(self):
        self.bill(self.client, 100)
        self.bill(self.client, 20, company=self.lausanne)
        self.bill(self.client, 3, company=self.kiosk)
        self.bill(self.client, 5000, company=self.other_company)
        self.drain()
        self.assertEqual(self.revenue(self.company), 123)
        self.assertEqual(self.revenue(self.lausanne), 23)
        self.assertEqual(self.revenue(self.kiosk), 3)
        self.assertEqual(self.revenue(self.other_company), 5000)

    def test_the_night_finds_the_same_as_the_queue(self):
        self.bill(self.client, 20, company=self.lausanne, ago=40)
        self.bill(self.client, 3, company=self.kiosk)
        self.drain()
        for company in (self.company, self.lausanne, self.kiosk):
            self.assertEqual(self.Metric._refresh(company)["written"], 0, company.name)
            self.assertFalse(self.Metric.verify(company))

    def test_two_branches_are_sisters(self):
        geneva = self.open_branch(self.company, "Geneva")
        self.bill(self.client, 20, company=self.lausanne)
        self.bill(self.client, 7, company=geneva)
        self.drain()
        self.assertEqual(self.revenue(self.company), 27)
        self.assertEqual(self.revenue(self.lausanne), 20)
        self.assertEqual(self.revenue(geneva), 7)

    def test_ranks_of_a_company_are_over_its_branches(self):
        meyer = self.new_client("Meyer Metallbau")
        self.bill(self.client, 100)
        self.bill(meyer, 90)
        self.bill(meyer, 20, company=self.lausanne)
        self.drain()
        table = self.table(self.company)
        self.assertEqual(table[meyer.id]["revenue_rank"], 1)
        self.assertEqual(table[self.client.id]["revenue_rank"], 2)
        self.assertEqual(self.table(self.lausanne)[meyer.id]["revenue_rank"], 1)
        self.assertNotIn(self.client.id, self.table(self.lausanne))

    def test_the_same_client_is_right_in_the_list_of_each_company(self):
        self.bill(self.client, 100)
        self.bill(self.client, 20, company=self.lausanne)
        self.drain()
        above = self.seen_in(self.client, self.company, self.lausanne)
        below = self.seen_in(self.client, self.lausanne, self.company)
        self.assertEqual((above.client_revenue, below.client_revenue), (120, 20))
        for company, wanted in ((self.company, 120), (self.lausanne, 20)):
            found = self.seen_in(self.Partner, company).search(
                [("client_revenue", "=", wanted), ("id", "=", self.client.id)]
            )
            self.assertEqual(found, self.client)

    def test_what_the_branch_is_owed_is_what_odoo_says(self):
        in_30_days = {"invoice_payment_term_id": self.in_30_days.id}
        self.bill(self.client, 900, ago=60, company=self.lausanne, **in_30_days)
        self.bill(self.client, 100, ago=50)
        self.drain()
        groups = "account.group_account_invoice,account.group_account_readonly"
        groups += ",client_segmentation.group_client_revenue"
        user = self.member_of("boss", groups, self.company, self.lausanne)
        own = self.client.with_user(user)
        above = self.seen_in(own, self.company, self.lausanne)
        self.assertEqual((above.client_overdue, above.client_revenue), (1000, 1000))
        self.assertEqual((above.credit, above.total_invoiced), (1000, 1000))
        above.invalidate_recordset()  # Odoo has one value for all companies
        below = self.seen_in(own, self.lausanne)
        self.assertEqual((below.client_overdue, below.client_revenue), (900, 900))
        self.assertEqual(below.total_invoiced, 900)

    def test_a_payment_in_a_branch_is_news_for_the_company(self):
        invoice = self.bill(self.client, 900, ago=60, company=self.lausanne)
        self.drain()
        self.pay(invoice, ago=50)
        self.drain()
        for company in (self.company, self.lausanne):
            row = self.table(company)[self.client.id]
            self.assertEqual((row["overdue"], row["days_to_pay"]), (0, 10))

    def test_a_cancelled_invoice_of_a_branch_leaves_the_company(self):
        invoice = self.bill(self.client, 900, company=self.kiosk)
        self.drain()
        invoice.button_cancel()
        self.drain()
        for company in (self.company, self.lausanne, self.kiosk):
            self.assertNotIn(self.client.id, self.table(company))

    def test_a_meeting_of_a_branch_is_a_meeting_of_the_company(self):
        user = self.new_user("branch_seller", "base.group_user", self.kiosk)
        self.meet(self.client, ago=3, user=user)
        self.drain()
        for company in (self.company, self.lausanne, self.kiosk):
            row = self.table(company)[self.client.id]
            self.assertEqual(row["last_meeting_date"], self.days_ago(3))
        self.assertNotIn(self.client.id, self.table(self.other_company))

    def test_the_end_of_a_meeting_of_a_branch_queues_the_company(self):
        user = self.new_user("branch_seller", "base.group_user", self.kiosk)
        self.meet(self.client, ago=3, user=user)
        self.Queue.search([]).unlink()
        self.Queue._add_meetings()
        queued = self.Queue.search([("partner_id", "=", self.client.id)])
        wanted = {self.company.id, self.lausanne.id, self.kiosk.id}
        self.assertEqual(set(queued.mapped("company_id")), wanted)
        self.drain()
        self.Queue._add_meetings()
        self.assertFalse(self.Queue.search([("partner_id", "=", self.client.id)]))

    def test_a_meeting_ends_on_the_day_of_the_company_that_counts_it(self):
        """In a branch in another time zone, it may be the next day already."""
        self.company.partner_id.tz = "Europe/Zurich"
        self.kiosk.partner_id.tz = "Pacific/Auckland"
        user = self.new_user("branch_seller", "base.group_user", self.kiosk)
        event = self.meet(self.client, ago=3, user=user)
        event.write({"start": event.start.replace(hour=18), "duration": 1})
        self.Queue._add_meetings()
        self.drain()
        days = [
            self.table(company)[self.client.id]["last_meeting_date"]
            for company in (self.company, self.kiosk)
        ]
        self.assertEqual(days, [self.days_ago(3), self.days_ago(2)])
        self.Queue._add_meetings()
        self.assertFalse(self.Queue.search([("partner_id", "=", self.client.id)]))

    def test_news_of_a_branch_are_news_of_the_company(self):
        self.bill(self.client, 100, company=self.lausanne, ago=3)
        self.drain()
        for company in (self.company, self.lausanne):
            metric = self.Metric.search(
                [("company_id", "=", company.id), ("partner_id", "=", self.client.id)]
            )
            self.assertEqual(metric.business_date, self.days_ago(3))

    def test_a_posting_in_a_branch_takes_as_many_queries_for_the_queue(self):
        """One statement, whatever the number of companies above it."""

        def queries(company):
            with contextmanager(self._patchExecute)([]) as found:
                self.Queue._add([(self.client.id, company.id)])
            return len(found)

        queries(self.kiosk)  # fills the caches
        self.assertEqual((queries(self.company), queries(self.kiosk)), (1, 1))

    def test_an_archived_branch_counts_as_in_what_odoo_says_the_client_owes(self):
        self.bill(self.client, 900, ago=60, company=self.kiosk)
        self.kiosk.active = False
        self.Metric._refresh(self.company)
        self.assertEqual(self.revenue(self.company), 900)
        self.assertEqual(self.seen_in(self.client, self.company).credit, 900)

    def test_each_company_has_its_own_limits(self):
        self.lausanne.write({"client_window_months": 1})
        self.bill(self.client, 100, company=self.lausanne, ago=90)
        self.drain()
        self.assertEqual(self.revenue(self.company), 100)
        self.assertEqual(self.revenue(self.lausanne), 0)

    def test_each_company_decides_classes_of_its_own(self):
        self.bill(self.client, 100, company=self.lausanne)
        self.drain()
        self.seen_in(self.client, self.company)._decide_client_class(
            "engagement", "lost", "Moved abroad"
        )
        self.drain()
        classes = {
            company: self.table(company)[self.client.id]["engagement"]
            for company in (self.company, self.lausanne)
        }
        self.assertEqual(classes, {self.company: "lost", self.lausanne: "active"})

    def test_a_company_stays_where_it_is(self):
        """So that figures never have to be counted for another company."""
        with self.assertRefused(UserError, "hierarchy"):
            self.kiosk.parent_id = self.company

    def test_a_branch_that_opens_later(self):
        self.bill(self.client, 100)
        self.drain()
        geneva = self.open_branch(self.company, "Geneva")
        self.bill(self.client, 7, company=geneva)
        self.drain()
        self.assertEqual(self.revenue(self.company), 107)

    def test_the_documents_behind_the_revenue_are_those_of_the_branches(self):
        invoices = self.bill(self.client, 100)
        invoices |= self.bill(self.client, 20, company=self.lausanne)
        both = self.seen_in(self.client, self.company, self.lausanne)
        action = both.action_open_client_revenue()
        self.assertEqual(action["res_model"], "account.move")
        self.assertEqual(self.env["account.move"].search(action["domain"]), invoices)

        # Who does not work in the branch may not open its invoices.
        action = self.seen_in(self.client, self.company).action_open_client_revenue()
        self.assertEqual(action["res_model"], "client.revenue.report")
        rows = self.report(action["res_model"], self.company).search(action["domain"])
        self.assertEqual(sum(rows.mapped("revenue")), 120)

    def test_an_update_brings_the_clients_of_branches_to_the_company(self):
        self.bill(self.client, 20, company=self.lausanne, ago=30)
        meyer = self.new_client("Meyer Metallbau")
        self.bill(meyer, 3000, ago=30)
        self.drain()
        self.Metric.search(
            [("company_id", "=", self.company.id), ("partner_id", "=", self.client.id)]
        ).unlink()
        self.company.client_automation = True
        self.migrate("figures")
        self.assertFalse(self.Metric.verify(self.company), "all clients wait")
        self.drain()
        self.assertEqual(self.revenue(self.company), 20)
        self.assertFalse(self.Metric.verify(self.company))
        self.assertEqual(self.status_of(self.client), self.active)
        self.assertEqual(self.status_of(meyer), self.prospect, "known before")
