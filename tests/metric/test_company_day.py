from datetime import date, datetime, timedelta

from freezegun import freeze_time

from odoo import Command
from odoo.tests import tagged

from ...engine.zone import zone_of_country
from ..common import InvoicingCase

AUCKLAND, LOS_ANGELES = "Pacific/Auckland", "America/Los_Angeles"


@tagged("post_install", "-at_install")
class TestCompanyDay(InvoicingCase):
    """The day of a company begins in its own time zone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Metric = cls.env["client.metric"]
        cls.Queue = cls.env["client.metric.queue"]
        cls.env.ref("base.user_admin").tz = "Asia/Tokyo"
        cls.env.user.tz = "Asia/Tokyo"
        cls.company.country_id = cls.env.ref("base.ch")
        cls.company.partner_id.tz = AUCKLAND
        cls.other_company.partner_id.tz = LOS_ANGELES
        cls.seller = cls.new_user("seller", "base.group_user")
        cls.other_seller = cls.new_user(
            "other_seller", "base.group_user", companies=cls.other_company
        )
        cls.client = cls.new_client()

    def at(self, moment):
        freezer = freeze_time(moment)
        freezer.start()
        self.addCleanup(freezer.stop)

    def today(self, company=None):
        return self.Metric._today(company or self.company)

    def meet(self, start, stop, user=None, **values):
        user = user or self.seller
        return self.env["calendar.event"].create(
            {
                "name": "Meeting",
                "start": start,
                "stop": stop,
                "user_id": user.id,
                "partner_ids": [Command.set((self.client | user.partner_id).ids)],
                **values,
            }
        )

    def drain(self):
        self.Queue._add_meetings()
        while self.Queue._drain():
            pass

    def row(self, company=None):
        self.drain()
        return self.Metric.search(
            [
                ("partner_id", "=", self.client.id),
                ("company_id", "=", (company or self.company).id),
            ]
        )

    def test_its_own_zone_then_that_of_its_country(self):
        self.at("2026-03-10 22:30:00")
        self.assertEqual(self.today(), date(2026, 3, 11))
        self.assertEqual(self.today(self.other_company), date(2026, 3, 10))
        self.company.partner_id.tz = False
        self.assertEqual(self.today(), date(2026, 3, 10), "Zurich: half past eleven")
        self.at("2026-03-10 23:30:00")
        self.assertEqual(self.today(), date(2026, 3, 11))
        branch = self.env["res.company"].create(
            {"name": "Branch", "parent_id": self.company.id}
        )
        branch.partner_id.write({"tz": False, "country_id": False})
        self.assertEqual(self.today(branch), date(2026, 3, 11))

    def test_never_the_zone_of_a_user(self):
        self.at("2026-03-10 22:30:00")
        for user in (self.seller, self.other_seller):
            user.tz = LOS_ANGELES
            metrics = self.Metric.with_user(user).with_context(tz=LOS_ANGELES)
            self.assertEqual(metrics._today(self.company), date(2026, 3, 11))
        nowhere = self.env["res.company"].create({"name": "Nowhere"})
        nowhere.partner_id.write({"tz": False, "country_id": False})
        nowhere.account_fiscal_country_id = False
        self.assertEqual(self.today(nowhere), date(2026, 3, 10), "UTC")

    def test_a_country_with_several_zones(self):
        self.assertEqual(zone_of_country("NZ"), AUCKLAND)
        self.assertEqual(zone_of_country("US"), "America/New_York")
        self.assertEqual(zone_of_country("CH"), "Europe/Zurich")
        self.assertIsNone(zone_of_country("XX"))

    def test_an_invoice_of_tomorrow(self):
        """Dated by a person in Auckland, where it is tomorrow already."""
        self.at("2026-03-10 12:30:00")
        self.invoice(self.client, invoice_date=date(2026, 3, 11))
        self.assertEqual(self.row().order_count, 1)
        self.invoice(
            self.client, company=self.other_company, invoice_date=date(2026, 3, 11)
        )
        self.assertEqual(self.row(self.other_company).order_count, 0)

    def test_the_day_of_a_meeting(self):
        late = datetime(2026, 3, 10, 22)
        self.at("2026-03-10 23:00:00")
        half = timedelta(minutes=30)
        self.meet(late, late + half)
        self.meet(late, late + half, self.other_seller)
        self.assertEqual(self.row().last_meeting_date, date(2026, 3, 11))
        self.assertEqual(self.row().business_date, date(2026, 3, 11))
        other = self.row(self.other_company)
        self.assertEqual(other.last_meeting_date, date(2026, 3, 10))
        self.assertEqual(other.business_date, date(2026, 3, 10))
        self.assertFalse(self.Metric.verify(self.company | self.other_company))

    def test_a_meeting_counts_when_it_is_over(self):
        self.at("2026-03-10 08:00:00")
        start = datetime(2026, 3, 10, 9)
        self.meet(start, start + timedelta(hours=1))
        self.assertFalse(self.row().last_meeting_date)
        self.at("2026-03-10 09:59:00")
        self.assertFalse(self.row().last_meeting_date)
        self.at("2026-03-10 10:00:00")
        self.assertEqual(self.row().last_meeting_date, date(2026, 3, 10))

    def test_also_if_an_invoice_was_posted_meanwhile(self):
        self.at("2026-03-10 09:00:00")
        start = datetime(2026, 3, 10, 9)
        self.meet(start, start + timedelta(minutes=30))
        self.at("2026-03-10 09:40:00")
        self.invoice(self.client, invoice_date=date(2026, 3, 1))
        while self.Queue._drain():
            pass
        self.assertEqual(self.row().last_meeting_date, date(2026, 3, 10))

    def test_a_whole_day_ends_with_the_day_of_the_company(self):
        day = date(2026, 3, 11)
        self.at("2026-03-10 12:00:00")
        for user in (self.seller, self.other_seller):
            self.meet(day, day, user, allday=True, start_date=day, stop_date=day)
        self.at("2026-03-11 10:59:00")
        self.assertFalse(self.row().last_meeting_date, "Auckland, 23:59")
        self.at("2026-03-11 11:00:00")
        self.assertEqual(self.row().last_meeting_date, day)
        self.assertFalse(self.row(self.other_company).last_meeting_date)
        self.at("2026-03-12 07:00:00")
        self.assertEqual(self.row(self.other_company).last_meeting_date, day)

    def test_another_zone_moves_the_day(self):
        late = datetime(2026, 3, 10, 22)
        self.at("2026-03-12 00:00:00")
        self.meet(late, late + timedelta(minutes=30))
        self.assertEqual(self.row().last_meeting_date, date(2026, 3, 11))
        self.company.partner_id.tz = LOS_ANGELES
        self.assertEqual(self.row().last_meeting_date, date(2026, 3, 10))

    def test_a_branch_without_address_follows_the_company_above(self):
        branch = self.env["res.company"].create(
            {"name": "Branch", "parent_id": self.company.id}
        )
        branch.partner_id.write({"tz": False, "country_id": False})
        branch.account_fiscal_country_id = False
        cashier = self.new_user("cashier", "base.group_user", companies=branch)
        late = datetime(2026, 3, 10, 22)
        self.at("2026-03-12 00:00:00")
        self.meet(late, late + timedelta(minutes=30), cashier)
        self.assertEqual(self.row(branch).last_meeting_date, date(2026, 3, 11))
        self.company.partner_id.tz = LOS_ANGELES
        self.assertEqual(self.row(branch).last_meeting_date, date(2026, 3, 10))
