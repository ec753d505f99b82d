from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ..common import InvoicingCase


@tagged("post_install", "-at_install")
class TestMetricPeople(InvoicingCase):
    """What people do around the figures: merge, archive, look, and move things."""

    def rule(self, **values):
        return self.env["client.status.rule"].create(
            {
                "name": "Lead invoiced",
                "to_status_id": self.active.id,
                "trigger": "invoice_posted",
                **values,
            }
        )

    def merge(self, kept, gone):
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((kept | gone).ids, kept)
        self.env["client.metric.queue"]._drain()

    def test_the_journal_keeps_classes_from_who_sees_no_revenue(self):
        client = self.new_client()
        self.invoice(client)
        self.env["client.metric.queue"]._drain()
        client._decide_client_class("payment_class", "slow", False)
        lines = [("partner_id", "=", client.id)]
        of_class = [*lines, ("qualifier", "=", "client_payment_class")]
        seller = self.as_user(self.Change, self.new_client_user())
        self.assertTrue(seller.search(lines), "the status is theirs to see")
        self.assertFalse(seller.search(of_class))
        line = self.as_user(self.Change, self.new_accountant()).search(of_class)
        self.assertEqual(line.new_label, "Slow")
        own = line.with_env(seller.env)
        self.assertFalse(own.has_access("read"))
        for attempt in (lambda: own.read(["new_value"]), own.action_open_document):
            with self.assertRaises(AccessError):
                attempt()

    def test_only_who_sees_revenue_computes_it(self):
        client = self.new_client()
        portal = self.new_portal_user(partner_id=client.id)
        for user in (portal, self.new_client_user()):
            with self.assertRaises(AccessError):
                self.as_user(client, user).action_refresh_client_figures()
        self.as_user(client, self.new_accountant()).action_refresh_client_figures()

    def test_only_who_sees_revenue_sees_the_documents_behind_it(self):
        client = self.as_user(self.new_client(), self.new_client_user())
        with self.assertRaises(AccessError):
            client.action_open_client_revenue()

    def test_why_of_tied_clients_counts_nobody_before_them(self):
        tied = self.Partner.browse()
        for number in range(10):
            tied += self.new_client(f"Tied {number}")
            self.invoice(tied[-1])
        self.env["client.metric.queue"]._drain()
        self.assertEqual(set(tied.mapped("client_revenue_class")), {"vip"})
        action = tied[0].with_context(client_class="revenue_class")
        context = action.action_explain_client_class()["context"]
        wizard = self.env["client.class.wizard"].with_context(**context).create({})
        self.assertRegex(wizard.explanation, r"<b>0\.0</b>")

    def test_a_rule_from_an_archived_status_is_not_for_everybody(self):
        lead = self.env["client.status"].create({"name": "Lead"})
        self.rule(from_status_ids=[Command.set(lead.ids)])
        lead.active = False
        client = self.new_client(client_status_id=self.vip.id)
        self.invoice(client)
        self.assertEqual(self.status_of(client), self.vip)

    def test_a_rule_switched_off_stays_off_whoever_asks(self):
        self.env["client.status.rule"].search([]).active = False
        client = self.new_client()
        self.draft(client).with_context(active_test=False).action_post()
        self.assertEqual(self.status_of(client), self.prospect)

    def test_a_merge_keeps_stars_type_and_decision(self):
        kept, gone = self.new_client("Kept"), self.new_client("Gone")
        gone.client_rating = "4"
        gone.client_type_id = self.type_supplier
        self.invoice(kept)
        self.invoice(gone)
        self.env["client.metric.queue"]._drain()
        gone._decide_client_class("engagement", "lost", "Closed")
        self.merge(kept, gone)
        self.assertEqual(kept.client_rating, "4")
        self.assertEqual(kept.client_revenue, 200)
        self.assertEqual(kept.client_engagement, "lost")
        self.assertEqual(kept.client_engagement_reason, "Closed")
        self.assertEqual(self.env["client.metric"].verify(self.company), {})

    def test_a_merge_prefers_what_the_kept_one_has(self):
        kept, gone = self.new_client("Kept"), self.new_client("Gone")
        kept.client_rating = "2"
        gone.client_rating = "5"
        self.merge(kept, gone)
        self.assertEqual(kept.client_rating, "2")

    def test_a_value_in_use_stays_with_its_criterion(self):
        vaud = self.new_value(self.region, "Vaud")
        self.new_client(client_criterion_1_id=vaud.id)
        with self.assertRefused(UserError, "Vaud"):
            vaud.criterion_id = self.sector

    def test_a_moved_value_is_unique_in_its_new_list(self):
        self.new_value(self.sector, "Other")
        other = self.new_value(self.region, "Other")
        with self.assertRefused(ValidationError, "Other"):
            other.criterion_id = self.sector

    def test_a_user_of_a_branch_sees_clients_of_the_parent(self):
        branch = self.env["res.company"].create(
            {"name": "Branch", "parent_id": self.company.id}
        )
        client = self.new_client(company_id=self.company.id)
        metric = self.env["client.metric"].create(
            {"partner_id": client.id, "company_id": branch.id, "revenue": 5}
        )
        user = self.new_user("branch_user", "account.group_account_invoice", branch)
        self.assertEqual(self.as_user(client, user).client_revenue, 5)
        self.assertTrue(self.as_user(metric, user).search([("id", "=", metric.id)]))

    def test_a_meeting_that_moves_moves_the_engagement(self):
        client = self.new_client()
        event = self.env["calendar.event"].create(
            {
                "name": "Visit",
                "start": "2024-05-01 08:00:00",
                "stop": "2024-05-01 09:00:00",
                "user_id": self.env.user.id,
                "partner_ids": [Command.link(client.id)],
            }
        )
        self.env["client.metric.queue"].search([]).unlink()
        event.start = "2024-06-01 08:00:00"
        queued = self.env["client.metric.queue"].search(
            [("partner_id", "=", client.id)]
        )
        self.assertTrue(queued)

    def test_postings_go_on_without_the_cron(self):
        self.env.ref("client_segmentation.client_metric_queue_cron").unlink()
        self.env.cr.cache.pop("client_metric_queue", None)
        client = self.new_client()
        self.invoice(client)
        self.assertEqual(self.status_of(client), self.active)

    def test_the_lists_behind_each_class(self):
        client = self.new_client()
        invoice, other = self.invoice(client), self.invoice(client)
        refund = self.invoice(client, "out_refund")
        self.env["client.metric.queue"]._drain()
        behind = {
            name: self.env["account.move"].search(
                client._open_client_documents("x", name)["domain"]
            )
            for name in ("revenue_class", "payment_class", "engagement")
        }
        self.assertEqual(behind["revenue_class"], invoice | other | refund)
        self.assertEqual(behind["engagement"], invoice | other)
        self.assertFalse(behind["payment_class"], "nothing is paid or overdue yet")
