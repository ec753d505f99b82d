"""Why a client has its class: what decides, what is missing, which documents."""

from random import Random

from dateutil.relativedelta import relativedelta

from odoo.tests import tagged

from .engine_case import EngineCase


@tagged("post_install", "-at_install")
class TestWhy(EngineCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.weber = cls.new_client()

    def why(self, name, client=None):
        """:return: the wizard *Why?* about a class"""
        self.Metric._refresh(self.company)
        client = (client or self.weber).with_context(client_class=name)
        context = client.action_explain_client_class()["context"]
        return self.env["client.class.wizard"].with_context(**context).create({})

    def behind(self, name):
        """:return: the documents behind a class"""
        action = self.why(name).action_open_invoices()
        return self.env["account.move"].search(action["domain"])

    def paid(self, days, count=2):
        """:return: invoices due after 30 days, paid so many days after their date"""
        invoices = self.env["account.move"]
        for _number in range(count):
            invoice = self.bill(
                self.weber, ago=100, invoice_payment_term_id=self.in_30_days.id
            )
            self.pay(invoice, ago=100 - days)
            invoices |= invoice
        return invoices

    def test_a_slow_client_is_told_the_days_to_standard(self):
        self.paid(days=42)
        wizard = self.why("payment_class")
        self.assertEqual(wizard.computed_label, "Slow")
        for words in (
            r"Pays\s+<b>42\.0</b>\s+days after the invoice,\s+<b>12\.0</b>\s+days late",
            # 12 days late; standard is up to 5.
            r"To become\s+<b>Standard</b>:\s+<b>7\.0</b>\s+days less",
        ):
            self.assertRegex(wizard.explanation, words)

    def test_a_standard_client_is_told_the_days_to_fast(self):
        self.paid(days=32)
        wizard = self.why("payment_class")
        self.assertEqual(wizard.computed_label, "Standard")
        # 32 days after the invoice; fast is up to 10.
        self.assertRegex(
            wizard.explanation, r"To become\s+<b>Fast</b>:\s+<b>22\.0</b>\s+days less"
        )

    def test_the_fastest_have_nothing_to_become(self):
        self.paid(days=10)
        wizard = self.why("payment_class")
        self.assertEqual(wizard.computed_label, "Fast")
        self.assertNotIn("To become", wizard.explanation)

    def test_open_credit_is_named_beside_what_it_covers(self):
        self.paid(days=42)
        self.bill(self.weber, 300, ago=90)
        self.bill(self.weber, 120, move_type="out_refund")
        text = self.why("payment_class").explanation
        self.assertRegex(text, r"Overdue now:\s+<b>.*180\.00")
        self.assertRegex(text, r"Open credit:\s+<b>.*120\.00")

    def test_behind_the_payment_class_is_what_is_paid_or_overdue(self):
        paid = self.paid(days=42)
        overdue = self.bill(self.weber, ago=5)
        self.bill(self.weber, invoice_payment_term_id=self.in_30_days.id)  # not due
        self.bill(self.weber, 30, move_type="out_refund")  # covers less than that
        self.assertEqual(self.behind("payment_class"), paid | overdue)

    def test_behind_the_revenue_are_the_documents_of_the_window(self):
        first = self.today - relativedelta(months=12)
        before, inside = (
            self.bill(self.weber, amount, ago=(self.today - day).days)
            for amount, day in ((30, first), (70, first + relativedelta(days=1)))
        )
        self.assertEqual(self.behind("revenue_class"), inside)
        self.assertEqual(self.weber.client_revenue, 70)
        self.assertEqual(self.behind("engagement"), before | inside)

    def test_by_amount_the_limit_says_what_is_missing(self):
        self.company.write(
            {
                "client_by_amount": True,
                "client_vip_amount": 1000,
                "client_regular_amount": 300,
            }
        )
        self.bill(self.new_client("Big"), 5000)
        for amount, label, missing in (
            (120, "Regular", r"180\.00"),
            (200, "VIP", r"680\.00"),
        ):
            self.bill(self.weber, amount)
            self.assertRegex(
                self.why("revenue_class").explanation,
                rf"To become\s+<b>{label}</b>:\s+<b>[^<]*\b{missing}[^<]*</b>\s+more",
            )

    def test_the_last_business_is_an_invoice_or_a_meeting(self):
        self.bill(self.weber, ago=20)
        self.meet(self.weber, ago=6)
        self.assertRegex(
            self.why("engagement").explanation, r"Last business\s+<b>6</b>\s+days ago"
        )
        self.bill(self.weber, ago=3)
        self.assertRegex(
            self.why("engagement").explanation, r"Last business\s+<b>3</b>\s+days ago"
        )

    def revenue_of(self, amounts):
        """:return: the rows of new clients with these amounts as their revenue"""
        metrics = self.Metric.create(
            [
                {
                    "partner_id": self.new_client().id,
                    "company_id": self.company.id,
                    "revenue": amount,
                }
                for amount in amounts
            ]
        )
        self.Metric._refresh(self.company, [])
        return metrics

    def class_with(self, metric, revenue):
        """:return: the class that a client has with another revenue"""
        before = metric.revenue
        classes = []
        for amount in (revenue, before):
            metric.revenue = amount
            self.Metric._refresh(self.company, [])
            metric.invalidate_recordset()
            classes.append(metric.revenue_class_computed)
        return classes[0]

    def missing(self, metric):
        """:return: the next class, and the least that is missing to it"""
        dimension = self.Metric._catalogue().dimension("revenue_class")
        reason = dimension.explain(metric, self.Metric._scope(self.company))
        return reason.next_class, reason.distance

    def test_what_is_missing_is_less_than_the_gap_to_the_next_member(self):
        """A client that grows passes others, and the total grows as well."""
        self.company.write({"client_vip_share": 60, "client_regular_share": 90})
        _first, second, third = self.revenue_of([500, 400, 100])
        self.assertEqual(second.revenue_class_computed, "vip")
        self.assertEqual(third.revenue_class_computed, "small")
        # Before it are 900 of 1000; 900 are less than 90 % of 1000.01.
        self.assertEqual(self.missing(third), ("regular", 0.01))

    def test_the_same_revenue_is_enough_where_ties_decide(self):
        self.company.write({"client_vip_share": 1, "client_regular_share": 2})
        _first, second, _third = self.revenue_of([100, 60, 30])
        self.assertEqual(self.missing(second), ("regular", 40))

    def test_what_is_missing_is_enough_and_a_cent_less_is_not(self):
        order = ("vip", "regular", "small", False)
        random = Random(20261130)
        found = 0
        for _round in range(12):
            amounts = [random.choice((1, 7, 0.01, 333.33)) for _n in range(3)]
            amounts += [round(random.uniform(0.01, 2000), 2) for _n in range(5)]
            amounts += [amounts[-1], -50]
            shares = sorted(random.sample(range(1, 100), 2))
            euros = sorted(random.sample(range(1, 1500), 2))
            self.company.write(
                {
                    "client_vip_share": shares[0] + 0.5,
                    "client_regular_share": shares[1] + 0.5,
                    "client_regular_amount": euros[0],
                    "client_vip_amount": euros[1],
                    "client_by_amount": random.random() < 0.3,
                }
            )
            metrics = self.revenue_of(amounts)
            for metric in metrics:
                better, missing = self.missing(metric)
                if not better:
                    continue
                found += 1
                self.assertGreater(missing, 0)
                reached, less = (
                    self.class_with(metric, round(metric.revenue + extra, 2))
                    for extra in (missing, missing - 0.01)
                )
                wanted = order.index(better)
                self.assertLessEqual(order.index(reached), wanted)
                self.assertGreater(order.index(less), wanted)
            metrics.unlink()
        self.assertGreater(found, 40)
