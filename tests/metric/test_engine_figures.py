"""Each figure, by an example that can be checked by hand."""

from dateutil.relativedelta import relativedelta

from odoo.tests import tagged

from .engine_case import EngineCase


@tagged("post_install", "-at_install")
class TestRevenue(EngineCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.weber = cls.new_client()

    def test_revenue_is_untaxed_invoices_and_receipts_minus_credit_notes(self):
        country = {"name": "8 %", "country_id": self.env.ref("base.ch").id}
        group = self.env["account.tax.group"].create(country)
        tax = self.env["account.tax"].create(
            {**country, "amount": 8, "tax_group_id": group.id}
        )
        invoice = self.draft(self.weber)
        invoice.invoice_line_ids.tax_ids = tax
        invoice.action_post()
        self.assertEqual(invoice.amount_total, 108)
        self.bill(self.weber, 30, move_type="out_receipt")
        self.bill(self.weber, 20, move_type="out_refund")
        self.assert_figures(self.weber, revenue=110, revenue_total=110)

    def test_drafts_and_cancelled_invoices_do_not_count(self):
        self.draft(self.weber)
        self.bill(self.weber, 70).button_cancel()
        self.bill(self.weber, 60).button_draft()
        self.bill(self.weber, 50)
        self.assert_figures(self.weber, revenue=50, invoice_count=1, order_count=1)

    def test_the_window_begins_the_day_after_the_same_day_a_year_ago(self):
        year_ago = self.today - relativedelta(years=1)
        days = (self.today - year_ago).days
        self.bill(self.weber, 10, ago=days)
        self.bill(self.weber, 3, ago=days - 1)
        self.assert_figures(self.weber, revenue=3, revenue_previous=10)

    def test_the_window_has_as_many_months_as_the_company_says(self):
        self.bill(self.weber, 100, ago=200)
        self.bill(self.weber, 10, ago=400)
        self.bill(self.weber, 1, ago=600)
        self.assert_figures(self.weber, revenue=100, revenue_previous=11)
        self.company.client_window_months = 6
        self.assert_figures(
            self.weber, revenue=0, revenue_previous=10, revenue_total=111
        )

    def test_a_long_window_is_compared_with_the_window_before(self):
        self.company.client_window_months = 24
        self.bill(self.weber, 100, ago=600)
        self.bill(self.weber, 10, ago=800)
        self.bill(self.weber, 1, ago=1600)
        self.assert_figures(self.weber, revenue=100, revenue_previous=10)

    def test_growth_is_measured_against_the_year_before(self):
        self.bill(self.weber, 300, ago=400)
        self.bill(self.weber, 400, ago=10)
        self.assert_figures(self.weber, revenue_growth=33.33)

    def test_there_is_no_growth_from_nothing_or_from_less(self):
        self.bill(self.weber, 400, ago=10)
        self.assert_figures(self.weber, revenue_growth=None)
        self.bill(self.weber, 50, ago=400, move_type="out_refund")
        self.assert_figures(self.weber, revenue_previous=-50, revenue_growth=None)

    def test_a_credit_note_counts_on_its_own_date(self):
        self.reverse(self.bill(self.weber, 100, ago=400), 30, ago=10)
        self.assert_figures(
            self.weber, revenue=-30, revenue_previous=100, revenue_total=70
        )

    def test_an_invoice_of_the_future_counts_from_its_day_on(self):
        self.bill(self.weber, 100, ago=-5)
        self.assert_figures(self.weber, revenue="no row")
        self.assert_figures(self.weber, self.days_ago(-4), revenue="no row")
        self.assert_figures(self.weber, self.days_ago(-5), revenue=100)

    def test_foreign_invoices_count_as_booked_in_francs(self):
        self.bill(self.weber, 125, ago=500, currency_id=self.euro.id)
        self.bill(self.weber, 160, ago=100, currency_id=self.euro.id)
        self.assert_figures(self.weber, revenue=100, revenue_previous=100)

    def test_each_company_has_its_own_figures(self):
        self.bill(self.weber, 100)
        self.bill(self.weber, 40, company=self.other_company)
        self.assert_figures(self.weber, revenue=100)
        self.assert_figures(self.weber, company=self.other_company, revenue=40)

    def test_invoices_of_contacts_are_their_company_s(self):
        anna = self.new_contact(self.weber)
        self.bill(anna, 80)
        self.assert_figures(self.weber, revenue=80)
        self.assert_figures(anna, revenue="no row")

    def test_a_client_that_becomes_a_contact_takes_its_invoices_along(self):
        paul = self.new_client("Paul Favre", is_company=False)
        self.bill(paul, 80)
        self.assert_figures(paul, revenue=80)
        paul.parent_id = self.weber
        self.Queue._drain()
        self.assertEqual(self.table(self.company)[self.weber.id]["revenue"], 80)
        self.assertNotIn(paul.id, self.table(self.company))


@tagged("post_install", "-at_install")
class TestOrders(EngineCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.weber = cls.new_client()

    def test_a_reversed_invoice_is_no_order(self):
        self.bill(self.weber, 100, ago=50)
        self.reverse(self.bill(self.weber, 500, ago=20), ago=10)
        self.assert_figures(
            self.weber,
            revenue=100,
            invoice_count=1,
            average_basket=100,
            last_invoice_date=self.days_ago(50),
        )

    def test_it_was_an_order_until_the_day_of_the_credit_note(self):
        self.reverse(self.bill(self.weber, 500, ago=20), ago=10)
        self.assert_figures(self.weber, self.days_ago(11), invoice_count=1)
        self.assert_figures(self.weber, self.days_ago(10), invoice_count=0)

    def test_an_invoice_taken_back_in_part_is_still_an_order(self):
        self.reverse(self.bill(self.weber, 500, ago=20), 499, ago=10)
        self.assert_figures(self.weber, invoice_count=1, average_basket=500)

    def test_two_credit_notes_together_take_an_invoice_back(self):
        invoice = self.bill(self.weber, 500, ago=20)
        self.reverse(invoice, 300, ago=10)
        self.reverse(invoice, 200, ago=5)
        self.assert_figures(self.weber, invoice_count=0, average_basket=None)

    def test_a_foreign_invoice_is_reversed_though_the_rate_has_changed(self):
        invoice = self.bill(self.weber, 100, ago=70, currency_id=self.euro.id)
        note = self.reverse(invoice, ago=50)
        self.assertEqual(invoice.amount_untaxed_signed, 62.5)
        self.assertEqual(note.amount_untaxed_signed, -125)
        cheap = self.bill(self.weber, 100, ago=500, currency_id=self.euro.id)
        note = self.reverse(cheap, ago=100)
        self.assertEqual(cheap.amount_untaxed_signed, 80)
        self.assertEqual(note.amount_untaxed_signed, -62.5)
        self.assert_figures(self.weber, order_count=0, revenue_total=-45)

    def test_a_credit_note_for_another_client_takes_the_invoice_back(self):
        invoice = self.bill(self.weber, 500, ago=20)
        self.bill(self.weber, 100, ago=30)
        self.pay(invoice)
        note = self.reverse(invoice, ago=10, post=False)
        note.partner_id = meyer = self.new_client("Meyer Metallbau")
        self.Queue._drain()
        note.action_post()
        self.Queue._drain()
        table = self.table(self.company)
        self.assertEqual(table[self.weber.id]["invoice_count"], 1)
        self.assertEqual(table[meyer.id]["revenue"], -500)

    def test_the_gap_is_the_mean_between_the_days_of_orders(self):
        self.bill(self.weber, ago=50)
        self.bill(self.weber, ago=50)
        self.bill(self.weber, ago=40)
        self.assert_figures(self.weber, order_gap_days=None)
        self.bill(self.weber, ago=5)
        self.assert_figures(self.weber, order_gap_days=22.5)
        self.bill(self.weber, ago=0)
        self.assert_figures(
            self.weber,
            order_gap_days=16.67,
            order_count=5,
            first_invoice_date=self.days_ago(50),
            last_invoice_date=self.today,
        )

    def test_the_basket_is_rounded_half_up(self):
        self.bill(self.weber, 10, ago=2)
        self.bill(self.weber, 10.01, ago=1)
        self.assert_figures(self.weber, average_basket=10.01)

    def test_discounts_weigh_by_the_amount_before_them(self):
        self.bill(self.weber, (300, 10), 100)
        self.assert_figures(self.weber, average_discount=7.5)
        self.bill(self.weber, (160, 50), ago=100, currency_id=self.euro.id)
        self.assert_figures(self.weber, average_discount=16.0)

    def test_the_discounts_of_reversed_and_old_invoices_do_not_count(self):
        self.bill(self.weber, 100)
        self.bill(self.weber, (100, 50), ago=400)
        self.reverse(self.bill(self.weber, (100, 50), ago=10))
        self.assert_figures(self.weber, average_discount=0)


@tagged("post_install", "-at_install")
class TestMeetings(EngineCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.weber = cls.new_client()

    def test_a_meeting_with_a_contact_is_one_with_the_client(self):
        self.meet(self.new_contact(self.weber), ago=10)
        self.assert_figures(
            self.weber,
            last_meeting_date=self.days_ago(10),
            engagement="active",
            revenue=0,
        )

    def test_a_meeting_that_is_not_over_does_not_count(self):
        self.meet(self.weber, ago=-1)
        self.assert_figures(self.weber, last_meeting_date="no row")

    def test_a_declined_or_cancelled_meeting_does_not_count(self):
        self.meet(self.weber, ago=30)
        self.meet(self.weber, ago=20).active = False
        declined = self.meet(self.weber, ago=10)
        guest = declined.attendee_ids.filtered("partner_id.partner_share")
        guest.do_decline()
        self.assert_figures(self.weber, last_meeting_date=self.days_ago(30))

    def test_a_meeting_belongs_to_the_company_of_who_organised_it(self):
        self.meet(self.weber, user=self.other_seller)
        self.assert_figures(self.weber, last_meeting_date="no row")
        self.assert_figures(
            self.weber, company=self.other_company, last_meeting_date=self.today
        )

    def test_colleagues_are_no_clients(self):
        self.meet(self.weber)
        self.assert_figures(self.seller.partner_id, last_meeting_date="no row")
