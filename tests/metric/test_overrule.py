"""A person overrules a class in *Why?*, and says why."""

from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from ..common import InvoicingCase


@tagged("post_install", "-at_install")
class TestOverrule(InvoicingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = cls.new_user(
            "keeper",
            "base.group_partner_manager,client_segmentation.group_client_revenue",
        )
        cls.client = cls.new_client()
        cls.invoice(cls.client)
        cls.env["client.metric.queue"]._drain()

    def why(self, name):
        """:return: the form of *Why?* about a class"""
        client = self.as_user(self.client, self.user)
        action = client.with_context(client_class=name).action_explain_client_class()
        return Form(client.env[action["res_model"]].with_context(**action["context"]))

    def decide(self, name, value, reason):
        form = self.why(name)
        form.decided = value and f"{name}:{value}"
        if value:
            form.reason = reason
        form.save().action_decide()
        self.env.invalidate_all()

    def test_the_screen_wants_a_reason(self):
        form = self.why("payment_class")
        form.decided = "payment_class:slow"
        with self.assertRaisesRegex(AssertionError, "reason is a required field"):
            form.save()

    def test_the_journal_keeps_the_reason_and_why_tells_it(self):
        self.decide("payment_class", "slow", "Pays after the third reminder")
        line = self.history(self.client, "client_payment_class")
        self.assertEqual(line.reason, "Pays after the third reminder")
        form = self.why("payment_class")
        self.assertEqual(form.reason, "Pays after the third reminder")
        self.assertRegex(form.explanation, r"(?s)keeper.*Slow.*the third reminder")

        self.decide("payment_class", "slow", "Has a new bookkeeper")
        lines = self.history(self.client, "client_payment_class")
        self.assertEqual(lines.mapped("reason")[-1], "Has a new bookkeeper")

        self.decide("payment_class", False, False)
        lines = self.history(self.client, "client_payment_class")
        self.assertEqual((len(lines), lines[-1].reason), (3, False))
        form = self.why("payment_class")
        self.assertFalse(form.reason, "what is decided no longer has no reason")
        self.assertNotIn("bookkeeper", form.explanation)

    def test_the_button_is_close_until_something_is_decided(self):
        form = self.why("revenue_class")
        self.assertFalse(form.is_changed)
        form.decided = "revenue_class:small"
        self.assertTrue(form.is_changed)
        form.decided = False
        self.assertFalse(form.is_changed)
        self.decide("revenue_class", "small", "Leaves")
        form = self.why("revenue_class")
        self.assertFalse(form.is_changed)
        form.reason = "Leaves in May"
        self.assertTrue(form.is_changed)

    def test_lost_is_not_among_the_choices_but_can_be_left(self):
        self.assertEqual(
            self.why("engagement").options,
            ["engagement:active", "engagement:recent", "engagement:dormant"],
        )
        self.client._decide_client_class("engagement", "lost", "Closed")
        form = self.why("engagement")
        self.assertIn("engagement:lost", form.options)
        self.assertEqual((form.decided, form.reason), ("engagement:lost", "Closed"))
        self.decide("engagement", False, False)
        self.assertEqual(self.client.client_engagement, "active")

    def test_other_programs_need_a_reason_for_lost_only(self):
        client = self.as_user(self.client, self.user)
        wizards = client.env["client.class.wizard"]
        values = {"partner_id": client.id, "company_id": self.company.id}
        wizards.create(
            {**values, "name": "payment_class", "decided": "payment_class:fast"}
        ).action_decide()
        self.assertEqual(self.client.client_payment_class, "fast")
        lost = wizards.create(
            {**values, "name": "engagement", "decided": "engagement:lost"}
        )
        with self.assertRefused(UserError, "Say why"):
            lost.action_decide()
