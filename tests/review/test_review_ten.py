from odoo.exceptions import UserError
from odoo.tests import tagged

from .review_case import ReviewCase


@tagged("post_install", "-at_install")
class TestTenMinutes(ReviewCase):
    """The next ten clients to look at, across the lists."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.partner"].search([("client_is_commercial", "=", True)]).write(
            {"supplier_rank": 1, "customer_rank": 0}
        )
        # Silent for much longer than usual: 900 a year and 300 a year at risk.
        cls.large, cls.small = (
            cls.new_full_client(name, email=False) for name in ("Large", "Small")
        )
        for client, amount in ((cls.small, 100), (cls.large, 300)):
            for ago in (340, 320, 300):
                cls.bill(client, amount, ago=ago)
        cls.bare = cls.new_full_client("Bare", email=False, phone=False)
        cls.Metric._refresh(cls.company)

    def names(self, review):
        return [client["name"] for client in review.ten_clients()["clients"]]

    def test_the_largest_revenue_at_risk_first(self):
        review = self.open_review(1)
        self.assertEqual(self.names(review), ["Large", "Small", "Bare"])
        first = review.ten_clients()["clients"][0]
        self.assertEqual(first["at_risk"], self.large.client_revenue_at_risk)
        self.assertIn("silent for 300 days", first["rhythm"])

    def test_it_says_why(self):
        review = self.open_review(1)
        large, _small, bare = review.ten_clients()["clients"]
        self.assertEqual(
            [why["name"] for why in large["why"]],
            ["Reactivate before the Summer", "No E-mail"],
        )
        self.assertEqual(
            [why["name"] for why in bare["why"]], ["No E-mail", "No Phone"]
        )
        self.assertTrue(all(why["todo"] for why in bare["why"]))

    def test_without_revenue_the_client_on_most_lists_comes_first(self):
        user = self.new_client_user()
        review = self.as_user(self.open_review(1), user)
        self.assertEqual(self.names(review)[0], "Bare")

    def test_note_something_and_go_to_the_next(self):
        review = self.open_review(1)
        review.see_client(self.large.id, " Wants an offer in May ")
        self.assertEqual(self.names(review), ["Small", "Bare"])
        lines = self.Line.search(
            [("review_id", "=", review.id), ("partner_id", "=", self.large.id)]
        )
        self.assertEqual(set(lines.mapped("state")), {"seen"}, "on all of its lists")
        self.assertEqual(
            list(filter(None, lines.mapped("note"))), ["Wants an offer in May"]
        )
        self.assertEqual(lines.seen_by_id, self.manager)
        page = review.ten_clients()
        self.assertEqual((page["todo"], page["week"]), (2, 1))

    def test_a_mistake_is_taken_back_by_whom_it_happened_to(self):
        review = self.open_review(1)
        review.see_client(self.large.id)
        other = self.as_user(review, self.new_manager("other"))
        other.unsee_client(self.large.id)
        self.assertEqual(self.names(review), ["Small", "Bare"])
        review.unsee_client(self.large.id)
        self.assertEqual(self.names(review), ["Large", "Small", "Bare"])

    def test_there_are_ten_and_the_others_follow(self):
        for number in range(12):
            self.new_full_client(f"Client {number:02}", email=False)
        review = self.open_review(1)
        page = review.ten_clients()
        self.assertEqual((len(page["clients"]), page["todo"]), (10, 15))
        review.see_client(self.large.id)
        self.assertEqual(len(review.ten_clients()["clients"]), 10)

    def test_who_is_mended_meanwhile_is_not_shown(self):
        review = self.open_review(1)
        self.bare.write({"email": "bare@client.example", "phone": "+41 44 668 18 01"})
        self.assertEqual(self.names(review), ["Large", "Small"])

    def test_the_newest_open_review_of_the_company(self):
        first, second = self.open_review(1), self.open_review(2)
        self.assertEqual(first.current(), second.id)
        second.action_close()
        self.assertEqual(first.current(), first.id)
        first.action_close()
        self.assertIs(first.current(), False)

    def test_a_closed_review_takes_no_marks(self):
        review = self.open_review(1)
        review.action_close()
        with self.assertRefused(UserError, "closed"):
            review.see_client(self.large.id)
        self.assertFalse(review.ten_clients()["open"])

    def test_the_wrong_argument_finds_nobody(self):
        review = self.open_review(1)
        for wrong in (None, "x", 0, [], {}, 2**70, [self.large.id]):
            review.see_client(wrong, "note")
        self.assertFalse(review.noted_line_ids)
        self.assertEqual(review.ten_clients()["todo"], 3)

    def test_the_figures_are_those_of_the_company_of_the_review(self):
        both = self.new_manager("both", companies=self.company | self.other_company)
        review = self.open_review(1, user=both)
        here = self.as_user(review, both)
        abroad = here.with_company(self.other_company).with_context(
            allowed_company_ids=(self.other_company | self.company).ids
        )
        self.assertEqual(abroad.ten_clients()["clients"], here.ten_clients()["clients"])
