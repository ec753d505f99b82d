import time
from unittest.mock import patch

from dateutil.relativedelta import relativedelta
from lxml import etree

from odoo import Command, fields
from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from ...models.metric.client_metric_queue import CALLED, PAUSE, _last_calls
from ..common import InvoicingCase


@tagged("post_install", "-at_install")
class TestMetricScreen(InvoicingCase):
    """The figures as one meets them: list, filters, why, settings."""

    def setUp(self):
        super().setUp()
        self.big = self.new_client("Big")
        self.middle = self.new_client("Middle")
        self.tiny = self.new_client("Tiny")
        self.none = self.new_client("None")
        for client, amounts in (
            (self.big, (7000, 1500)),
            (self.middle, (1000,)),
            (self.tiny, (500,)),
        ):
            for amount in amounts:
                line = Command.create({"name": "Consulting", "price_unit": amount})
                self.invoice(client, invoice_line_ids=[line])
        self.env["client.metric.queue"]._drain()
        self.mine = [("id", "in", (self.big | self.middle | self.tiny | self.none).ids)]

    def explain(self, client, name):
        action = client.with_context(client_class=name).action_explain_client_class()
        wizards = self.env["client.class.wizard"].with_context(**action["context"])
        return wizards.create({})

    def test_posting_calls_the_cron(self):
        cron = self.env.ref("client_segmentation.client_metric_queue_cron")
        self.env.cr.precommit.data.pop(CALLED, None)
        triggers = [("cron_id", "=", cron.id)]
        before = self.env["ir.cron.trigger"].search_count(triggers)
        self.invoice(self.none)
        self.invoice(self.none)
        after = self.env["ir.cron.trigger"].search_count(triggers)
        self.assertEqual(after - before, 1)
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.none.invalidate_recordset()
        self.assertEqual(self.none.client_invoice_count, 2)
        self.assertFalse(self.env["client.metric.queue"].search_count([]))

    def test_what_is_taken_back_to_a_savepoint_has_not_called_the_cron(self):
        cron = self.env.ref("client_segmentation.client_metric_queue_cron")
        queue = self.env["client.metric.queue"]
        with patch.dict(_last_calls, {self.cr.dbname: time.monotonic() - 2 * PAUSE}):
            with self.env.cr.savepoint() as savepoint:
                self.assertEqual(queue._cron_to_call(), cron.id)
                self.assertFalse(queue._cron_to_call())
                savepoint.rollback()
            self.assertEqual(queue._cron_to_call(), cron.id)

    def test_a_process_calls_the_cron_once_a_second(self):
        """The cron that has just been called waits for these rows as well."""
        cron = self.env.ref("client_segmentation.client_metric_queue_cron")
        name, queue = self.cr.dbname, self.env["client.metric.queue"]
        for seconds, called in ((PAUSE / 2, False), (PAUSE * 2, True)):
            self.env.cr.precommit.data.pop(CALLED, None)
            with patch.dict(_last_calls, {name: time.monotonic() - seconds}):
                self.assertEqual(queue._cron_to_call(), cron.id if called else None)
            self.invoice(self.none)
            queued = queue.search_count([("partner_id", "=", self.none.id)])
            self.assertTrue(queued, "the row is there in any case")

    def test_sorts_by_revenue_with_those_without_at_the_end(self):
        partners = self.Partner.search(self.mine, order="client_revenue DESC")
        self.assertEqual(partners, self.big + self.middle + self.tiny + self.none)
        partners = self.Partner.search(self.mine, order="client_revenue")
        self.assertEqual(partners, self.tiny + self.middle + self.big + self.none)

    def test_groups_by_class_with_sums(self):
        groups = self.Partner.formatted_read_group(
            self.mine, ["client_revenue_class"], ["client_revenue:sum", "__count"]
        )
        sums = {
            group["client_revenue_class"]: (
                group["client_revenue:sum"],
                group["__count"],
            )
            for group in groups
        }
        self.assertEqual(sums["vip"], (8500, 1))
        self.assertEqual(sums["regular"], (1000, 1))
        self.assertEqual(sums["small"], (500, 1))
        self.assertEqual(sums[False][1], 1)

    def test_searches_without_figures_count_as_zero(self):
        search = self.Partner.search
        self.assertEqual(search([*self.mine, ("client_revenue", "<", 1)]), self.none)
        self.assertEqual(search([*self.mine, ("client_revenue", "=", 0)]), self.none)
        self.assertEqual(
            search([*self.mine, ("client_revenue", "!=", 0)]).ids,
            (self.big + self.middle + self.tiny).ids,
        )
        rich = self.big + self.middle + self.tiny
        for number, found in (
            ([("client_revenue", ">", 0)], rich),
            (["!", ("client_revenue", ">", 0)], self.none),
            ([("client_revenue", ">=", 0)], rich + self.none),
            ([("client_revenue", "<", 0)], self.Partner),
            (["!", ("client_revenue", "<", 0)], rich + self.none),
            ([("client_revenue", "in", [0, 500])], self.tiny + self.none),
            ([("client_revenue", "not in", [500])], self.big + self.middle + self.none),
            ([("client_revenue", "=", False)], self.none),
        ):
            with self.subTest(number):
                self.assertEqual(set(search(self.mine + number)), set(found))
        nobody = [("client_revenue_class", "=", False)]
        self.assertEqual(search([*self.mine, *nobody]), self.none)
        some = [("client_revenue_class", "!=", False), ("client_revenue_rank", "<=", 2)]
        self.assertEqual(search([*self.mine, *some]), self.big + self.middle)
        never = [("client_last_invoice_date", "=", False)]
        self.assertEqual(search([*self.mine, *never]), self.none)

    def found_by_filters(self):
        """:return: dict of the test's clients that a filter finds, by name"""
        view = self.env.ref("client_segmentation.client_view_search")
        arch = etree.fromstring(self.Partner.get_view(view.id, "search")["arch"])
        names = {"context_today": fields.Date.today, "relativedelta": relativedelta}
        return {
            node.get("name"): self.Partner.search(
                self.mine + safe_eval(node.get("domain"), dict(names))
            )
            for node in arch.iterfind(".//filter[@domain]")
            if node.get("name").startswith("client_")
        }

    def test_every_filter_of_the_menu_works(self):
        found = self.found_by_filters()
        everybody = self.big + self.middle + self.tiny + self.none
        for name, clients in (
            ("client_top_ten", self.big + self.middle + self.tiny),
            ("client_class_vip", self.big),
            ("client_one_off", self.middle + self.tiny),
            ("client_new", self.big + self.middle + self.tiny),
            ("client_no_email", everybody),
            ("client_unrated", everybody),
        ):
            self.assertEqual(found[name].sorted("id"), clients, name)
        by_figures = {
            "client_no_order": {
                "last_invoice_date": fields.Date.today() - relativedelta(months=7)
            },
            "client_less": {"revenue_growth": -50, "revenue_previous": 17000},
            "client_slow": {"payment_class": "slow"},
            "client_overdue": {"overdue": 5},
            "client_dormant": {"engagement": "dormant"},
            "client_in_pause": {"in_pause": True},
        }
        metric = self.env["client.metric"].search([("partner_id", "=", self.big.id)])
        for name, values in by_figures.items():
            self.assertFalse(found[name], name)
            metric.write(values)
        metric.flush_recordset()
        found = self.found_by_filters()
        for name in by_figures:
            self.assertEqual(found[name], self.big, name)

    def test_why_names_rank_and_distance(self):
        text = self.explain(self.middle, "revenue_class").explanation
        self.assertRegex(text, r"Rank\s+<b>2</b>\s+of\s+3")
        # With 1,625.01 of 10,625.01, the 8,500 before it are less than 80 %
        self.assertRegex(text, r"To become\s+<b>VIP</b>:\s+<b>[^<]*\b625\.01[^<]*</b>")
        self.assertRegex(text, r"before it make\s+<b>85\.0</b>\s+%")

    def test_why_for_each_class_and_client(self):
        for client in self.big | self.none:
            for name in ("revenue_class", "payment_class", "engagement"):
                text = str(self.explain(client, name).explanation)
                has_figures = client == self.big and name != "payment_class"
                self.assertEqual("<b>" in text, has_figures, text)
        self.assertEqual(
            self.explain(self.none, "revenue_class").computed_label, "No class"
        )

    def test_the_invoices_behind_the_revenue_have_its_sum(self):
        self.invoice(self.big, "out_refund")
        self.env["client.metric.queue"]._drain()
        self.assertEqual(self.big.client_revenue, 8400)
        action = self.explain(self.big, "revenue_class").action_open_invoices()
        moves = self.env[action["res_model"]].search(action["domain"])
        self.assertEqual(len(moves), 3)
        self.assertEqual(sum(moves.mapped("amount_untaxed_signed")), 8400)

    def test_nonsense_in_the_limits_is_refused(self):
        for values, words in (
            ({"client_vip_share": 120}, "must be between 0 and 100\\."),
            ({"client_vip_share": 96}, "larger"),
            ({"client_regular_share": 101}, "must be between 0 and 100\\."),
            ({"client_fast_days": -1}, "must be between 0 and 3,650"),
            ({"client_window_months": 0}, "must be between 1 and 120"),
            ({"client_payment_evidence": 0}, "“Due Dates Needed” must be between 1"),
            (
                {"client_active_days": 0},
                "“Active: Days since the Last Business” must be between 1",
            ),
            ({"client_by_amount": True}, "positive revenue"),
        ):
            with self.subTest(values), self.assertRefused(ValidationError, words):
                self.company.write(values)

    def test_other_limits_in_the_settings_make_other_classes_at_once(self):
        settings = self.env["res.config.settings"].create(
            {
                "client_by_amount": True,
                "client_vip_amount": 600,
                "client_regular_amount": 100,
            }
        )
        settings.execute()
        self.assertEqual(self.middle.client_revenue_class, "vip")
        self.assertEqual(self.tiny.client_revenue_class, "regular")

    def test_verify_finds_what_was_tampered_with(self):
        verify = self.env["client.metric"].verify
        self.assertEqual(verify(self.company), {})
        self.env.cr.execute(
            "UPDATE client_metric SET revenue = revenue + 0.01 WHERE partner_id = %s",
            [self.tiny.id],
        )
        self.env.cr.execute(
            "UPDATE client_metric SET revenue_class = NULL WHERE partner_id = %s",
            [self.middle.id],
        )
        names = verify(self.company)[self.company.name]
        self.assertCountEqual(names, [self.tiny.display_name, self.middle.display_name])
        self.env["client.metric"]._refresh(self.company)
        self.assertEqual(verify(self.company), {})

    def test_a_second_refresh_writes_nothing(self):
        self.env["client.metric"]._refresh(self.company)
        self.assertEqual(self.env["client.metric"]._refresh(self.company)["written"], 0)
