"""What happened since the last refresh is not lost when clients change as well."""

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import SQL

from .engine_case import EngineCase


@tagged("post_install", "-at_install")
class TestEngineQueue(EngineCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.weber = cls.new_client()
        cls.meyer = cls.new_client("Meyer Metallbau")

    def _merge(self, kept, gone):
        self.env["base.partner.merge.automatic.wizard"].create(
            {
                "partner_ids": [Command.set((kept | gone).ids)],
                "dst_partner_id": kept.id,
            }
        ).action_merge()

    def _drained(self):
        self.Queue._drain()
        return self.table(self.company)

    def test_a_refresh_marks_its_turn_and_leaves_the_company_alone(self):
        """Who saves the settings meanwhile need not wait for it."""
        turn = self.env["client.metric.turn"].browse(self.company.id % 256 + 1)
        before, xmin = turn.version, self._row_version()
        self.bill(self.weber, 100)
        self._drained()
        turn.invalidate_recordset()
        self.assertEqual(turn.version, before + 1)
        self.Metric._refresh(self.company)
        turn.invalidate_recordset()
        self.assertEqual(turn.version, before + 1, "nothing was written")
        self.assertEqual(self._row_version(), xmin)

        turn.unlink()
        with self.assertRefused(UserError, "client.metric.turn.*upgrade the app"):
            self.Metric._refresh(self.company)

    def _row_version(self):
        """:return: what changes in the company's row when it is written or locked"""
        self.env.flush_all()
        company = SQL(
            "SELECT ctid, xmax FROM res_company WHERE id = %s", self.company.id
        )
        return self.env.execute_query(company)

    def test_the_first_invoice_of_a_client_that_is_merged_at_once(self):
        self.bill(self.weber, 100)
        self._merge(self.meyer, self.weber)
        self.assertEqual(self._drained()[self.meyer.id]["revenue"], 100)

    def test_the_first_meeting_with_a_contact_that_moves_at_once(self):
        anna = self.new_contact(self.weber)
        self.meet(anna, ago=3)
        anna.parent_id = self.meyer
        table = self._drained()
        self.assertEqual(table[self.meyer.id]["last_meeting_date"], self.days_ago(3))
        self.assertNotIn(self.weber.id, table)

    def test_a_merge_adds_up_the_figures_and_keeps_what_was_decided(self):
        self.bill(self.weber, 100, ago=20)
        self.bill(self.meyer, 50, ago=10)
        self._drained()
        self.weber._decide_client_class("engagement", "lost", "Moved abroad")
        self._merge(self.meyer, self.weber)
        row = self._drained()[self.meyer.id]
        self.assertEqual((row["revenue"], row["invoice_count"]), (150, 2))
        self.assertEqual(row["engagement"], "lost")
        self.assertEqual(row["engagement_computed"], "active")

    def test_what_was_decided_stays_when_the_documents_go(self):
        invoice = self.bill(self.weber, 100)
        self.bill(self.meyer, 50)
        self._drained()
        self.weber._decide_client_class("revenue_class", "small", False)
        invoice.button_cancel()
        row = self._drained()[self.weber.id]
        self.assertEqual((row["revenue"], row["revenue_class"]), (0, "small"))
        self.weber._decide_client_class("revenue_class", False, False)
        self.assertNotIn(self.weber.id, self._drained())

    def test_a_decision_about_a_client_without_documents_is_a_row(self):
        self.weber._decide_client_class("engagement", "lost", "Never answered")
        row = self._drained()[self.weber.id]
        self.assertEqual((row["revenue"], row["engagement"]), (0, "lost"))
        self.assertEqual(self.Metric._refresh(self.company)["written"], 0)
