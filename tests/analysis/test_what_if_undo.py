"""Undo a change of the limits, and agree about the classes that people decided."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .analysis_case import AnalysisCase


@tagged("post_install", "-at_install")
class TestWhatIfUndo(AnalysisCase):
    def pages(self, user=None):
        return self.as_user(self.env["client.what.if"], user or self.manager)

    def limits(self, *names):
        return tuple(self.company[f"client_{name}"] for name in names)

    def last(self, user=None):
        return self.pages(user).preview({})["last_change"]

    def test_undone_the_limits_and_classes_are_those_of_before(self):
        before = self.table(self.company)
        change = self.pages().apply({"vip_share": 50, "active_days": 39})
        self.assertNotEqual(self.table(self.company), before)
        self.assertIn("are back", self.pages().undo(change))
        self.assertEqual(self.limits("vip_share", "active_days"), (80, 90))
        self.assertEqual(self.table(self.company), before)
        self.assertFalse(self.Metric.verify(self.company))

    def test_the_window_amounts_and_switches_too(self):
        changes = {
            "window_months": 3,
            "by_amount": True,
            "vip_amount": 99.999,
            "regular_amount": 50,
            "own_companies": True,
        }
        before = self.limits(*changes)
        change = self.pages().apply(changes)
        self.assertEqual(self.limits(*changes), (3, True, 100, 50, True))
        self.pages().undo(change)
        self.assertEqual(self.limits(*changes), before)
        self.assertFalse(self.Metric.verify(self.company))

    def test_the_page_offers_it_until_it_is_done(self):
        self.assertIsNone(self.last())
        change = self.pages().apply({"vip_share": 50})
        last = self.last()
        self.assertEqual(last["id"], change)
        self.assertIn("VIP: Share of the Revenue (%): 80 → 50", last["words"])
        self.assertIn(self.manager.name, last["words"])
        self.pages().undo(change)
        with self.assertRefused(UserError, "undone already"):
            self.pages().undo(change)

    def test_an_undo_can_be_undone(self):
        self.pages().undo(self.pages().apply({"vip_share": 50}))
        self.pages().undo(self.last()["id"])
        self.assertEqual(self.limits("vip_share"), (50,))

    def test_what_has_changed_again_stays(self):
        change = self.pages().apply({"vip_share": 50, "active_days": 39})
        self.pages().apply({"active_days": 60})
        self.assertRegex(self.pages().undo(change), "except.*Active: Days")
        self.assertEqual(self.limits("vip_share", "active_days"), (80, 60))

    def test_if_all_has_changed_again_nothing_is_undone(self):
        change = self.pages().apply({"vip_share": 50})
        self.company.client_vip_share = 70
        self.assertIsNone(self.last())
        with self.assertRefused(UserError, "changed again"):
            self.pages().undo(change)

    def test_old_limits_that_no_longer_fit_together_are_refused(self):
        change = self.pages().apply({"vip_share": 50})
        self.company.client_regular_share = 60
        try:
            self.pages().undo(change)
        except UserError as error:
            self.assertIn("must be larger", str(error))
        else:
            self.fail("VIP clients would make more than VIP and regular ones together")
        self.assertEqual(self.limits("vip_share", "regular_share"), (50, 60))

    def test_a_change_in_the_settings_can_be_undone_as_well(self):
        settings = self.env["res.config.settings"].create({"client_vip_share": 60})
        settings.set_values()
        self.pages().undo(self.last()["id"])
        self.assertEqual(self.limits("vip_share"), (80,))

    def test_only_managers_undo_and_only_in_their_company(self):
        change = self.pages().apply({"vip_share": 50})
        self.assertIsNone(self.last(self.accountant))
        for user in (self.accountant, self.new_client_user(), self.new_portal_user()):
            with self.assertRaises(AccessError):
                self.pages(user).undo(change)
        stranger = self.new_user(
            "stranger", "client_segmentation.group_client_manager", self.other_company
        )
        self.assertIsNone(self.last(stranger))
        for wrong in (change, None, "x", [change], {}, 2**40):
            with self.assertRefused(UserError, "undone already"):
                self.pages(stranger).undo(wrong)
        self.assertEqual(self.limits("vip_share"), (50,))
        journal = self.as_user(self.env["client.limit.change"], stranger)
        self.assertFalse(journal.search([]))
        with self.assertRaises(AccessError):
            self.as_user(self.env["client.limit.change"], self.accountant).search([])

    def test_nothing_changed_is_no_change(self):
        self.assertIsNone(self.pages().apply({"vip_share": 80.0}))
        self.assertIsNone(self.last())

    def test_the_headline_agrees_with_the_table_about_decided_classes(self):
        self.second._decide_client_class("revenue_class", "small", "Pays late")
        self.tiny._decide_client_class("revenue_class", "vip", "Knows everybody")
        self.third._decide_client_class("revenue_class", "regular", "As computed")
        for changes in ({}, {"vip_share": 50}, {"vip_share": 50, "window_months": 6}):
            result = self.pages().preview(changes)
            vip = self.classes(result, "revenue_class")["vip"]["after"]
            summary = result["summary"]
            with self.subTest(**changes):
                self.assertEqual(vip, {"count": 2, "revenue": 540})
                self.assertEqual(
                    summary["vip"], {"count": 2, "revenue": 540, "lowest": 40}
                )
                self.assertEqual((summary["clients"], summary["revenue"]), (5, 1000))
                self.assertEqual(summary["overruled"], 2)
