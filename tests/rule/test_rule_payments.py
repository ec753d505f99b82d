"""Which settlements of an invoice make the rule *First payment received* run."""

from odoo.tests import tagged

from ..metric.money_case import MoneyCase
from .rule_case import RuleCase


@tagged("post_install", "-at_install")
class TestRulePayments(RuleCase, MoneyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls.new_manager()

    def settled(self, settle):
        """Settle the debt of a client while the rule is off, and try the rule; then the
        debt of another client while it is on.

        :return: the client, those that *Try It* finds, and the status of the other one
        """
        rule = self.rules["payment_received"]
        client, debt = self.client_with_debt("Weber Holzbau")
        settle(debt)
        self.wait()
        self.drain()
        action = rule.with_user(self.manager).action_try()
        wizard = self.env[action["res_model"]].browse(action["res_id"])
        found = wizard.line_ids.partner_id
        other, debt = self.client_with_debt("Meyer Metallbau")
        self.switch_on("payment_received")
        settle(debt)
        return client, found, self.status_of(other)

    def client_with_debt(self, name):
        client = self.client_with(self.prospect, name)
        return client, self.open_lines(self.bill(client, 100, ago=30))

    def assert_payment(self, settle):
        client, found, status = self.settled(settle)
        self.assertEqual((found, status), (client, self.active))

    def assert_no_payment(self, settle):
        _client, found, status = self.settled(settle)
        self.assertEqual((found, status), (self.Partner, self.prospect))

    def test_a_bank_statement_is_a_payment(self):
        self.assert_payment(lambda debt: self.statement(debt, 100))

    def test_an_entry_of_the_bank_with_a_cash_discount_is_a_payment(self):
        self.assert_payment(
            lambda debt: self.settle(debt, ("102000", 98), ("390000", 2))
        )

    def test_a_write_off_is_none(self):
        self.assert_no_payment(lambda debt: self.settle(debt, ("390000", 100)))

    def test_a_balance_with_a_supplier_is_none(self):
        self.assert_no_payment(lambda debt: self.settle(debt, ("200000", 100)))

    def test_a_transfer_to_doubtful_debtors_is_none(self):
        self.assert_no_payment(lambda debt: self.transfer(debt))

    def test_an_exchange_difference_is_none(self):
        """A debt in euros, settled by a credit note at another rate."""

        def settle(debt):
            invoice = self.bill(debt.partner_id, 160, ago=70, currency_id=self.euro.id)
            note = self.reverse(invoice, ago=30)
            self.open_lines(invoice | note).reconcile()
            self.assertTrue(invoice.line_ids.matched_credit_ids.exchange_move_id)

        self.assert_no_payment(settle)
