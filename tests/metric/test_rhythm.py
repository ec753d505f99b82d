from odoo.tests import tagged
from odoo.tools import SQL

from .engine_case import EngineCase


@tagged("post_install", "-at_install")
class TestRhythm(EngineCase):
    """Clients that are silent for longer than usual, and the revenue at risk."""

    def setUp(self):
        super().setUp()
        self.client_ = self.new_client("Rhythmical")

    def order(self, *days_ago, amount=100, client=None):
        for ago in days_ago:
            self.bill(client or self.client_, amount, ago=ago)

    def rhythm(self, client=None):
        """:return: ratio, whether in its pause, and revenue at risk of a client"""
        self.Metric._refresh(self.company)
        client = client or self.client_
        client.invalidate_recordset()
        return (
            client.client_silence_ratio,
            client.client_in_pause,
            client.client_revenue_at_risk,
        )

    def test_orders_every_forty_days_and_silent_for_ninety_seven(self):
        self.order(217, 177, 137, 97)
        self.assertEqual(self.rhythm(), (2.4, False, 400))
        self.assertEqual(self.client_.client_days_silent, 97)
        self.assertEqual(
            self.client_.client_rhythm, "orders every 40 days, silent for 97 days"
        )

    def test_one_and_a_half_gaps_are_no_risk_yet(self):
        self.order(140, 100, 60)
        self.assertEqual(self.rhythm(), (1.5, False, 0))
        other = self.new_client("A Day Later")
        self.order(141, 101, 61, client=other)
        self.assertEqual(self.rhythm(other), (1.5, False, 300))

    def test_with_less_than_three_orders_the_limits_of_the_settings_count(self):
        self.order(120, 90)
        self.assertEqual(self.rhythm(), (0, False, 0))
        self.assertEqual(self.client_.client_rhythm, "silent for 90 days")
        self.company.client_active_days = 89
        self.assertEqual(self.rhythm(), (0, False, 200))

    def test_who_buys_every_winter_is_not_at_risk_in_summer(self):
        winters = [ago + year for year in (0, 365, 730) for ago in (230, 245, 260)]
        self.order(*winters)
        self.assertTrue(self.rhythm()[1])
        self.assertEqual(self.rhythm()[2], 0)
        self.assertEqual(
            self.Partner.search(
                [("client_in_pause", "=", True), ("id", "=", self.client_.id)]
            ),
            self.client_,
        )

    def test_who_bought_in_the_same_weeks_a_year_before_is_at_risk(self):
        winters = [ago + year for year in (0, 365, 730) for ago in (230, 245, 260)]
        self.order(*winters, 360, 370)
        self.assertFalse(self.rhythm()[1])
        self.assertGreater(self.rhythm()[2], 0)

    def test_an_order_taken_back_a_year_before_was_no_order(self):
        winters = [ago + year for year in (0, 365, 730) for ago in (230, 245, 260)]
        self.order(*winters)
        self.reverse(self.bill(self.client_, 100, ago=365), ago=360)
        self.assertTrue(self.rhythm()[1])

    def test_who_missed_the_season_is_at_risk(self):
        seasons = [ago + year for year in (365, 730) for ago in (10, 25, 40)]
        self.order(*seasons)
        ratio, in_pause, at_risk = self.rhythm()
        self.assertFalse(in_pause)
        self.assertEqual(at_risk, 300)

    def test_the_larger_of_both_years_is_at_risk(self):
        self.order(200, 240, 280)
        self.order(380, 460, 540, 620, amount=1000)
        self.assertEqual(self.rhythm()[2], 4000)

    def test_who_is_lost_is_not_at_risk(self):
        self.order(217, 177, 137, 97)
        self.assertEqual(self.rhythm()[2], 400)
        self.client_._decide_client_class("engagement", "lost", "Closed")
        self.assertEqual(self.rhythm()[2], 0)

    def test_who_never_ordered_has_no_rhythm(self):
        self.assertEqual(self.rhythm(), (0, False, 0))
        self.assertFalse(self.client_.client_rhythm)

    def test_the_worst_comes_first_and_sums_add_up(self):
        other = self.new_client("Larger")
        self.order(217, 177, 137, 97)
        self.order(217, 177, 137, 97, amount=500, client=other)
        self.Metric._refresh(self.company)
        mine = [("id", "in", (self.client_ | other).ids)]
        self.assertEqual(
            self.Partner.search(
                [*mine, ("client_revenue_at_risk", ">", 0)],
                order="client_revenue_at_risk DESC",
            ),
            other + self.client_,
        )
        [total] = self.Partner.formatted_read_group(
            mine, [], ["client_revenue_at_risk:sum"]
        )
        self.assertEqual(total["client_revenue_at_risk:sum"], 2400)

    def test_lost_revenue_is_what_is_missing_to_the_year_before(self):
        self.order(400, amount=1000)
        self.order(30, amount=300)
        self.rhythm()
        self.assertEqual(self.client_.client_revenue_lost, 700)
        self.order(5, amount=900)
        self.rhythm()
        self.assertEqual(self.client_.client_revenue_lost, 0)

    def test_each_company_has_its_own_rhythm(self):
        self.order(217, 177, 137, 97)
        self.bill(self.client_, 50, ago=3, company=self.other_company)
        for company in (self.company, self.other_company):
            self.Metric._refresh(company)
        there = self.client_.with_company(self.other_company).with_context(
            allowed_company_ids=self.other_company.ids
        )
        self.assertEqual(there.client_days_silent, 3)
        self.assertEqual(there.client_revenue_at_risk, 0)

    def test_it_is_found_in_a_query_without_joins_as_well(self):
        self.order(97, 57, 17)
        Partner = self.Partner
        self.Metric._refresh(self.company)
        self.env.flush_all()
        column = Partner._field_to_sql("res_partner", "client_days_silent")
        [[days]] = self.env.execute_query(
            SQL("SELECT %s FROM res_partner WHERE id = %s", column, self.client_.id)
        )
        self.assertEqual(days, 17)
