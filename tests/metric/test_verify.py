from datetime import timedelta

from odoo.fields import Datetime
from odoo.tests import tagged
from odoo.tools import SQL

from .engine_case import EngineCase


@tagged("post_install", "-at_install")
class TestVerify(EngineCase):
    """`verify` sees each column that anything reads."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.client, cls.lost = cls.new_client("Client"), cls.new_client("Lost")
        for client in (cls.client, cls.lost):
            cls.bill(client, ago=5)
        cls.lost._decide_client_class("engagement", "lost", "Too dear")
        while cls.Queue._drain():
            pass
        cls.env.flush_all()

    def corrupt(self, client, name, value):
        self.env.cr.execute(
            SQL(
                "UPDATE client_metric SET %s = %s WHERE partner_id = %s",
                SQL.identifier(name),
                value,
                client.id,
            )
        )
        self.env.invalidate_all()

    def wrong(self):
        return self.Metric.verify(self.company).get(self.company.name, [])

    def test_every_column(self):
        self.assertEqual(self.wrong(), [])
        catalogue = self.Metric._catalogue()
        samples = {"float": 77, "monetary": 77, "integer": 77, "boolean": True}
        day = self.today - timedelta(days=70)
        later = Datetime.now() + timedelta(days=3)
        cases = [
            *((name, None) for name in (*catalogue.figures, *catalogue.computed)),
            *((name, None) for name in catalogue.effective),
            ("business_at", None),
            ("business_at", later),
            ("business_date", None),
            ("engagement_reason", "Stray"),
            ("engagement_decided", "active"),
            ("engagement_decided", "lost"),
            ("revenue_class_decided", "vip"),
            ("revenue_class_decided", "small"),
            ("payment_class_decided", "slow"),
            ("payment_class", "fast"),
        ]
        for name in (*catalogue.figures, *catalogue.computed):
            field = self.Metric._fields[name]
            if field.type == "selection":
                value = [key for key, _label in field._description_selection(self.env)][
                    -1
                ]
            else:
                value = day if field.type == "date" else samples[field.type]
            cases.append((name, value))
        row = self.Metric.search([("partner_id", "=", self.client.id)])
        for name, value in cases:
            if value is None and not row[name]:
                continue
            with self.subTest(name, value=value), self.env.cr.savepoint() as point:
                self.corrupt(self.client, name, value)
                wrong = self.wrong()
                point.rollback()
            self.env.invalidate_all()
            self.assertIn("Client", wrong, (name, value))

    def test_a_decision_that_is_lost(self):
        for name, value in (("engagement_decided", None), ("engagement_reason", None)):
            with self.env.cr.savepoint() as point:
                self.corrupt(self.lost, name, value)
                wrong = self.wrong()
                point.rollback()
            self.env.invalidate_all()
            self.assertEqual(wrong, ["Lost"])

    def test_decisions_that_people_have_taken(self):
        self.client._decide_client_class("revenue_class", "vip", False)
        self.client._decide_client_class("payment_class", "slow", "no reason is kept")
        self.client._decide_client_class("engagement", "active", "nor here")
        while self.Queue._drain():
            pass
        self.assertEqual(self.wrong(), [])
        row = self.Metric.search([("partner_id", "=", self.client.id)])
        self.assertFalse(row.engagement_reason)

    def test_stray_rows(self):
        """A client without documents any more."""
        stray = self.new_client("Stray")
        for values in (
            {},
            {"revenue_class": "vip"},
            {"revenue_class_computed": "vip", "revenue_class": "vip"},
            {"revenue_rank": 3},
            {"order_count": 2},
            {"business_at": Datetime.now()},
        ):
            row = self.Metric.create(
                {"partner_id": stray.id, "company_id": self.company.id, **values}
            )
            self.assertEqual(self.wrong(), ["Stray"], values)
            row.unlink()
        self.assertEqual(self.wrong(), [])

    def test_a_client_in_the_queue_waits(self):
        new, other = self.new_client("New"), self.new_client("Other")
        self.bill(new, 5000)
        self.assertEqual(self.wrong(), [], "the ranks of the others follow later")
        self.corrupt(self.client, "overdue", 3)
        self.bill(other, 9000)
        self.assertEqual(self.wrong(), ["Client"])
        self.company.client_active_days = 1
        self.assertEqual(self.wrong(), [], "all clients wait")
        while self.Queue._drain():
            pass
        self.assertEqual(self.wrong(), [])
