"""What a client owes: overdue, open credit, and their agreement with Odoo."""

from odoo.tests import tagged

from .money_case import MoneyCase


class ReceivableCase(MoneyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.weber = cls.new_client()
        cls.term = {"invoice_payment_term_id": cls.in_30_days.id}

    def debt(self, amount=100, ago=90, **values):
        return self.open_lines(self.bill(self.weber, amount, ago=ago, **values))

    def refreshed(self):
        """:return: the row of the client after the queue has been processed"""
        self.Queue._drain()
        return self.table(self.company).get(self.weber.id)


@tagged("post_install", "-at_install")
class TestOverdue(ReceivableCase):
    def test_an_opening_balance_is_overdue_like_an_invoice(self):
        self.opening(self.weber, 300, ago=40, due=25)
        self.assert_figures(self.weber, self.days_ago(25), overdue=0)
        self.assert_figures(
            self.weber, overdue=300, days_late=25, days_to_pay=40, payment_count=1
        )

    def test_an_opening_balance_without_due_date_is_due_at_once(self):
        self.opening(self.weber, 300, ago=40)
        self.assert_figures(self.weber, overdue=300, days_late=40)

    def test_a_client_with_only_an_opening_balance_has_figures(self):
        self.opening(self.weber, 300, due=-20)
        self.assert_figures(
            self.weber, overdue=0, revenue=0, order_count=0, payment_class=None
        )

    def test_open_credit_covers_the_oldest_due_date_first(self):
        self.debt(100, ago=60)
        self.debt(200, ago=90)
        self.pay_in_advance(self.weber, 250, ago=5)
        # 200 are covered, and 50 of the 100
        self.assert_figures(
            self.weber, overdue=50, days_late=60, payment_count=1, open_credit=250
        )

    def test_open_credit_covers_what_is_overdue_before_what_is_not_due(self):
        self.debt(100, ago=5, **self.term)
        self.debt(100, ago=60)
        self.bill(self.weber, 130, move_type="out_refund")
        self.assert_figures(self.weber, overdue=0, open_credit=130, days_late=None)

    def test_open_credit_is_the_whole_also_if_it_covers_nothing(self):
        self.pay_in_advance(self.weber, 70)
        self.assert_figures(self.weber, open_credit=70, overdue=0)

    def test_a_credit_of_another_client_covers_nothing(self):
        self.debt(100)
        self.pay_in_advance(self.new_client("Meyer Metallbau"), 70)
        self.assert_figures(self.weber, open_credit=0, overdue=100)

    def test_a_payment_of_a_contact_is_open_credit_of_its_client(self):
        self.debt(100)
        self.pay_in_advance(self.new_contact(self.weber), 30)
        self.assert_figures(self.weber, open_credit=30, overdue=70)

    def test_on_a_day_in_the_past_the_later_match_does_not_count(self):
        debt = self.debt(100, ago=90)
        payment = self.pay_in_advance(self.weber, 100, ago=50)
        (debt | self.open_lines(payment.move_id)).reconcile()
        self.assert_figures(self.weber, overdue=0, open_credit=0)
        self.assert_figures(self.weber, self.days_ago(60), overdue=100, open_credit=0)

    def test_a_credit_that_was_used_later_was_open_then(self):
        payment = self.pay_in_advance(self.weber, 100, ago=50)
        (self.debt(100, ago=20) | self.open_lines(payment.move_id)).reconcile()
        self.assert_figures(self.weber, self.days_ago(30), open_credit=100)
        self.assert_figures(self.weber, open_credit=0)

    def test_an_invoice_out_of_follow_up_is_not_overdue(self):
        self.debt(100)
        self.debt(40).no_followup = True
        self.assert_figures(self.weber, overdue=100, days_late=90, payment_count=1)

    def test_a_balance_in_another_company_is_not_owed_here(self):
        self.opening(self.weber, 300, ago=40, company=self.other_company)
        self.Metric._refresh(self.company)
        self.assertNotIn(self.weber.id, self.table(self.company))
        self.assert_figures(self.weber, company=self.other_company, overdue=300)

    def test_drafts_and_suppliers_are_not_receivable(self):
        self.bill(self.weber, move_type="in_invoice", ago=40)
        draft = self.opening(self.weber, 300, ago=40)
        draft.move_id.button_draft()
        self.Metric._refresh(self.company)
        self.assertNotIn(self.weber.id, self.table(self.company))


@tagged("post_install", "-at_install")
class TestTransfer(ReceivableCase):
    """A debt that goes to doubtful debtors is neither paid nor younger."""

    def test_a_transferred_debt_stays_overdue(self):
        before = {"overdue": 1500, "days_late": 70, "payment_class": "slow"}
        self.debt(1000, ago=100, **self.term)
        self.debt(500, ago=100, **self.term)
        self.assert_figures(self.weber, **before)
        self.transfer(self.all_open(), ago=3)
        self.assert_figures(self.weber, payment_count=2, **before)
        self.assertEqual(self.weber.credit, 1500)

    def all_open(self):
        moves = self.env["account.move"].search(
            [("partner_id", "=", self.weber.id), ("state", "=", "posted")]
        )
        return self.open_lines(moves)

    def test_the_documents_behind_are_the_invoices(self):
        debt = self.debt()
        self.transfer(debt)
        self.Metric._refresh(self.company)
        action = self.weber._open_client_documents("Behind", "payment_class")
        behind = self.env["account.move"].search(action["domain"])
        self.assertEqual(behind, debt.move_id)

    def test_a_payment_of_transferred_debts_covers_the_oldest(self):
        older, newer = self.debt(100, ago=90), self.debt(200, ago=60)
        doubtful = self.transfer(older | newer, ago=10)
        self.statement(doubtful, 150)
        self.assert_figures(self.weber, overdue=150, days_late=60, payment_count=1)

    def test_a_half_paid_debt_keeps_its_due_date(self):
        """Odoo transfers the whole invoice; the paid half is left as a credit."""
        debt = self.debt(100, ago=90)
        self.pay(debt.move_id, 40, ago=80)
        self.transfer(debt, ago=10)
        # 40 after 10 days, 60 after 90
        self.assert_figures(self.weber, overdue=60, days_late=58)
        self.assertEqual(self.weber.credit, 60)

    def test_a_new_due_date_is_stronger(self):
        doubtful = self.transfer(self.debt(), ago=50)
        doubtful.date_maturity = self.days_ago(15)
        self.assert_figures(self.weber, overdue=100, days_late=15)

    def test_a_debt_out_of_follow_up_stays_out(self):
        debt = self.debt()
        debt.no_followup = True
        self.transfer(debt)
        self.assert_figures(self.weber, overdue=0)

    def test_a_debt_written_off_later_is_no_longer_owed(self):
        doubtful = self.transfer(self.debt(), ago=50)
        self.settle(doubtful, ("390000", 100))
        self.assert_figures(self.weber, overdue=0, payment_count=0)


@tagged("post_install", "-at_install")
class TestAgreement(ReceivableCase):
    def test_overdue_less_credit_is_what_odoo_says(self):
        """Overdue, what is not due yet, and the open credit make the receivable."""
        self.opening(self.weber, 300, ago=400, due=390)
        self.debt(120, ago=3, **self.term)
        self.debt(80, ago=3, **self.term)
        self.transfer(self.debt(500, ago=70), ago=4)
        self.pay(self.debt(90).move_id, 50)
        self.pay_and_write_off(self.debt(60).move_id, 55)
        self.settle(self.debt(70), ("200000", 30))
        self.pay_in_advance(self.weber, 45)
        self.bill(self.weber, 25, move_type="out_refund")
        self.assert_figures(self.weber, overdue=810, open_credit=70)
        not_due = 120 + 80
        self.assertEqual(self.weber.credit, 810 + not_due)
        self.assertEqual(self.weber.credit, 300 + 500 + 40 + 40 + not_due - 70)

    def test_a_credit_without_a_debt_is_owed_to_the_client(self):
        self.pay_in_advance(self.weber, 45)
        self.assert_figures(self.weber, overdue=0, open_credit=45)
        self.assertEqual(self.weber.credit, -45)

    def test_the_fields_of_the_client_show_it(self):
        self.debt(100)
        self.pay_in_advance(self.weber, 30)
        self.refreshed()
        self.assertEqual(self.weber.client_overdue, 70)
        self.assertEqual(self.weber.client_open_credit, 30)
        with_credit = self.Partner.search([("client_open_credit", ">", 0)])
        self.assertEqual(with_credit, self.weber)


@tagged("post_install", "-at_install")
class TestFreshness(ReceivableCase):
    """What changes the debt of a client queues it."""

    def test_an_entry_on_a_receivable_account(self):
        line = self.opening(self.weber, 300, ago=40)
        self.assertEqual(self.refreshed()["overdue"], 300)
        line.move_id.button_draft()
        self.assertIsNone(self.refreshed())
        line.move_id.action_post()
        self.assertEqual(self.refreshed()["overdue"], 300)

    def test_an_entry_that_is_deleted(self):
        line = self.opening(self.weber, 300, ago=40)
        self.refreshed()
        line.move_id.with_context(force_delete=True).unlink()
        self.assertIsNone(self.refreshed())

    def test_a_match_and_its_end(self):
        debt = self.opening(self.weber, 300, ago=40)
        payment = self.open_lines(self.pay_in_advance(self.weber, 100).move_id)
        self.assertEqual(self.refreshed()["open_credit"], 100)
        (debt | payment).reconcile()
        self.assertEqual(self.refreshed()["open_credit"], 0)
        debt.remove_move_reconcile()
        self.assertEqual(self.refreshed()["open_credit"], 100)

    def test_the_follow_up_of_an_invoice(self):
        invoice = self.debt().move_id
        self.assertEqual(self.refreshed()["overdue"], 100)
        invoice.no_followup = True
        self.assertEqual(self.refreshed()["overdue"], 0)

    def test_the_due_date_of_an_entry(self):
        debt = self.opening(self.weber, 300, ago=40)
        self.assertEqual(self.refreshed()["overdue"], 300)
        debt.date_maturity = self.days_ago(-10)
        self.assertEqual(self.refreshed()["overdue"], 0)

    def test_the_partner_of_a_line(self):
        debt = self.opening(self.weber, 300, ago=40)
        self.refreshed()
        other = self.new_client("Meyer Metallbau")
        debt.partner_id = other
        self.assertIsNone(self.refreshed())
        self.assertEqual(self.table(self.company)[other.id]["overdue"], 300)

    def test_the_lines_of_an_entry_that_pays(self):
        """In a draft, half of the money becomes a loss."""
        entry = self.settle(self.debt(), ("102000", 80), ("390000", 20), ago=70)
        self.settle(self.debt(), ("102000", 100))
        # (80 x 20 + 100 x 90) / 180
        self.assertEqual(float(self.refreshed()["days_to_pay"]), 58.89)
        entry.button_draft()
        bank, lost = (
            entry.line_ids.filtered(
                lambda line, code=code: line.account_id.code == code
            )
            for code in ("102000", "390000")
        )
        entry.line_ids = [
            (1, bank.id, {"balance": 40}),
            (1, lost.id, {"balance": 60}),
        ]
        entry.action_post()
        # (40 x 20 + 100 x 90) / 140
        self.assertEqual(float(self.refreshed()["days_to_pay"]), 70)
        self.assertFalse(self.Metric.verify(self.company))

    def test_a_client_that_becomes_a_contact_brings_its_debt(self):
        freelancer = self.new_client("Paul Favre", is_company=False)
        self.opening(freelancer, 300, ago=40)
        self.refreshed()
        freelancer.parent_id = self.weber
        self.assertEqual(self.refreshed()["overdue"], 300)
        self.assertFalse(self.Metric.verify(self.company))
