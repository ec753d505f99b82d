from odoo.tests import tagged

from odoo.addons.client_segmentation.tests.metric.engine_case import EngineCase


@tagged("post_install", "-at_install")
class TestSaleFigures(EngineCase):
    """Down payments and discounts of sales orders, and debit notes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.client = cls.new_client()
        cls.product = cls.env["product.product"].create(
            {
                "name": "Tasting",
                "type": "service",
                "invoice_policy": "order",
                "list_price": 1000,
                "taxes_id": False,
            }
        )

    def order(self, discount=0):
        """:return: a confirmed sales order over 1000"""
        line = {"product_id": self.product.id, "discount": discount}
        order = self.env["sale.order"].create(
            {"partner_id": self.client.id, "order_line": [(0, 0, line)]}
        )
        order.action_confirm()
        return order

    def invoice_order(self, order, percent=0, ago=0):
        """:return: the posted invoice, over a down payment if there is a percentage"""
        values = {"advance_payment_method": "delivered"}
        if percent:
            values = {"advance_payment_method": "percentage", "amount": percent}
        wizard = self.env["sale.advance.payment.inv"].create(
            {"sale_order_ids": order.ids, **values}
        )
        invoice = wizard._create_invoices(order)
        invoice.invoice_date = self.days_ago(ago)
        invoice.action_post()
        return invoice

    def test_a_down_payment_is_no_order_before_its_final_invoice(self):
        order = self.order(discount=10)
        self.invoice_order(order, percent=30, ago=20)
        self.assert_figures(self.client, revenue=270, order_count=0)
        self.invoice_order(order, ago=2)
        self.assert_figures(
            self.client,
            revenue=900,
            order_count=1,
            average_basket=900,
            average_discount=10,
            first_invoice_date=self.days_ago(2),
        )
        self.assertFalse(self.Metric.verify(self.company))

    def test_down_payments_may_pay_all_of_it(self):
        order = self.order()
        self.invoice_order(order, percent=40, ago=20)
        self.invoice_order(order, percent=60, ago=10)
        self.assertEqual(self.invoice_order(order, ago=2).amount_untaxed, 0)
        self.assert_figures(self.client, order_count=1, average_basket=1000)

    def test_a_status_rule_waits_for_the_order(self):
        self.company.client_automation = True
        order = self.order()
        self.invoice_order(order, percent=100, ago=20)
        self.assertEqual(self.status_of(self.client), self.prospect)
        self.invoice_order(order, ago=2)
        self.assertEqual(self.status_of(self.client), self.active)

    def test_a_down_payment_with_an_exact_twin_by_hand(self):
        self.bill(self.client, 300, ago=30)
        order = self.order()
        self.invoice_order(order, percent=30, ago=20)
        self.invoice_order(order, ago=2)
        self.assert_figures(self.client, order_count=2, average_basket=650)

    def test_a_global_discount_is_a_discount(self):
        self.bill(self.client, 100, ago=30)  # as much as the discount
        order = self.order()
        self.env["sale.order.discount"].create(
            {
                "sale_order_id": order.id,
                "discount_type": "so_discount",
                "discount_percentage": 0.1,
            }
        ).action_apply_discount()
        self.invoice_order(order, ago=2)
        self.assert_figures(
            self.client,
            order_count=2,
            average_basket=500,
            average_discount=9.09,
        )

    def test_the_index_contains_the_lines_of_down_payments(self):
        """Sales was installed after the addon."""
        self.env.cr.execute(
            "SELECT indexdef FROM pg_indexes"
            " WHERE indexname = 'account_move_line_client_reduction_idx'"
        )
        self.assertRegex(self.env.cr.fetchone()[0], "OR is_downpayment")

    def test_a_negative_line_by_hand_deducts_an_invoice_by_hand(self):
        self.bill(self.client, 300, ago=30)
        self.bill(self.client, 1000, -300, ago=10)
        self.assert_figures(self.client, order_count=1, average_basket=1000)

    def test_a_debit_note_is_no_order_and_no_business(self):
        self.company.client_automation = True
        invoice = self.bill(self.client, 500, ago=20)
        self.client.client_status_id = self.prospect
        wizard = self.env["account.debit.note"].with_context(
            active_model="account.move", active_ids=invoice.ids
        )
        action = wizard.create({"reason": "Late fee"}).create_debit()
        note = self.env["account.move"].browse(action["res_id"])
        note.invoice_date = self.days_ago(1)
        note.invoice_line_ids = [(0, 0, {"name": "Late fee", "price_unit": 20})]
        note.action_post()
        self.assertEqual(note.debit_origin_id, invoice)
        self.assertEqual(self.status_of(self.client), self.prospect)
        self.assert_figures(
            self.client,
            revenue=520,
            order_count=1,
            average_basket=500,
            last_invoice_date=self.days_ago(20),
        )
