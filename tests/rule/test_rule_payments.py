"""Which settlements of an invoice make the rule *First payment received* run."""

from odoo.tests import tagged

from ..metric.money_case import MoneyCase
from .rule_case import RuleCase


@tagged("post_install", "-at_install")
class TestRulePayments(RuleCase, MoneyCase):
    def setUp(self):
        super().setUp()
        self.client = self.client_with(self.prospect)
        self.debt = self.open_lines(self.bill(self.client, 100, ago=30))

    def settle_in_turn(self, settle):
        """Settle with the rule on, and look at once; then the same way, and try it.

        :return: the status after the first, and the clients that *Try It* finds
        """
        with self.cr.savepoint() as savepoint:
            self.switch_on("payment_received")
            settle()
            status = self.status_of(self.client)
            savepoint.rollback()
        self.env.invalidate_all()
        settle()
        self.drain()
        rule = self.rules["payment_received"]
        action = rule.with_user(self.manager).action_try()
        wizard = self.env[action["res_model"]].browse(action["res_id"])
        return status, wizard.line_ids.partner_id

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls.new_manager()

    def assert_payment(self, settle):
        status, found = self.settle_in_turn(settle)
        self.assertEqual((status, found), (self.active, self.client))

    def assert_no_payment(self, settle):
        status, found = self.settle_in_turn(settle)
        self.assertEqual((status, found), (self.prospect, self.Partner))

    def test_a_bank_statement_is_a_payment(self):
        self.assert_payment(lambda: self.statement(self.debt, 100))

    def test_an_entry_of_the_bank_with_a_cash_discount_is_a_payment(self):
        self.assert_payment(
            lambda: self.settle(self.debt, ("102000", 98), ("390000", 2))
        )

    def test_a_write_off_is_none(self):
        self.assert_no_payment(lambda: self.settle(self.debt, ("390000", 100)))

    def test_a_balance_with_a_supplier_is_none(self):
        self.assert_no_payment(lambda: self.settle(self.debt, ("200000", 100)))

    def test_a_transfer_to_doubtful_debtors_is_none(self):
        self.assert_no_payment(lambda: self.transfer(self.debt))

    def test_an_exchange_difference_is_none(self):
        """A debt in euros, settled by a credit note at another rate."""

        def settle():
            invoice = self.bill(self.client, 160, ago=70, currency_id=self.euro.id)
            note = self.reverse(invoice, ago=30)
            self.open_lines(invoice | note).reconcile()
            self.assertTrue(invoice.line_ids.matched_credit_ids.exchange_move_id)

        self.assert_no_payment(settle)
