from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged

from odoo.addons.client_segmentation.tests.common import InvoicingCase


@tagged("post_install", "-at_install")
class TestBlockOrders(InvoicingCase):
    """A blocked client gets no quotation, and none of its quotations is confirmed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.boss = cls.new_manager(name="Berta Boss")
        cls.seller = cls.new_user("seller", "sales_team.group_sale_salesman_all_leads")
        cls.client = cls.new_client(client_key_note="Delivers on Tuesdays only")
        cls.other = cls.new_client("Moser Metall")
        cls.product = cls.env["product.product"].create(
            {"name": "Tasting", "list_price": 100, "taxes_id": False}
        )

    def quotation(self, client, user=None):
        orders = self.as_user(self.env["sale.order"], user or self.env.user)
        return orders.with_company(self.company).create(
            {
                "partner_id": client.id,
                "order_line": [Command.create({"product_id": self.product.id})],
            }
        )

    def block(self):
        self.client.write(
            {"client_blocked": True, "client_blocked_reason": "Three invoices unpaid"}
        )

    def test_none_is_confirmed(self):
        order = self.quotation(self.client, self.seller)
        self.block()
        with self.assertRefused(UserError, "Three invoices unpaid.*ask.*Berta Boss"):
            order.action_confirm()
        with self.assertRefused(UserError, "Three invoices unpaid"):
            order.write({"state": "sale"})
        self.assertEqual(order.state, "draft")

        self.as_user(self.client, self.boss).action_unblock_client()
        order.action_confirm()
        self.assertEqual(order.state, "sale")

    def test_a_person_does_not_begin_one(self):
        self.block()
        with self.assertRefused(ValidationError, "Three invoices unpaid"):
            self.quotation(self.client, self.seller)
        order = self.quotation(self.other, self.seller)
        with self.assertRefused(ValidationError, "Three invoices unpaid"):
            order.partner_id = self.client

    def test_the_quotation_shows_the_key_note_and_the_block(self):
        order = self.quotation(self.client, self.seller)
        self.block()
        self.env.invalidate_all()  # the form is opened by another request
        form = Form(order)
        self.assertEqual(form.client_key_note, "Delivers on Tuesdays only")
        self.assertIn("Three invoices unpaid", form.client_blocked_message)
        warning = order._onchange_client_blocked()["warning"]
        self.assertIn("Three invoices unpaid", warning["message"])

    def test_what_is_paid_online_is_kept_and_the_quotation_waits(self):
        order = self.quotation(self.client)
        transaction = self.paid(order.amount_total, sale_order_ids=order.ids)
        self.block()

        self.assertFalse(transaction._check_amount_and_confirm_order())
        self.assertEqual(order.state, "draft")
        self.assertIn("Three invoices unpaid", order.message_ids[0].body)

        self.client.client_blocked = False
        self.assertEqual(transaction._check_amount_and_confirm_order(), order)

    def test_what_is_paid_online_for_a_draft_invoice_is_kept(self):
        """The payment is booked, with the customer at the screen; the draft waits."""
        bank = self.env["account.journal"].create(
            {"name": "Bank", "code": "BNK", "type": "bank"}
        )
        bank.inbound_payment_method_line_ids.payment_account_id = self.env[
            "account.account"
        ].create({"name": "Under way", "code": "100500", "account_type": "asset_cash"})
        draft = self.draft(self.client)
        transaction = self.paid(100, invoice_ids=draft.ids)
        line = bank.inbound_payment_method_line_ids
        line.payment_provider_id = transaction.provider_id
        transaction.provider_id.invalidate_recordset(["journal_id"])
        self.block()

        own = transaction.with_user(self.new_portal_user()).sudo()
        own.with_company(self.company)._post_process()

        self.assertTrue(transaction.is_post_processed)
        self.assertIn(transaction.payment_id.state, ("in_process", "paid"))
        self.assertEqual(draft.state, "draft")
        self.client.client_blocked = False
        draft.action_post()
        self.assertEqual(draft.state, "posted")

    def test_a_customer_who_signs_does_not_read_why(self):
        order = self.quotation(self.client)
        self.block()
        own = order.with_user(self.new_portal_user()).sudo()
        with self.assertRefused(UserError, "^This document cannot be confirmed"):
            own.action_confirm()

    def paid(self, amount, **documents):
        """:return: what the client has paid online"""
        provider = self.env["payment.provider"].create(
            {"name": "Card", "company_id": self.company.id}
        )
        methods = self.env["payment.method"].with_context(active_test=False)
        method = methods.search([], limit=1)
        return self.env["payment.transaction"].create(
            {
                "provider_id": provider.id,
                "payment_method_id": method.id,
                "amount": amount,
                "currency_id": self.company.currency_id.id,
                "partner_id": self.client.id,
                "state": "done",
                **{name: [Command.set(ids)] for name, ids in documents.items()},
            }
        )
