from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...models.review.work_list import WorkList
from .review_case import ReviewCase


@tagged("post_install", "-at_install")
class TestReviewLists(ReviewCase):
    """The lists of a quarter, and the clients on them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.partner"].search(
            [("email", "=", False), ("client_is_commercial", "=", True)]
        ).email = "known@example.com"
        cls.full = cls.new_full_client("Full")
        cls.silent = cls.new_full_client("Silent", email=False)
        cls.third = cls.new_full_client("Third", email=False)

    def keys(self, quarter):
        return set(self.open_review(quarter).list_ids.mapped("key"))

    def test_each_quarter_has_the_lists_of_its_subject(self):
        cleaning, revenue = self.keys(1), self.keys(2)
        contacts, year_end = self.keys(3), self.keys(4)
        self.assertLessEqual({"reactivate", "dormant", "no_email"}, cleaning)
        self.assertLessEqual({"best", "best_without_note", "falling"}, revenue)
        self.assertLessEqual({"no_language", "no_email", "push"}, contacts)
        self.assertLessEqual({"greetings", "untagged", "plan"}, year_end)
        self.assertFalse(revenue & contacts)

    def test_every_list_says_what_it_is_and_what_to_do(self):
        for work in self.env["client.review.list"]._declared().values():
            with self.subTest(work.key):
                self.assertTrue(work.name and work.why and work.todo)
                self.assertTrue(self.env.ref(work.action))
                self.assertTrue(set(work.quarters) <= {1, 2, 3, 4})

    def test_the_clients_are_those_of_the_filter(self):
        review = self.open_review(1)
        self.assertEqual(self.clients_on(review, "no_email"), self.silent | self.third)
        self.assertEqual(self.counts(review, "no_email"), (2, 2, 0, 0))

    def test_a_mended_client_counts_as_done(self):
        review = self.open_review(1)
        self.silent.email = "silent@client.example"
        review.refresh_lists()
        self.assertEqual(self.counts(review, "no_email"), (2, 1, 0, 1))
        self.assertEqual(self.list_of(review, "no_email").progress, 50)

    def test_a_client_that_comes_later_is_added(self):
        review = self.open_review(1)
        self.full.email = False
        review.refresh_lists()
        self.assertEqual(self.counts(review, "no_email"), (3, 3, 0, 0))
        self.assertTrue(self.line(review, "no_email", self.full).is_new)
        self.assertFalse(self.line(review, "no_email", self.silent).is_new)
        self.assertEqual(self.list_of(review, "no_email").new_count, 1)

    def test_a_client_that_comes_back_is_to_do_again(self):
        review = self.open_review(1)
        for email, expected in (("a@b.example", "mended"), (False, "todo")):
            self.silent.email = email
            review.refresh_lists()
            line = self.line(review, "no_email", self.silent)
            self.assertEqual(line.state, expected)
        self.assertFalse(line.left_at)

    def test_seen_and_taken_back(self):
        review = self.open_review(1)
        line = self.line(review, "no_email", self.silent)
        line.action_see()
        self.assertEqual(line.state, "seen")
        self.assertEqual(line.seen_by_id, self.manager)
        self.assertTrue(line.seen_at)
        self.assertEqual(self.counts(review, "no_email"), (2, 1, 1, 0))
        review.refresh_lists()
        self.assertEqual(line.state, "seen", "it stays seen while it is on the list")
        line.action_unsee()
        self.assertEqual(self.counts(review, "no_email"), (2, 2, 0, 0))
        self.assertFalse(line.seen_by_id or line.seen_at)

    def test_all_of_a_list_are_seen_at_once(self):
        review = self.open_review(1)
        self.list_of(review, "no_email").action_see_all()
        self.assertEqual(self.counts(review, "no_email"), (2, 0, 2, 0))
        self.assertFalse(review.list_ids.line_ids.filtered("left_at"))
        others = review.list_ids.filtered(lambda one: one.key != "no_email")
        self.assertFalse(sum(others.mapped("seen_count")))

    def test_who_leaves_a_list_to_look_at_unseen_is_not_done(self):
        """The ten best are not mended when they are no longer among the ten best."""
        self.bill(self.full, 500)
        self.bill(self.silent, 400)
        self.Metric._refresh(self.company)
        review = self.open_review(2)
        self.assertEqual(self.clients_on(review, "best"), self.full | self.silent)
        self.line(review, "best", self.full).action_see()
        metrics = self.Metric.search(
            [("partner_id", "in", review.list_ids.line_ids.partner_id.ids)]
        )
        metrics.revenue_rank = 11
        review.refresh_lists()
        self.assertEqual(self.counts(review, "best"), (1, 0, 1, 0))
        self.assertEqual(self.line(review, "best", self.silent).state, "gone")

    def test_a_key_note_mends_one_of_the_ten_best(self):
        self.bill(self.full, 500)
        self.Metric._refresh(self.company)
        review = self.open_review(2)
        self.assertEqual(self.counts(review, "best_without_note"), (1, 1, 0, 0))
        self.full.client_key_note = "Delivers on Tuesdays only"
        review.refresh_lists()
        self.assertEqual(self.counts(review, "best_without_note"), (1, 0, 0, 1))

    def test_suppliers_archived_and_own_companies_are_not_on_a_list(self):
        supplier = self.new_full_client(
            "Supplier", email=False, customer_rank=0, supplier_rank=2
        )
        both = self.new_full_client(
            "Both", email=False, customer_rank=1, supplier_rank=2
        )
        archived = self.new_full_client("Archived", email=False, active=False)
        contact = self.new_contact(self.full, email=False)
        colleague = self.new_employee().partner_id
        own = self.other_company.partner_id
        (own | colleague).email = False
        foreign = self.new_full_client(
            "Foreign", email=False, company_id=self.other_company.id
        )
        on_it = self.clients_on(self.open_review(1), "no_email")
        self.assertFalse(
            on_it & (supplier | archived | contact | own | foreign | colleague)
        )
        self.assertIn(both, on_it)

    def test_an_archived_client_is_done(self):
        review = self.open_review(1)
        self.silent.active = False
        review.refresh_lists()
        self.assertEqual(self.counts(review, "no_email"), (2, 1, 0, 1))

    def test_a_closed_review_stays_as_it_is(self):
        review = self.open_review(1)
        action = review.action_close()
        self.assertEqual(action["report_type"], "qweb-html")
        self.silent.email = "silent@client.example"
        review.refresh_lists()
        self.assertEqual(self.counts(review, "no_email"), (2, 2, 0, 0))
        line = self.line(review, "no_email", self.third)
        line.action_see()
        self.list_of(review, "no_email").action_see_all()
        self.assertEqual(line.state, "todo")
        review.action_reopen()
        self.assertEqual(self.counts(review, "no_email"), (2, 1, 0, 1))

    def test_there_is_one_review_of_a_quarter(self):
        self.open_review(1)
        with (
            mute_logger("odoo.sql_db"),
            self.assertRefused(IntegrityError, "client_review_quarter_unique"),
        ):
            self.open_review(1)

    def test_prospects_never_invoiced_for_a_year(self):
        old, new, client = (
            self.new_full_client(name, customer_rank=rank)
            for name, rank in (("Old", 0), ("New", 0), ("Client", 1))
        )
        self.env.cr.execute(
            "UPDATE res_partner SET create_date = create_date - INTERVAL '13 months'"
            " WHERE id = ANY(%s)",
            [(old | client).ids],
        )
        self.env.invalidate_all()
        review = self.open_review(1)
        on_it = self.clients_on(review, "prospects") & (old | new | client)
        self.assertEqual(on_it, old)
        old.client_status_id = self.active
        review.refresh_lists()
        self.assertEqual(self.line(review, "prospects", old).state, "mended")

    def test_a_quarter_is_not_changed_afterwards(self):
        review = self.open_review(1)
        with self.assertRefused(UserError, "cannot be changed"):
            review.quarter = "2"

    def test_another_addon_adds_a_list(self):
        """What it needs may be missing in this database: then there is no list."""
        lists = type(self.env["client.review.list"])
        shipped = lists._work_lists
        texts = ("Vevey", "They are in Vevey.", "Visit them.")
        own = WorkList("vevey", (2,), *texts, domain=[("city", "=", "Vevey")])
        missing = WorkList(
            "x", (2,), *texts, domain=[("x", "=", 1)], needs=("no.model",)
        )
        self.patch(lists, "_work_lists", lambda model: (*shipped(model), own, missing))
        self.full.city = "Vevey"
        review = self.open_review(2)
        self.assertEqual(self.clients_on(review, "vevey"), self.full)
        self.assertEqual(self.list_of(review, "vevey").name, "Vevey")
        self.assertNotIn("x", review.list_ids.mapped("key"))

    def test_a_removed_list_keeps_its_clients(self):
        review = self.open_review(1)
        lists = type(self.env["client.review.list"])
        self.patch(lists, "_work_lists", lambda model: ())
        self.env.invalidate_all()
        review.refresh_lists()
        self.assertEqual(self.counts(review, "no_email"), (2, 2, 0, 0))
        self.assertEqual(self.list_of(review, "no_email").name, "no_email")

    def test_the_clients_open_for_bulk_work(self):
        review = self.open_review(1)
        self.line(review, "no_email", self.third).action_see()
        action = self.list_of(review, "no_email").action_open_clients()
        found = review.env["res.partner"].search(action["domain"])
        self.assertEqual(found.ids, self.silent.ids)

    def test_a_merge_keeps_what_was_seen_and_noted(self):
        review = self.open_review(1)
        line = self.line(review, "no_email", self.silent)
        line.note = "Has moved"
        line.action_see()
        kept = self.line(review, "no_email", self.third)
        kept.note = "Ask Anna"
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((self.silent | self.third).ids, self.third)
        self.env.invalidate_all()
        lines = self.list_of(review, "no_email").line_ids
        self.assertEqual(lines.partner_id.ids, self.third.ids)
        self.assertEqual(lines.note, "Ask Anna\nHas moved")
        self.assertEqual((lines.state, lines.seen_by_id), ("seen", self.manager))

    def test_a_list_of_many_clients_takes_one_statement(self):
        tag = self.env["res.partner.category"].create({"name": "Fair"})
        self.Partner.create(
            [
                {
                    "name": f"Client {number}",
                    "customer_rank": 1,
                    "is_company": True,
                    "category_id": [Command.link(tag.id)],
                }
                for number in range(300)
            ]
        )
        review = self.open_review(3)
        one = self.list_of(review, "no_email")
        self.assertEqual(one.line_count, 302)
        self.env.invalidate_all()
        queries = len(self.env["client.review.list"]._declared()) * 4 + 30
        with self.assertQueryCount(queries):
            review.refresh_lists()
