"""A review in the browser, to its report."""

from odoo.tests import tagged

from ..browser_case import BrowserCase
from .review_case import ReviewCase


class ReviewTourCase(ReviewCase, BrowserCase):
    """Three clients without an e-mail; one of them has been silent for too long."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.partner"].search([("client_is_commercial", "=", True)]).write(
            {"email": "known@example.com", "supplier_rank": 1, "customer_rank": 0}
        )
        cls.gardens, cls.printing, cls.watches = (
            cls.new_full_client(name, email=False)
            for name in ("Weidmann Gartenbau", "Mürset Druck", "Mürset Uhren")
        )
        for ago in (340, 320, 300):
            cls.bill(cls.gardens, 500, ago=ago)
        cls.Metric._refresh(cls.company)


@tagged("post_install", "-at_install")
class TestReviewTours(ReviewTourCase):
    def test_a_whole_review_to_its_report(self):
        self.start_tour("/odoo/clients", "client_review_tour", login=self.manager.login)

        self.env.invalidate_all()
        review = self.Review.search([("company_id", "=", self.company.id)])
        self.assertEqual((review.state, review.quarter), ("closed", "1"))
        lines = self.list_of(review, "no_email").line_ids
        self.assertEqual(set(lines.mapped("state")), {"seen"})
        self.assertEqual(lines.seen_by_id, self.manager)
        self.assertEqual(review.noted_line_ids.partner_id, self.gardens)

    def test_the_report_in_french(self):
        self.speak("fr_FR")
        self.manager.lang = "fr_FR"
        self.open_review(1)
        self.start_tour(
            "/odoo/client-reviews",
            "client_review_report_fr_tour",
            login=self.manager.login,
        )


@tagged("post_install", "-at_install")
class TestReviewPhone(ReviewTourCase):
    """On the screen of a phone."""

    browser_size = "390x844"
    touch_enabled = True

    def test_one_tap_on_the_phone(self):
        review = self.open_review(1)
        self.start_tour(
            "/odoo/client-review", "client_review_phone_tour", login=self.manager.login
        )

        self.env.invalidate_all()
        self.assertEqual(self.line(review, "no_email", self.gardens).state, "seen")
