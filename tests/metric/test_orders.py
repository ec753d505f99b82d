"""What an order, its basket and its discount are, by examples of a business."""

from odoo import Command
from odoo.tests import tagged

from ...engine.rules.declaration import OccasionScope
from .engine_case import EngineCase


@tagged("post_install", "-at_install")
class TestDownPayments(EngineCase):
    """Invoices by hand, without Sales."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.weber = cls.new_client()

    def test_a_down_payment_is_no_order_and_the_basket_is_the_whole(self):
        self.bill(self.weber, 270, ago=20)
        self.bill(self.weber, (1000, 10), -270, ago=2)
        self.assert_figures(
            self.weber,
            revenue=900,
            average_discount=10,
            average_basket=900,
            invoice_count=1,
            order_count=1,
            first_invoice_date=self.days_ago(2),
        )

    def test_its_revenue_counts_on_its_day(self):
        self.bill(self.weber, 270, ago=400)
        self.bill(self.weber, 1000, -270, ago=2)
        self.assert_figures(self.weber, revenue=730, revenue_previous=270)
        self.assert_figures(self.weber, average_basket=1000)

    def test_it_is_an_order_until_an_invoice_deducts_it(self):
        self.bill(self.weber, 270, ago=20)
        self.bill(self.weber, 1000, -270, ago=2)
        self.assert_figures(self.weber, self.days_ago(3), average_basket=270)
        self.assert_figures(self.weber, self.days_ago(2), average_basket=1000)

    def test_an_invoice_that_down_payments_pay_wholly_is_an_order(self):
        self.bill(self.weber, 400, ago=30)
        self.bill(self.weber, 600, ago=20)
        self.bill(self.weber, 1000, -400, -600, ago=2)
        self.assert_figures(
            self.weber, revenue=1000, average_basket=1000, order_count=1
        )

    def test_a_down_payment_of_the_half_is_told_from_the_other_half(self):
        self.bill(self.weber, 500, ago=20)
        self.bill(self.weber, 1000, -500, ago=10)
        self.bill(self.weber, 900, (200, 0), -100, ago=2)
        self.assert_figures(
            self.weber, order_count=2, average_basket=1000, average_discount=4.76
        )

    def test_no_invoice_is_deducted_twice(self):
        self.bill(self.weber, 100, ago=20)
        self.bill(self.weber, 1000, -100, ago=10)
        self.bill(self.weber, 1000, -100, ago=2)
        self.assert_figures(
            self.weber, order_count=2, average_basket=950, average_discount=5.0
        )

    def test_of_several_the_latest_is_deducted(self):
        self.bill(self.weber, 100, ago=40)
        self.bill(self.weber, 100, ago=20)
        self.bill(self.weber, 1000, -100, ago=10)
        self.assert_figures(
            self.weber,
            order_count=2,
            first_invoice_date=self.days_ago(40),
            average_basket=550,
        )

    def test_each_line_deducts_another_one(self):
        self.bill(self.weber, 100, ago=40)
        self.bill(self.weber, 100, ago=20)
        self.bill(self.weber, 1000, -100, -100, ago=10)
        self.assert_figures(self.weber, order_count=1, average_basket=1000)

    def test_a_later_invoice_is_not_deducted(self):
        self.bill(self.weber, 1000, -100, ago=10)
        self.bill(self.weber, 100, ago=5)
        self.assert_figures(self.weber, order_count=2, average_discount=9.09)

    def test_invoices_of_others_and_in_other_currencies_are_not_deducted(self):
        self.bill(self.new_client("Meyer"), 100, ago=20)
        self.bill(self.weber, 100, ago=20, company=self.other_company)
        self.bill(self.weber, 100, ago=20, currency_id=self.euro.id)
        self.bill(self.weber, 1000, -100, ago=10)
        self.assert_figures(self.weber, order_count=2)

    def test_a_contact_pays_down_and_its_company_gets_the_final_invoice(self):
        self.bill(self.new_contact(self.weber), 100, ago=20)
        self.bill(self.weber, 1000, -100, ago=10)
        self.assert_figures(self.weber, order_count=1, average_basket=1000)

    def test_a_foreign_down_payment_is_deducted_though_the_rate_has_changed(self):
        euro = {"currency_id": self.euro.id}
        self.bill(self.weber, 100, ago=80, **euro)  # 62.5 francs
        self.bill(self.weber, (1000, 10), -100, ago=10, **euro)  # 1125 and -125
        self.assert_figures(
            self.weber,
            revenue=1062.5,
            order_count=1,
            average_basket=1125,
            average_discount=10,
        )

    def test_when_the_final_invoice_is_a_draft_again_it_is_an_order_again(self):
        self.bill(self.weber, 270, ago=20)
        final = self.bill(self.weber, 1000, -270, ago=2)
        self.Queue._drain()
        final.button_draft()
        self.Queue._drain()
        self.assertEqual(self.table(self.company)[self.weber.id]["order_count"], 1)
        self.assertEqual(self.table(self.company)[self.weber.id]["average_basket"], 270)
        self.assertFalse(self.Metric.verify())


@tagged("post_install", "-at_install")
class TestNoOrders(EngineCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.weber = cls.new_client()

    def test_an_invoice_without_an_amount_is_no_order(self):
        self.bill(self.weber, 100, ago=20)
        self.bill(self.weber, 0, ago=10)
        self.bill(self.weber, (80, 100), ago=5)
        self.assert_figures(
            self.weber,
            order_count=1,
            last_invoice_date=self.days_ago(20),
            average_discount=0,
        )

    def test_a_matched_credit_note_takes_an_invoice_back(self):
        invoice = self.bill(self.weber, 500, ago=20)
        note = self.bill(self.weber, 500, ago=10, move_type="out_refund")
        self.assert_figures(self.weber, order_count=1)
        lines = self.open_lines(invoice | note)
        lines.reconcile()
        self.Queue._drain()
        self.assertEqual(self.table(self.company)[self.weber.id]["order_count"], 0)
        self.assert_figures(self.weber, self.days_ago(11), order_count=1)
        lines.remove_move_reconcile()
        self.assert_figures(self.weber, order_count=1)

    def test_a_matched_part_does_not(self):
        invoice = self.bill(self.weber, 500, ago=20)
        note = self.bill(self.weber, 499, ago=10, move_type="out_refund")
        self.open_lines(invoice | note).reconcile()
        self.assert_figures(self.weber, order_count=1)

    def test_a_linked_and_a_matched_credit_note_add_up(self):
        invoice = self.bill(self.weber, 500, ago=20)
        self.reverse(invoice, 300, ago=15)
        note = self.bill(self.weber, 900, ago=10, move_type="out_refund")
        self.open_lines(invoice | note).reconcile()
        self.assert_figures(self.weber, order_count=0, revenue=-700)

    def test_a_credit_note_that_reverses_another_invoice_takes_only_that_back(self):
        paid, other = self.bill(self.weber, 500, ago=40), self.bill(self.weber, 500)
        self.pay(paid)
        note = self.reverse(paid, ago=10)
        self.open_lines(other | note).reconcile()
        self.assert_figures(self.weber, order_count=1, last_invoice_date=self.today)

    def test_a_foreign_invoice_is_matched_in_its_currency(self):
        euro = {"currency_id": self.euro.id}
        invoice = self.bill(self.weber, 100, ago=70, **euro)
        note = self.bill(self.weber, 100, ago=10, move_type="out_refund", **euro)
        self.open_lines(invoice | note).reconcile()
        self.assert_figures(self.weber, order_count=0)

    def test_no_rule_says_that_an_order_was_posted(self):
        self.company.client_automation = True
        self.bill(self.weber, 0)
        self.assertEqual(self.status_of(self.weber), self.prospect)
        self.bill(self.weber, 10)
        self.assertEqual(self.status_of(self.weber), self.active)

    def test_a_rule_names_the_first_order_and_not_the_down_payment(self):
        self.bill(self.weber, 270, ago=20)
        final = self.bill(self.weber, 1000, -270, ago=2)
        self.company.client_automation = True
        self.Metric._refresh(self.company)
        rule = self.env["client.status.rule"].search(
            [("trigger", "=", "invoice_posted")], limit=1
        )
        self.assertEqual(self.document_of(rule), final.id)

    def document_of(self, rule):
        """:return: id of the document that the rule finds for the client"""
        trigger = rule._trigger_catalogue()[rule.trigger]
        scope = OccasionScope(
            self.env, self.company, self.today, 0, self.weber.ids, None
        )
        rows = self.env.execute_query_dict(trigger.occasions(scope))
        return rows[0]["document_id"]


@tagged("post_install", "-at_install")
class TestDiscounts(EngineCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.weber = cls.new_client()

    def included(self, amount=20):
        country = {"country_id": self.env.ref("base.ch").id}
        group = self.env["account.tax.group"].create({"name": "Tax", **country})
        return self.env["account.tax"].create(
            {
                "name": f"{amount} % included",
                "amount": amount,
                "price_include_override": "tax_included",
                "tax_group_id": group.id,
                **country,
            }
        )

    def bill_lines(self, *lines, tax=None):
        """Bill lines; `tax` is the one of the last line."""
        invoice = self.draft(
            self.weber,
            invoice_line_ids=[
                Command.create({"name": "Work", **line}) for line in lines
            ],
        )
        if tax:
            invoice.invoice_line_ids[-1:].tax_ids = tax
        invoice.action_post()

    def assert_discounts(self, gross, discount):
        """Figure and report agree, per client."""
        self.Metric._refresh(self.company)
        [[found_gross, found]] = (
            self.env["client.discount.report"]
            .with_context(allowed_company_ids=self.company.ids)
            ._read_group(
                [("commercial_partner_id", "=", self.weber.id)],
                [],
                ["gross:sum", "discount_amount:sum"],
            )
        )
        self.assertAlmostEqual(found_gross, gross, 2)
        self.assertAlmostEqual(found, discount, 2)
        expected = round(100 * discount / gross, 2)
        self.assertAlmostEqual(
            float(self.table(self.company)[self.weber.id]["average_discount"]), expected
        )

    def test_a_negative_line_is_a_discount(self):
        self.bill(self.weber, 900, 100, -50)
        self.assert_discounts(1000, 50)

    def test_the_list_has_no_taxes_though_the_price_includes_them(self):
        self.bill_lines({"price_unit": 1200, "discount": 10}, tax=self.included())
        self.assert_discounts(1000, 100)
        self.assert_figures(self.weber, revenue=900)

    def test_a_line_at_a_hundred_per_cent(self):
        self.bill_lines(
            {"price_unit": 100},
            {"price_unit": 50, "discount": 100},
            {"price_unit": 60, "discount": 100},
            tax=self.included(),
        )
        self.assert_discounts(200, 100)

    def test_nearly_all_of_a_price_is_exact(self):
        self.bill_lines({"price_unit": 10.01, "discount": 99}, {"price_unit": 1})
        self.assert_discounts(11.01, 9.91)

    def test_goods_taken_back_are_no_discount(self):
        self.bill_lines({"price_unit": 100}, {"price_unit": 30, "quantity": -1})
        self.assert_discounts(70, 0)

    def test_goods_taken_back_give_their_discount_back(self):
        self.bill_lines(
            {"price_unit": 100, "discount": 10, "quantity": 3},
            {"price_unit": 100, "discount": 10, "quantity": -1},
        )
        self.assert_discounts(200, 20)

    def test_a_deduction_counts_on_neither_side(self):
        self.bill(self.weber, 270, ago=20)
        self.bill(self.weber, (1000, 10), -270, -20)
        self.assert_discounts(1000, 120)

    def test_in_a_foreign_currency_by_the_rate_of_the_document(self):
        self.bill(self.weber, (160, 50), -16, ago=100, currency_id=self.euro.id)
        self.assert_discounts(100, 60)
