"""A merge loses nothing: two clients with a history in two companies become one."""

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..metric.engine_case import EngineCase
from .duplicate_case import DuplicateCase


@tagged("post_install", "-at_install")
class TestMergeWithHistory(EngineCase, DuplicateCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.kept, cls.gone = (
            cls.new_client("Zwygart Orgelbau"),
            cls.new_client("Orgelbau Zwygart AG"),
        )
        cls.third = cls.new_client("Zwygart Orgel")
        cls.both = cls.company + cls.other_company
        cls.boss = cls.new_user(
            "boss",
            "base.group_partner_manager,client_segmentation.group_client_manager,"
            "base.group_system",
            companies=cls.both,
        )

    def rows(self, client):
        """:return: dict of the rows of a client in `client.metric`, by company"""
        rows = self.Metric.sudo().search([("partner_id", "=", client.id)])
        return {row.company_id: row for row in rows}

    def test_nothing_is_lost(self):
        kept, gone = self.kept, self.gone
        for company, amounts in (
            (self.company, (100, 300)),
            (self.other_company, (7, 20)),
        ):
            self.bill(kept, amounts[0], ago=40, company=company)
            self.bill(gone, amounts[1], ago=20, company=company)
        self.bill(gone, 50, ago=800)
        self.Queue._drain()
        fair, press = self.env["res.partner.category"].create(
            [{"name": "Fair"}, {"name": "Press"}]
        )
        kept.category_id, gone.category_id = fair, press
        kept.client_key_note, gone.client_key_note = "Pays late", "Never on Mondays"
        kept.comment, gone.comment = "<p>Old note</p>", "<p>Other note</p>"
        kept.client_likes, gone.client_likes = "Bach", "Widor"
        kept.client_name2, gone.client_name2 = "Bern", "Workshop"
        gone.client_criterion_1_id = self.new_value(self.region, "Vaud")
        kept.client_criterion_2_id = self.new_value(self.sector, "Music")
        gone.client_criterion_2_id = self.new_value(self.sector, "Wood")
        gone.client_rating = "4"
        there = gone.with_company(self.other_company)
        there.write({"client_status_id": self.vip.id, "client_status_pinned": True})
        gone._decide_client_class("engagement", "lost", "Moved abroad")
        there._decide_client_class("revenue_class", "small", False)
        rule = self._ours("client_status_rule_first_invoice")
        rule.failure_ids._log(rule, "It failed", gone.ids, self.company)
        failure = rule.failure_ids[:1]
        since = gone.client_since
        self.assertEqual(since, self.days_ago(800))
        contact = self.new_contact(gone, "Zoé")
        invoices = self.env["account.move"].search(
            [("partner_id", "in", (kept | gone).ids)]
        )
        history = self.history(kept) | self.history(gone)

        self.merge(kept, gone)
        self.Queue._drain()
        self.env.flush_all()
        self.env.invalidate_all()

        self.assertFalse(gone.exists())
        self.assertEqual(len(invoices), 5)
        self.assertEqual(invoices.partner_id, kept)
        self.assertEqual(invoices.commercial_partner_id, kept)
        self.assertEqual(contact.commercial_partner_id, kept)
        here, elsewhere = (self.rows(kept)[company] for company in self.both)
        self.assertEqual((here.revenue, here.order_count), (400, 3))
        self.assertEqual((elsewhere.revenue, elsewhere.order_count), (27, 2))
        self.assertEqual(here.engagement, "lost")
        self.assertEqual(here.engagement_reason, "Moved abroad")
        self.assertEqual(elsewhere.revenue_class, "small")
        self.assertFalse(any(self.Metric.verify(self.company).values()))
        self.assertFalse(any(self.Metric.verify(self.other_company).values()))
        self.assertEqual(kept.category_id, fair | press)
        self.assertEqual(kept.client_key_note, "Pays late\nNever on Mondays")
        self.assertIn("Old note", kept.comment)
        self.assertIn("Other note", kept.comment)
        self.assertEqual(kept.client_likes, "Bach\nWidor")
        self.assertEqual(kept.client_criterion_1_id.name, "Vaud")
        self.assertEqual(kept.client_criterion_2_id.name, "Music")
        self.assertEqual(kept.client_rating, "4")
        self.assertEqual(kept.client_since, since)
        own = kept.with_company(self.other_company)
        self.assertEqual(own.client_status_id, self.vip)
        self.assertTrue(own.client_status_pinned)
        self.assertFalse(kept.client_status_pinned)
        self.assertEqual(contact.client_key_note, kept.client_key_note)
        self.assertEqual(failure.partner_ids, kept)
        self.assertLessEqual(history, self.history(kept), "both histories")
        self.assertEqual(kept.client_name2, "Bern")
        note = " ".join(kept.message_ids.mapped("body"))
        self.assertIn("Workshop", note)
        self.assertIn("Wood", note)

    def test_a_merge_of_three(self):
        for number, client in enumerate((self.kept, self.gone, self.third), 1):
            self.bill(client, 100 * number, ago=number)
            client.client_key_note = f"Note {number}"
        self.Queue._drain()
        self.find()
        self.merge(self.kept, self.gone, self.third)
        self.Queue._drain()
        self.assertEqual(self.rows(self.kept)[self.company].revenue, 600)
        self.assertEqual(self.kept.client_key_note, "Note 1\nNote 2\nNote 3")
        self.assertFalse(self.Duplicate.search(self.Duplicate._of_partners(self.kept)))

    def test_contacts_of_two_clients(self):
        """Nothing of a client comes to the other one with a contact."""
        self.kept.client_key_note, self.gone.client_key_note = "A", "B"
        self.kept.client_rating, self.gone.client_rating = "1", "2"
        own = self.new_contact(self.kept, "Zoé", client_likes="Bach")
        other = self.new_contact(self.gone, "Zoé", client_likes="Widor")
        self.bill(other, 70, ago=2)
        self.Queue._drain()
        self.merge(own, other)
        self.Queue._drain()
        self.assertEqual(own.client_likes, "Bach\nWidor")
        self.assertEqual(self.kept.client_key_note, "A")
        self.assertEqual(own.client_key_note, "A")
        self.assertEqual(self.kept.client_rating, "1")
        self.assertEqual(self.gone.client_key_note, "B")

    def test_the_same_note_twice_is_one_note(self):
        (self.kept | self.gone).client_key_note = "Pays late"
        self.merge(self.kept, self.gone)
        self.assertEqual(self.kept.client_key_note, "Pays late")

    def test_a_pin_of_both_is_that_of_the_remaining_one(self):
        self.kept.write(
            {"client_status_id": self.active.id, "client_status_pinned": True}
        )
        self.gone.write({"client_status_id": self.vip.id, "client_status_pinned": True})
        self.merge(self.kept, self.gone)
        self.assertEqual(self.status_of(self.kept), self.active)
        self.assertTrue(self.kept.client_status_pinned)

    def test_undo_leaves_what_the_remaining_client_had_itself(self):
        tag = self.env["res.partner.category"].create({"name": "Fair"})
        self.kept.category_id = tag
        self.kept.client_rating = "3"
        operations = self.env["client.bulk.operation"]
        done = [
            operations._start("tag_add", {"tags": tag.ids}, self.gone.ids, "Fair"),
            operations._start("rating", {"value": "3"}, self.gone.ids, "3"),
            operations._start("tag_add", {"tags": tag.ids}, self.third.ids, "Fair"),
        ]
        self.merge(self.kept, self.gone)
        for operation in done:
            if operation.can_undo:
                operation.action_undo()
        self.assertEqual(self.kept.category_id, tag)
        self.assertEqual(self.kept.client_rating, "3")
        self.assertFalse(self.third.category_id)

    def test_undo_takes_back_what_came_with_the_merged_client(self):
        tag = self.env["res.partner.category"].create({"name": "Fair"})
        operations = self.env["client.bulk.operation"]
        done = operations._start("tag_add", {"tags": tag.ids}, self.gone.ids, "Fair")
        self.merge(self.kept, self.gone)
        self.assertEqual(self.kept.category_id, tag)
        done.action_undo()
        self.assertFalse(self.kept.category_id)

    def test_an_operation_that_waits_changes_the_remaining_client(self):
        operation = self.env["client.bulk.operation"]._start(
            "rating", {"value": "5"}, (self.gone | self.third).ids, "5"
        )
        operation.sudo().write(
            {"state": "running", "partners": (self.gone | self.third).ids}
        )
        self.merge(self.kept, self.gone)
        self.assertEqual(
            set(operation.sudo().partners), set((self.kept | self.third).ids)
        )


@tagged("post_install", "-at_install")
class TestMergeBlocked(DuplicateCase):
    """A blocked client and one that is not: the person decides, code does not."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.blocked = cls.new_client("Zwygart Orgelbau")
        cls.free = cls.new_client("Orgelbau Zwygart")
        cls.blocked.write({"client_blocked": True, "client_blocked_reason": "Unpaid"})
        groups = "base.group_partner_manager,client_segmentation.group_client_"
        cls.unblocker = cls.new_user("unblocker", groups + "unblock")
        cls.hold = cls.env["client.status"].create(
            {"name": "On hold", "blocks_documents": True}
        )

    def wizard(self, kept, *gone, user=None):
        wizards = self.as_user(
            self.env["base.partner.merge.automatic.wizard"], user or self.user
        )
        return wizards.create(
            {
                "partner_ids": [Command.set(kept.union(*gone).ids)],
                "dst_partner_id": kept.id,
                "state": "selection",
            }
        )

    def test_the_wizard_says_it(self):
        text = self.wizard(self.free, self.blocked).client_block_message
        self.assertIn("Unpaid", text)
        self.assertIn("The remaining client will be blocked", text)
        other = self.new_client("Zwygart")
        self.assertFalse(self.wizard(self.free, other).client_block_message)
        other.write({"client_blocked": True, "client_blocked_reason": "Bankrupt"})
        self.assertFalse(self.wizard(other, self.blocked).client_block_message)
        other.write({"client_blocked": False, "client_status_id": self.hold.id})
        self.assertIn("On hold", self.wizard(self.free, other).client_block_message)

    def test_without_an_answer_it_is_blocked(self):
        for user in (self.user, self.unblocker):
            with self.subTest(user=user.login):
                free = self.new_client("Zwygart", email=False)
                blocked = self.new_client("Zwygart", email=False)
                blocked.write(
                    {"client_blocked": True, "client_blocked_reason": "Bankrupt"}
                )
                self.merge(free, blocked, user=user)
                self.assertTrue(free.client_blocked)
                self.assertEqual(free.client_blocked_reason, "Bankrupt")

    def test_who_may_unblock_decides_otherwise(self):
        for kept, gone in ((self.free, self.blocked), (None, None)):
            if not kept:  # the blocked one remains
                kept, gone = self.new_client("Zwygart A"), self.new_client("Zwygart B")
                kept.write({"client_blocked": True, "client_blocked_reason": "Unpaid"})
            wizard = self.wizard(kept, gone, user=self.unblocker)
            wizard.client_unblocks = True
            wizard.action_merge()
            self.env.invalidate_all()
            self.assertFalse(kept.client_blocked)
            self.assertFalse(kept.client_blocked_reason)
            self.assertEqual(
                self.history(kept, "client_blocked")[-1].new_value, "false"
            )

    def test_a_status_that_blocks_is_decided_too(self):
        kept, gone = self.new_client("Zwygart A"), self.new_client("Zwygart B")
        kept.client_status_id, gone.client_status_id = self.hold, self.vip
        wizard = self.wizard(kept, gone, user=self.unblocker)
        wizard.client_unblocks = True
        wizard.action_merge()
        self.env.invalidate_all()
        self.assertEqual(self.status_of(kept), self.vip)

    def test_it_stays_blocked_in_companies_of_others(self):
        for company in self.company + self.other_company:
            self.blocked.with_company(company).write(
                {"client_blocked": True, "client_blocked_reason": "Bankrupt"}
            )
        wizard = self.wizard(self.free, self.blocked, user=self.unblocker)
        wizard.client_unblocks = True
        wizard.action_merge()
        self.env.invalidate_all()
        self.assertFalse(self.free.client_blocked)
        self.assertTrue(self.free.with_company(self.other_company).client_blocked)

    def test_two_blocked_clients_stay_blocked(self):
        self.free.write({"client_blocked": True, "client_blocked_reason": "Bankrupt"})
        wizard = self.wizard(self.free, self.blocked, user=self.unblocker)
        wizard.client_unblocks = True
        wizard.action_merge()
        self.env.invalidate_all()
        self.assertTrue(self.free.client_blocked)

    def test_nobody_else_decides(self):
        wizard = self.wizard(self.free, self.blocked)
        with self.assertRaises(AccessError):
            wizard.write({"client_unblocks": True})
        wizard.sudo().client_unblocks = True
        with self.assertRaises(AccessError):
            wizard.with_context(default_client_unblocks=True).action_merge()
        wizards = self.as_user(self.env[wizard._name], self.user)
        with self.assertRaises(AccessError):
            wizards.with_context(default_client_unblocks=True).create(
                {
                    "partner_ids": [Command.set((self.free | self.blocked).ids)],
                    "dst_partner_id": self.free.id,
                }
            ).action_merge()
        self.assertTrue(self.blocked.exists().client_blocked)

    def test_code_that_merges_keeps_the_block(self):
        wizards = self.env["base.partner.merge.automatic.wizard"]
        wizards._merge((self.free | self.blocked).ids, self.free)
        self.env.invalidate_all()
        self.assertTrue(self.free.client_blocked)
