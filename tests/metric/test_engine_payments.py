"""The payment figures, by examples that can be checked by hand."""

from odoo.tests import tagged
from odoo.tools import SQL

from .engine_case import EngineCase
from .money_case import MoneyCase


@tagged("post_install", "-at_install")
class TestPayments(EngineCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.weber = cls.new_client()
        cls.term = {"invoice_payment_term_id": cls.in_30_days.id}

    def test_days_run_from_the_invoice_and_from_the_due_date(self):
        self.pay(self.bill(self.weber, ago=100, **self.term), ago=60)
        self.assert_figures(
            self.weber, days_to_pay=40, days_late=10, payment_count=1, overdue=0
        )

    def test_who_pays_early_is_not_late(self):
        self.pay(self.bill(self.weber, ago=100, **self.term), ago=90)
        self.pay(self.bill(self.weber, ago=100, **self.term), ago=50)
        self.assert_figures(self.weber, days_to_pay=30, days_late=10)

    def test_who_paid_before_the_invoice_took_no_days(self):
        self.pay(self.bill(self.weber, ago=100), ago=110)
        self.assert_figures(self.weber, days_to_pay=0, days_late=0)

    def test_payments_weigh_by_their_amount(self):
        invoice = self.bill(self.weber, 400, ago=100)
        self.pay(invoice, 100, ago=80)
        self.pay(invoice, 300, ago=40)
        self.assert_figures(self.weber, days_to_pay=50, days_late=50, payment_count=1)

    def test_each_instalment_has_its_own_due_date(self):
        # 40 after 10 days, 60 after 40 days
        invoice = self.bill(
            self.weber, ago=100, invoice_payment_term_id=self.instalments.id
        )
        self.pay(invoice, 40, ago=85)
        self.assert_figures(
            self.weber, self.days_ago(60), days_to_pay=15, days_late=5, overdue=0
        )
        self.pay(invoice, 60, ago=50)
        # (40 x 15 + 60 x 50) / 100 and (40 x 5 + 60 x 10) / 100
        self.assert_figures(self.weber, days_to_pay=36, days_late=8, payment_count=2)

    def test_what_is_overdue_counts_and_ages(self):
        invoice = self.bill(self.weber, 100, ago=50, **self.term)
        self.pay(invoice, 60, ago=40)
        self.assert_figures(self.weber, self.days_ago(20), overdue=0, days_to_pay=10)
        # (60 x 10 + 40 x 50) / 100, and 40 x 20 / 100
        self.assert_figures(
            self.weber, overdue=40, days_to_pay=26, days_late=8, payment_count=1
        )

    def test_nothing_is_overdue_on_the_due_date_itself(self):
        self.bill(self.weber, ago=30, **self.term)
        self.assert_figures(self.weber, overdue=0, payment_count=0, days_to_pay=None)

    def test_a_payment_of_tomorrow_has_not_been_made(self):
        self.pay(self.bill(self.weber, ago=10), ago=-1)
        self.assert_figures(self.weber, overdue=100, days_to_pay=10)
        self.assert_figures(self.weber, self.days_ago(-1), overdue=0, days_to_pay=11)

    def test_payments_before_the_window_do_not_count(self):
        self.pay(self.bill(self.weber, ago=450), ago=400)
        self.assert_figures(self.weber, days_to_pay=None, payment_count=0)

    def test_a_reversed_invoice_is_not_a_paid_one(self):
        self.reverse(self.bill(self.weber, ago=90), ago=10)
        self.assert_figures(self.weber, days_to_pay=None, payment_count=0, overdue=0)

    def test_what_a_credit_note_settles_is_not_paid(self):
        invoice = self.bill(self.weber, ago=90)
        self.reverse(invoice, 70, ago=50)
        self.pay(invoice, ago=80)
        self.assert_figures(self.weber, days_to_pay=10, days_late=10, overdue=0)

    def test_an_entry_of_the_bank_pays_like_a_payment(self):
        self.bank_entry(self.bill(self.weber, ago=90), 100, ago=70)
        self.assert_figures(self.weber, days_to_pay=20, overdue=0)

    def test_a_payment_taken_back_leaves_the_invoice_open(self):
        invoice = self.bill(self.weber, ago=90)
        self.pay(invoice, ago=70)
        invoice.line_ids.remove_move_reconcile()
        self.assert_figures(
            self.weber, days_to_pay=None, overdue=0, open_credit=100, payment_count=0
        )

    def test_an_exchange_difference_is_no_payment(self):
        # 160 euros: 100 francs at the invoice, 200 at the payment and the other way
        invoice = self.bill(self.weber, 160, ago=70, currency_id=self.euro.id)
        self.pay(invoice, 160, ago=50, currency=self.euro)
        self.assert_figures(self.weber, days_to_pay=20, overdue=0)
        invoice = self.bill(self.weber, 160, ago=430, currency_id=self.euro.id)
        self.pay(invoice, 160, ago=330, currency=self.euro)
        self.assertEqual(invoice.payment_state, "paid")
        # 100 francs after 20 days and 100 after 100; the 28 lost on the rate do not
        # count
        self.assert_figures(self.weber, days_to_pay=60, payment_count=2, overdue=0)

    def test_a_payment_in_the_journal_of_exchange_differences_is_one(self):
        invoice = self.bill(self.weber, ago=90)
        journal = self.company.currency_exchange_journal_id
        self.company.currency_exchange_journal_id = self.env["account.journal"].search(
            [("type", "=", "bank"), ("company_id", "=", self.company.id)]
        )
        self.bank_entry(invoice, 100, ago=70)
        self.assertNotEqual(self.company.currency_exchange_journal_id, journal)
        self.assert_figures(self.weber, days_to_pay=20, payment_count=1)

    def test_a_payment_moved_to_another_day_counts_on_that_day(self):
        invoice = self.bill(self.weber, ago=90)
        entry = self.bank_entry(invoice, 100, ago=70)
        self.assert_figures(self.weber, days_to_pay=20)
        entry.button_draft()
        entry.date = self.days_ago(60)
        entry.action_post()
        self.Queue._drain()
        row = self.table(self.company)[self.weber.id]
        self.assertEqual(row["days_to_pay"], 30)


@tagged("post_install", "-at_install")
class TestPaid(MoneyCase):
    """Paid is what came in as money; an invoice of 100, 90 days ago."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.weber = cls.new_client()

    def debt(self, amount=100, **values):
        return self.open_lines(self.bill(self.weber, amount, ago=90, **values))

    def assert_not_paid(self, **expected):
        values = {"days_to_pay": None, "payment_count": 0, "overdue": 0, **expected}
        self.assert_figures(self.weber, **values)

    def assert_paid_after_20_days(self, **expected):
        values = {"days_to_pay": 20, "payment_count": 1, "overdue": 0, **expected}
        self.assert_figures(self.weber, **values)

    def test_a_write_off_is_no_payment(self):
        self.settle(self.debt(), ("390000", 100), ago=70)
        self.assert_not_paid()

    def test_a_write_off_does_not_make_a_fast_payer(self):
        self.company.client_payment_evidence = 1
        self.settle(self.debt(), ("390000", 100), ago=88)
        self.assert_figures(self.weber, payment_class=None)

    def test_a_balance_with_a_supplier_is_no_payment(self):
        self.settle(self.debt(), ("200000", 100), ago=70)
        self.assert_not_paid()

    def test_a_compensation_with_another_client_is_no_payment(self):
        debt, other = self.debt(), self.new_client("Meyer Metallbau")
        receivable = debt.account_id
        entry = self.entry((receivable, self.weber, -100), (receivable, other, 100))
        self.match(debt, entry)
        self.assert_not_paid()

    def test_a_bank_statement_pays(self):
        self.statement(self.debt(), 100, ago=70)
        self.assert_paid_after_20_days()

    def test_an_entry_on_a_cash_account_pays_in_any_journal(self):
        self.settle(self.debt(), ("102000", 100), ago=70)
        self.assert_paid_after_20_days()

    def test_an_entry_with_the_date_of_an_invoice_pays_as_well(self):
        """Entries usually have none, which is how their lines are found."""
        debt = self.debt()
        self.settle(debt, ("102000", 100), ago=70)
        entry = debt.matched_credit_ids.credit_move_id.move_id
        self.env.flush_all()
        for table, column in (("account_move", "id"), ("account_move_line", "move_id")):
            self.cr.execute(
                SQL(
                    "UPDATE %s SET invoice_date = date WHERE %s = %s",
                    SQL.identifier(table),
                    SQL.identifier(column),
                    entry.id,
                )
            )
        self.assert_paid_after_20_days()

    def test_the_account_in_between_is_as_good_as_the_bank(self):
        for code in ("109000", "103000"):  # outstanding, suspense
            with self.subTest(account=code), self.cr.savepoint() as savepoint:
                self.settle(self.debt(), (code, 100), ago=70)
                self.assert_paid_after_20_days()
                savepoint.rollback()

    def test_a_payment_stays_one_when_its_method_gets_another_account(self):
        self.pay(self.debt().move_id, ago=70)
        methods = self.journal("BNK").inbound_payment_method_line_ids
        methods.payment_account_id = self.account("102000")
        self.assert_paid_after_20_days()

    def test_what_is_written_off_by_the_payment_is_not_paid(self):
        # 60 after 20 days; the 40 of the write-off do not count. Another 100 after 90.
        self.pay_and_write_off(self.debt().move_id, 60, ago=70)
        self.pay(self.debt().move_id)
        # (60 x 20 + 100 x 90) / 160
        self.assert_figures(self.weber, days_to_pay=63.75, overdue=0)

    def test_a_cash_discount_of_the_entry_is_not_paid(self):
        self.settle(self.debt(), ("102000", 98), ("390000", 2), ago=70)
        self.settle(self.debt(), ("102000", 100))
        # (98 x 20 + 100 x 90) / 198
        self.assert_figures(self.weber, days_to_pay=55.35, payment_count=2)

    def test_the_share_of_money_is_that_of_the_entry(self):
        """One entry for two invoices: half of each is paid."""
        first, second = self.debt(), self.debt(300)
        entry = self.entry(
            (first.account_id, self.weber, -400),
            (self.account("102000"), None, 200),
            (self.account("390000"), None, 200),
            ago=70,
        )
        (first | second | self.open_lines(entry)).reconcile()
        self.pay(self.debt().move_id)
        # (200 x 20 + 100 x 90) / 300
        self.assert_figures(self.weber, days_to_pay=43.33, payment_count=3)

    def test_more_money_than_the_invoice_is_paid_once(self):
        debt = self.debt()
        self.settle(debt, ("102000", 110), ("300000", -10), ago=70)
        self.assert_paid_after_20_days()

    def test_money_that_goes_out_pays_nothing(self):
        debt = self.debt()
        self.settle(debt, ("102000", -50), ("390000", 150), ago=70)
        self.assert_not_paid()

    def test_a_down_payment_invoice_paid_and_credited_was_paid(self):
        """The client paid, whatever became of the invoice."""
        invoice = self.debt().move_id
        self.pay(invoice, ago=70)
        self.reverse(invoice, ago=10)
        self.assert_figures(self.weber, days_to_pay=20, open_credit=100)


@tagged("post_install", "-at_install")
class TestPaymentClass(EngineCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.weber = cls.new_client()
        cls.term = {"invoice_payment_term_id": cls.in_30_days.id}

    def _paid_after(self, *days):
        for number in days:
            invoice = self.bill(self.weber, ago=100, **self.term)
            self.pay(invoice, ago=100 - number)

    def test_one_due_date_is_not_enough_evidence(self):
        self._paid_after(5)
        self.assert_figures(self.weber, payment_class=None)
        self.company.client_payment_evidence = 1
        self.assert_figures(self.weber, payment_class="fast")

    def test_fast_is_up_to_ten_days_after_the_invoice(self):
        self._paid_after(10, 10)
        self.assert_figures(self.weber, payment_class="fast")
        self._paid_after(11)
        self.assert_figures(self.weber, days_to_pay=10.33, payment_class="standard")

    def test_standard_is_up_to_five_days_after_the_due_date(self):
        self._paid_after(35, 35)
        self.assert_figures(self.weber, days_late=5, payment_class="standard")
        self._paid_after(36)
        self.assert_figures(self.weber, days_late=5.33, payment_class="slow")

    def test_what_is_open_makes_a_client_slow_as_it_ages(self):
        self._paid_after(5)
        self.bill(self.weber, ago=50, **self.term)
        day = self.days_ago(15)
        self.assert_figures(self.weber, day, days_late=2.5, payment_class="standard")
        self.assert_figures(self.weber, days_late=10, payment_class="slow")
