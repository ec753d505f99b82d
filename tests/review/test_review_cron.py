from datetime import date

from freezegun import freeze_time

from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import InvoicingCase

CRON = "odoo.addons.client_segmentation.models.review.client_review_cron"


@tagged("post_install", "-at_install")
class TestReviewCron(InvoicingCase):
    """The review of a quarter opens by itself, where a company wants it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = cls.new_client_user(email="user@example.com")
        cls.client = cls.new_client(customer_rank=1)
        cls.company.country_id = cls.env.ref("base.ch")

    def switch_on(self, company=None, **values):
        (company or self.company).write(
            {
                "client_review_auto": True,
                "client_review_user_id": self.user.id,
                **values,
            }
        )

    def run_cron(self):
        with self.enter_registry_test_mode():
            self._ours("client_review_cron").method_direct_trigger()
        self.env.invalidate_all()

    def reviews(self, company=None):
        company = company or self.company
        return self.env["client.review"].search([("company_id", "=", company.id)])

    def test_it_is_off_until_somebody_switches_it_on(self):
        self.run_cron()
        self.assertFalse(self.reviews())
        self.assertFalse(self.company.client_review_auto)

    def test_it_opens_one_review_with_an_activity(self):
        self.switch_on(client_review_days=20)
        with freeze_time("2027-04-01 06:00:00"):
            self.run_cron()
            self.run_cron()
        review = self.reviews()
        self.assertEqual((review.year, review.quarter), (2027, "2"))
        self.assertEqual(review.date_deadline, date(2027, 4, 21))
        self.assertEqual(review.user_id, self.user)
        self.assertTrue(review.list_ids)
        activity = review.activity_ids
        self.assertEqual(activity.user_id, self.user)
        self.assertEqual(activity.date_deadline, date(2027, 4, 21))
        self.assertFalse(self.reviews(self.other_company))

    def test_the_next_quarter_has_its_own(self):
        self.switch_on()
        for day in ("2027-03-31 06:00:00", "2027-04-01 06:00:00"):
            with freeze_time(day):
                self.run_cron()
        self.assertEqual(self.reviews().mapped("quarter"), ["2", "1"])

    def test_a_quarter_begins_with_the_day_of_the_company(self):
        """In Zurich it is the first of April already, in London and UTC it is not."""
        self.switch_on()
        self.switch_on(self.other_company, client_review_user_id=False)
        self.other_company.country_id = self.env.ref("base.uk")
        with freeze_time("2027-03-31 22:30:00"):
            self.run_cron()
        self.assertEqual(self.reviews().quarter, "2")
        self.other_company.partner_id.tz = "America/Los_Angeles"
        with freeze_time("2027-07-01 03:00:00"):
            self.run_cron()
        self.assertEqual(self.reviews(self.other_company).mapped("quarter")[0], "2")

    def test_a_person_who_left_gets_no_activity_and_the_review_opens(self):
        self.switch_on()
        self.user.active = False
        self.run_cron()
        review = self.reviews()
        self.assertTrue(review.list_ids)
        self.assertFalse(review.user_id or review.activity_ids)

    def test_a_failure_in_one_company_does_not_stop_the_others(self):
        self.switch_on()
        self.switch_on(self.other_company, client_review_user_id=False)
        reviews = type(self.env["client.review"])
        opened = reviews._open_quarter

        def open_quarter(model, company):
            if company == self.company:
                raise ValueError("broken")
            return opened(model, company)

        self.patch(reviews, "_open_quarter", open_quarter)
        with mute_logger(CRON):
            self.run_cron()
        self.assertFalse(self.reviews())
        self.assertTrue(self.reviews(self.other_company))

    def test_the_lists_of_open_reviews_follow_the_clients_every_night(self):
        self.switch_on()
        with freeze_time("2027-01-05 06:00:00"):
            self.run_cron()
            line = self.client.client_review_line_ids.filtered(
                lambda one: one.list_id.key == "no_email"
            )
            self.assertEqual(line.state, "todo")
            self.client.email = "info@weber.example"
            self.env.flush_all()
            self.run_cron()
        self.assertEqual(line.state, "mended")

    def test_the_activity_follows_the_person_and_the_day(self):
        self.switch_on()
        self.run_cron()
        review = self.reviews()
        other = self.new_client_user("other", email="other@example.com")
        review.write({"user_id": other.id, "date_deadline": "2030-01-01"})
        self.assertEqual(review.activity_ids.user_id, other)
        self.assertEqual(review.activity_ids.date_deadline, date(2030, 1, 1))
        review.with_user(other).action_close()
        self.env.invalidate_all()
        self.assertFalse(review.activity_ids)

    def test_an_update_brings_the_cron_once(self):
        self._ours("client_review_cron").unlink()
        self.migrate("crons")
        cron = self._ours("client_review_cron")
        self.assertEqual(cron.code, "model._cron_open()")
        cron.interval_number = 3
        self.migrate("crons")
        self.assertEqual(self._ours("client_review_cron").interval_number, 3)
