"""The list of possible duplicates: who sees which pairs, and may decide about them."""

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .duplicate_case import DuplicateCase


@tagged("post_install", "-at_install")
class TestList(DuplicateCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.one = cls.new_client("Zwygart Orgelbau", zip="1004", city="Lausanne")
        cls.other = cls.new_client("Orgelbau Zwygart AG", zip="1004")
        cls.env.flush_all()
        cls.Duplicate._find()

    @property
    def theirs(self):
        return self.pair(self.one, self.other)

    def seen_by(self, user):
        pairs = self.as_user(self.Duplicate, user)
        return pairs.search([("partner_id", "=", self.one.id)])

    def test_the_reasons_in_words(self):
        pair = self.theirs
        self.assertEqual(pair.reason_text, "same name, same postcode")
        self.assertIn("1004 Lausanne", pair.partner_details)
        self.one.write({"client_blocked": True, "client_blocked_reason": "Unpaid"})
        pair.invalidate_recordset()
        self.assertIn("blocked", pair.partner_details)

    def test_not_the_same_is_remembered(self):
        pair = self.as_user(self.theirs, self.user)
        pair.action_dismiss()
        self.assertEqual(pair.dismissed_by_id, self.user)
        self.other.phone = self.one.phone = "021 987 65 43"
        self.find()
        self.assertEqual(self.theirs.state, "dismissed")
        self.assertEqual(self.theirs.dismissed_by_id, self.user)
        self.theirs.action_reopen()
        self.assertEqual(
            (self.theirs.state, self.theirs.dismissed_by_id.ids), ("open", [])
        )

    def test_not_the_same_survives_a_merge_with_a_third_one(self):
        third = self.new_client("Zwygart Orgel-Bau", zip="1004")
        self.find()
        self.theirs.action_dismiss()
        self.assertEqual(self.pair(self.one, third).state, "open")
        self.merge(third, self.one)
        self.assertEqual(self.pair(third, self.other).state, "dismissed")
        self.find()
        self.assertEqual(self.pair(third, self.other).state, "dismissed")

    def test_merging_both_removes_the_pair(self):
        self.theirs.action_dismiss()
        self.merge(self.one, self.other)
        self.assertFalse(
            self.Duplicate.search([("partner_id", "=", self.one.id)])
            | self.Duplicate.search([("other_id", "=", self.one.id)])
        )

    def test_merge_opens_odoo_s_wizard_with_the_better_one_first(self):
        self.invoice(self.other)
        action = self.as_user(self.theirs, self.user).action_merge()
        wizard = self.env[action["res_model"]].browse(action["res_id"])
        self.assertEqual(wizard.partner_ids, self.one | self.other)
        self.assertEqual(wizard.dst_partner_id, self.other, "it has an invoice")
        self.assertEqual(wizard.state, "selection")
        wizard.with_user(self.user).action_merge()
        self.assertFalse(self.one.exists())

    def test_the_better_one(self):
        partners = self.one | self.other
        self.assertEqual(partners._client_better_first()[0], self.one, "more complete")
        self.one.city = False
        self.assertEqual(partners._client_better_first()[0], self.one, "older")
        self.new_user("zwygart", "base.group_portal", partner_id=self.other.id)
        self.assertEqual(partners._client_better_first()[0], self.other, "has a login")

    def test_both_partners_must_be_readable(self):
        self.assertTrue(self.seen_by(self.user))
        self.env["ir.rule"].create(
            {
                "name": "Hidden clients",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "domain_force": f"[('id', '!=', {self.other.id})]",
            }
        )
        self.assertFalse(self.seen_by(self.user))
        pairs = self.as_user(self.Duplicate, self.user)
        self.assertEqual(pairs.search_count([("other_id", "=", self.other.id)]), 0)
        pair = self.as_user(self.theirs.sudo(), self.user).sudo(False)
        for attempt in (
            lambda: pair.read(["reason_text", "other_id"]),
            pair.action_merge,
            pair.action_dismiss,
        ):
            with self.assertRaises(AccessError) as refused:
                attempt()
            self.assertNotIn("Zwygart", str(refused.exception))

    def test_the_other_company_s_clients_are_not_seen(self):
        (self.one | self.other).company_id = self.other_company
        self.env.flush_all()
        self.assertFalse(self.seen_by(self.user))
        both = self.new_client_user("both", companies=self.company + self.other_company)
        self.assertTrue(
            self.as_user(self.Duplicate, both)
            .with_context(allowed_company_ids=both.company_ids.ids)
            .search([("partner_id", "=", self.one.id)])
        )

    def test_who_may_do_what(self):
        for user in (self.new_portal_user(), self.new_employee()):
            pairs = self.as_user(self.Duplicate, user, self.company)
            self.assertFalse(pairs.has_access("read"))
            for attempt in (
                lambda pairs=pairs: pairs.search([]),
                self.as_user(self.theirs, user, self.company).action_merge,
                pairs.action_dismiss,
                pairs.action_reopen,
            ):
                with self.assertRaises(AccessError):
                    attempt()
        reader = self.new_user("reader", "client_segmentation.group_client_user")
        pair = self.as_user(self.theirs, reader)
        self.assertTrue(pair.reason_text)
        for attempt in (pair.action_merge, pair.action_dismiss, pair.action_reopen):
            with self.assertRaises(AccessError):
                attempt()
        for user in (reader, self.user, self.manager):
            pair = self.as_user(self.theirs, user)
            for attempt in (
                lambda pair=pair: pair.write({"state": "dismissed"}),
                pair.unlink,
                lambda pair=pair: pair.create({"partner_id": 1, "other_id": 2}),
            ):
                with self.assertRaises(AccessError):
                    attempt()

    def test_only_managers_search_now(self):
        with self.assertRaises(AccessError):
            self.as_user(self.Duplicate, self.user)._find_now()
        action = self._ours("client_duplicate_action_find")
        with self.assertRaises(AccessError):
            action.with_user(self.user).run()
        result = self.as_user(action, self.manager).run()
        self.assertEqual(result["tag"], "display_notification")
        self.assertRegex(result["params"]["message"], r"\d")

    def test_the_button_of_the_client_counts_what_its_reader_sees(self):
        one = self.as_user(self.one, self.user)
        self.assertEqual(one.client_duplicate_count, 1)
        action = one.action_open_client_duplicates()
        self.assertEqual(
            one.env["client.duplicate"].search(action["domain"]).ids, self.theirs.ids
        )
        self.other.company_id = self.other_company
        self.env.flush_all()
        one.invalidate_recordset()
        self.assertEqual(one.client_duplicate_count, 0)

    def test_an_empty_selection_does_nothing(self):
        none = self.as_user(self.Duplicate, self.manager)
        for method in ("action_merge", "action_dismiss", "action_reopen"):
            self.assertFalse(getattr(none, method)())

    def test_many_at_once(self):
        third = self.new_client("Zwygart Orgelbau", zip="1004")
        self.find()
        pairs = self.pair(self.one, third) | self.pair(self.other, third)
        self.as_user(pairs, self.user).action_dismiss()
        self.assertEqual(set(pairs.mapped("state")), {"dismissed"})
        self.assertEqual(self.theirs.state, "open")
        self.env["ir.rule"].create(
            {
                "name": "Not written",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "domain_force": f"[('id', '!=', {third.id})]",
                "perm_read": False,
                "groups": [Command.link(self.env.ref("base.group_user").id)],
            }
        )
        with self.assertRaises(AccessError):
            self.as_user(pairs, self.user).action_reopen()
