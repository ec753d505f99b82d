from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .review_case import ReviewCase

SECRET = "Zurückhaltung"


@tagged("post_install", "-at_install")
class TestReviewRights(ReviewCase):
    """A review tells a reader nothing that he may not know without it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = cls.new_client_user()
        cls.seen = cls.new_full_client("Known", email=False)
        cls.hidden = cls.new_full_client(SECRET, email=False)

    def hide(self):
        self.env["ir.rule"].create(
            {
                "name": "Hidden clients",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "domain_force": f"[('name', '!=', '{SECRET}')]",
            }
        )
        self.env.flush_all()
        self.env.invalidate_all()

    def test_hidden_clients_are_in_no_line_and_no_count(self):
        review = self.open_review(1)
        own = self.as_user(review, self.user)
        everybody = self.counts(own, "no_email")[0]
        self.hide()
        self.assertEqual(self.counts(own, "no_email")[0], everybody - 1)
        self.assertNotIn(self.hidden, self.clients_on(own, "no_email"))
        ten = own.ten_clients()
        self.assertNotIn(SECRET, str(ten))
        self.assertIn("Known", str(ten))
        lines = review.sudo().list_ids.line_ids
        line = lines.filtered(lambda one: one.partner_id == self.hidden)[:1]
        with self.assertRaises(AccessError) as refused:
            self.as_user(line, self.user).read(["note"])
        self.assertNotIn(SECRET, str(refused.exception))

    def test_nobody_marks_a_hidden_client_as_seen(self):
        review = self.open_review(1)
        self.hide()
        own = self.as_user(review, self.user)
        own.see_client(self.hidden.id, "note")
        self.list_of(own, "no_email").action_see_all()
        lines = self.Line.search([("review_id", "=", review.id)])
        states = {
            line.partner_id: line.state
            for line in lines
            if line.list_id.key == "no_email"
        }
        self.assertEqual(states[self.hidden], "todo")
        self.assertEqual(states[self.seen], "seen")
        self.assertFalse(lines.filtered("note"))

    def test_lists_of_figures_are_for_those_who_see_revenue(self):
        self.bill(self.seen, 500)
        self.Metric._refresh(self.company)
        review = self.open_review(2)
        figures = review.list_ids.filtered("is_figure")
        self.assertEqual(
            figures, review.list_ids, "all of this quarter are about revenue"
        )
        self.assertEqual(self.counts(review, "best")[0], 1)
        self.env.invalidate_all()
        own = self.as_user(review, self.user)
        self.assertFalse(own.list_ids)
        self.assertEqual(own.line_count, 0)
        self.assertFalse(own.env["client.review.line"].search([]))
        first = self.open_review(1)
        self.env.invalidate_all()
        first = self.as_user(first, self.user)
        shown = set(first.list_ids.mapped("key"))
        self.assertLess({"no_email", "no_phone", "prospects"}, shown)
        about_revenue = (
            self.env["client.review.list"]
            .search([("review_id", "=", first.id), ("is_figure", "=", True)])
            .mapped("key")
        )
        self.assertTrue(about_revenue)
        self.assertFalse(shown.intersection(about_revenue))

    def test_without_the_right_nobody_reads_or_sorts_by_money(self):
        review = self.as_user(self.open_review(1), self.user)
        line = self.line(review, "no_email", self.seen)
        with self.assertRaises(AccessError):
            line.read(["revenue_at_risk"])
        for order in ("revenue_at_risk desc", "revenue_at_risk"):
            with self.assertRaises(AccessError):
                line.search([], order=order)
        with self.assertRaises(AccessError):
            line.search([("revenue_at_risk", ">", 0)])
        for client in review.ten_clients()["clients"]:
            self.assertFalse(client.keys() & {"at_risk", "rhythm"})

    def test_a_sister_company_is_not_seen(self):
        reader = self.new_manager("sister", companies=self.other_company)
        review = self.open_review(1)
        own = self.as_user(self.Review, reader)
        self.assertFalse(own.search([]))
        for records in (review, review.list_ids, review.list_ids.line_ids[:1]):
            with self.assertRaises(AccessError):
                self.as_user(records, reader).read(["display_name"])
        with self.assertRaises(AccessError):
            own.create({"company_id": self.company.id, "year": 2027, "quarter": "1"})

    def test_a_company_counts_its_branches_and_a_branch_has_its_own(self):
        branch = self.open_branch(self.company, "Branch")
        client = self.new_full_client("Of the branch", email=False)
        self.bill(client, 700, company=branch)
        self.Metric._refresh(self.company)
        self.Metric._refresh(branch)
        both = self.new_manager("both", companies=self.company | branch)
        above = self.open_review(2, user=both, company=self.company)
        below = self.open_review(2, user=both, company=branch)
        self.bill(self.seen, 500)
        self.Metric._refresh(self.company)
        above.refresh_lists()
        self.assertEqual(self.clients_on(above, "best"), client | self.seen)
        self.assertEqual(self.clients_on(below, "best"), client)
        local = self.new_manager("local", companies=branch)
        self.assertEqual(self.as_user(self.Review, local).search([]).ids, below.ids)

    def test_only_the_responsible_person_or_a_manager_closes(self):
        review = self.open_review(1)
        own = self.as_user(review, self.user)
        self.assertFalse(own.is_manageable)
        with self.assertRaises(AccessError):
            own.note = "Mine"
        with self.assertRaises(UserError):
            own.action_close()
        self.assertEqual(review.state, "open")
        review.user_id = self.user
        self.env.flush_all()
        self.env.invalidate_all()
        own.note = "Ours"
        own.action_close()
        self.assertEqual((review.state, review.closed_by_id), ("closed", self.user))

    def test_users_open_no_review(self):
        own = self.as_user(self.Review, self.user)
        with self.assertRaises(AccessError):
            own.create({"year": 2027, "quarter": "1"})

    def test_people_write_notes_and_nothing_else_on_a_line(self):
        review = self.as_user(self.open_review(1), self.user)
        line = self.line(review, "no_email", self.seen)
        line.note = "Call on Monday"
        for values in (
            {"state": "mended"},
            {"seen_by_id": self.manager.id},
            {"partner_id": self.hidden.id},
        ):
            with self.subTest(values), self.assertRefused(UserError, "Only the note"):
                line.write(values)
        self.assertEqual(line.note, "Call on Monday")

    def test_nothing_for_the_portal_and_employees(self):
        self.open_review(1)
        for user in (self.new_portal_user(), self.new_employee()):
            for model in ("client.review", "client.review.list", "client.review.line"):
                records = self.as_user(self.env[model], user, self.company)
                self.assertFalse(records.has_access("read"), model)
            with self.assertRaises(AccessError):
                self.as_user(self.Review, user, self.company).current()
            with self.assertRaises(AccessError):
                self.as_user(self.seen, user, self.company).read(
                    ["client_review_line_ids"]
                )
