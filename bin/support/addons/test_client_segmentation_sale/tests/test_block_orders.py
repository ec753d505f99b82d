from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from odoo.addons.client_segmentation.models.block.client_document_guard import Guard

from .common import REASON, OrdersCase


@tagged("post_install", "-at_install")
class TestBlockOrders(OrdersCase):
    """A blocked client gets no quotation, and none of its quotations is confirmed."""

    def test_no_other_folder_is_needed(self):
        """These tests run on an addons path without the integrations."""
        self.assertNotIn("client_key_note", self.env["sale.order"]._fields)

    def test_none_is_confirmed(self):
        order = self.quotation(self.client, self.seller)
        self.block()
        with self.assertRefused(UserError, "Three invoices unpaid.*ask.*Berta Boss"):
            order.action_confirm()
        with self.assertRefused(UserError, REASON):
            order.write({"state": "sale"})

        self.as_user(self.client, self.boss).action_unblock_client()
        order.action_confirm()
        self.assertEqual(order.state, "sale")

    def test_a_person_does_not_begin_one(self):
        self.block()
        with self.assertRefused(ValidationError, REASON):
            self.quotation(self.client, self.seller)
        order = self.quotation(self.other, self.seller)
        with self.assertRefused(ValidationError, REASON):
            order.partner_id = self.client

    def test_none_is_made_that_is_confirmed_already(self):
        """By a state that is given, given by default or imported."""
        self.block()
        orders = self.as_user(self.env["sale.order"], self.seller)
        values = self.order_values(self.client)
        with self.assertRefused(UserError, REASON):
            orders.create({**values, "state": "sale"})
        with self.assertRefused(UserError, REASON):
            orders.with_context(default_state="sale").create(values)
        rows = [[str(self.client.id), "sale"]]
        result = orders.load(["partner_id/.id", "state"], rows)
        self.assertRegex(str(result["messages"]), REASON)
        with self.assertRefused(UserError, REASON):
            orders.sudo().create({**values, "state": "sale"})

    def test_no_copy_is_made(self):
        order = self.quotation(self.client, self.seller)
        self.block()
        with self.assertRefused(ValidationError, REASON):
            order.copy()

    def test_a_confirmed_order_does_not_change_its_client(self):
        order = self.quotation(self.other, self.seller)
        order.action_confirm()
        self.block()
        for name in ("partner_id", "partner_invoice_id"):
            with self.assertRefused(UserError, REASON):
                order.write({name: self.client.id})
            with self.assertRefused(UserError, REASON):
                order.sudo().write({name: self.client.id})

    def test_nor_is_the_invoice_for_a_blocked_client(self):
        self.block()
        with self.assertRefused(ValidationError, REASON):
            self.quotation(self.other, self.seller, partner_invoice_id=self.client.id)
        order = self.quotation(self.other, self.seller)
        with self.assertRefused(ValidationError, REASON):
            order.partner_invoice_id = self.client
        order.sudo().partner_invoice_id = self.client
        with self.assertRefused(UserError, REASON):
            order.action_confirm()

    def test_a_contact_who_moves_takes_its_quotations_along(self):
        person = self.new_contact(self.other)
        order = self.quotation(person, self.seller)
        self.block()
        person.parent_id = self.client
        with self.assertRefused(UserError, REASON):
            order.action_confirm()

    def test_automation_rules_do_not_pass_by_the_guards(self):
        """They call what they find on the models when Odoo starts."""
        order, draft = self.quotation(self.client, self.seller), self.draft(self.client)
        for model in ("sale.order", "account.move"):
            self.env["base.automation"].create(
                {
                    "name": "Note",
                    "model_id": self.env["ir.model"]._get_id(model),
                    "trigger": "on_create_or_write",
                }
            )
        self.block()
        models = list(self.env.values())
        for model in models:
            model._unregister_hook()
        for model in ("sale.order", "account.move"):  # as they are before the start
            cls = self.env.registry[model]
            cls._base_classes__ = tuple(
                base for base in cls._base_classes__ if not issubclass(base, Guard)
            )
            cls.__bases__ = cls._base_classes__
        for model in models:
            model._register_hook()

        with self.assertRefused(UserError, REASON):
            order.action_confirm()
        with self.assertRefused(UserError, REASON):
            draft.action_post()

    def test_the_guards_are_there_once(self):
        classes = self.env.registry["sale.order"]._base_classes__
        self.env["client.guard"]._install()
        self.assertEqual(self.env.registry["sale.order"]._base_classes__, classes)

    def test_who_may_not_write_the_order_learns_nothing(self):
        order = self.quotation(self.client, self.seller)
        self.block()
        for person in (self.new_portal_user(), self.new_employee()):
            with self.assertRaises(UserError) as refused:
                self.as_user(order, person).write({"state": "sale"})
            for secret in ("Weber", REASON, "Berta", "blocked"):
                self.assertNotIn(secret, str(refused.exception))

    def test_what_is_paid_online_is_kept_and_the_quotation_waits(self):
        order = self.quotation(self.client)
        transaction = self.paid(order.amount_total, sale_order_ids=order.ids)
        self.block()

        self.assertFalse(transaction._check_amount_and_confirm_order())
        self.assertEqual(order.state, "draft")
        self.assertIn(REASON, order.message_ids[0].body)

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
