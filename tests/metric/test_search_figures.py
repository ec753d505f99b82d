"""Figures searched with what they cannot be compared with."""

from datetime import date, datetime
from itertools import product

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common import InvoicingCase

NUMBERS = ("monetary", "float", "integer")
COMPARISONS = ("=", "!=", ">", "<", ">=", "<=", "in", "not in")
NO_NUMBERS = ("abc", "1,5", "NaN", "1e400", "-inf", "2024-01-01", "a\0", float("nan"))
NO_NUMBERS += (float("inf"), 10**400, ["abc"], [5, "x"], b"a")
NUMBERS_IN_OTHER_TYPES = ("5", "5.5", " 7 ", True, False, None, 0, "", 10**30, 1e300)
ANYTHING = (*NO_NUMBERS, *NUMBERS_IN_OTHER_TYPES, [], (1, 2), date(2024, 1, 1))
ANYTHING += (datetime(2024, 1, 1), "9999999-01-01", "0000-00-00", "\ud800", object())


@tagged("post_install", "-at_install")
class TestSearchFigures(InvoicingCase):
    """A search for an invalid value of a figure raises a readable error."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.client = cls.new_client("Weber")
        cls.none = cls.new_client("None")
        cls.invoice(cls.client)
        cls.env["client.metric.queue"]._drain()
        cls.mine = [("id", "in", (cls.client + cls.none).ids)]
        cls.searched = {
            name: field
            for name, field in cls.Partner._fields.items()
            if name.startswith("client_") and field.search
        }

    def find(self, name, operator, value):
        return self.Partner.search([*self.mine, (name, operator, value)])

    def numbers(self):
        return [name for name, field in self.searched.items() if field.type in NUMBERS]

    def refusal(self, *condition):
        """:return: the error of a search, None for none"""
        try:
            self.find(*condition)
        except Exception as error:
            # Only what the database refuses breaks the transaction.
            self.env.cr.execute("SELECT 1")
            return error
        return None

    def test_what_is_no_number_is_refused_in_a_sentence(self):
        self.assertGreater(len(self.numbers()), 15)
        for name in self.numbers():
            label = self.Partner._fields[name].string
            for value in NO_NUMBERS:
                operator = "in" if isinstance(value, list) else ">"
                error = self.refusal(name, operator, value)
                self.assertIsInstance(error, UserError, (name, value))
                self.assertIn(f"is not a number: search “{label}” with", str(error))
                self.assertLess(len(str(error)), 200)

    def test_nothing_raises_anything_else(self):
        for name, field in self.searched.items():
            # Odoo itself refuses invalid dates and nested lists, in all models.
            odoo = () if field.type in NUMBERS else (ValueError, TypeError)
            for value, operator in product(ANYTHING, COMPARISONS):
                error = self.refusal(name, operator, value)
                allowed = UserError, *odoo
                if error is not None:
                    self.assertIsInstance(error, allowed, (name, operator, value))

    def test_numbers_in_other_types_are_compared(self):
        for value in (100, 100.0, "100", " 1e2 "):
            self.assertEqual(self.find("client_revenue", "=", value), self.client)
            self.assertEqual(self.find("client_revenue", ">=", value), self.client)
            self.assertEqual(self.find("client_revenue", "in", [value]), self.client)
        for value in (1, True, "1", "1.0"):
            self.assertEqual(self.find("client_invoice_count", "=", value), self.client)
        self.assertFalse(self.find("client_invoice_count", ">", "1.5"))
        self.assertEqual(self.find("client_invoice_count", ">", "0.5"), self.client)

    def test_numbers_beyond_all_limits_are_compared(self):
        for name in ("client_revenue", "client_invoice_count", "client_days_to_pay"):
            for value in (10**30, 1e300, "1e300", 2**63):
                self.assertFalse(self.find(name, ">", value))
                self.assertEqual(self.find(name, "<", value), self.client + self.none)
                self.assertFalse(self.find(name, "=", value))

    def test_none_is_zero(self):
        for value in (False, None, 0, "", "0"):
            self.assertEqual(self.find("client_revenue", ">", value), self.client)
            self.assertEqual(self.find("client_revenue", "=", value), self.none)
            self.assertEqual(self.find("client_revenue", "!=", value), self.client)

    def test_classes_are_compared_with_text(self):
        self.assertEqual(self.find("client_revenue_class", "=", "vip"), self.client)
        for value in (5, 5.5, "a\0", "\ud800", True):
            self.assertFalse(self.find("client_revenue_class", "=", value))
        self.assertEqual(
            self.find("client_revenue_class", "!=", 5), self.client + self.none
        )
        with self.assertRefused(UserError, "cannot be searched with"):
            self.find("client_revenue_class", ">", ["vip"])

    def test_ages_are_compared_with_numbers(self):
        self.company.client_personal_details = True
        self.client.client_birthdate = "1990-01-01"
        self.assertEqual(self.find("client_age", ">", "18"), self.client)
        self.assertEqual(self.find("client_age", "=", False), self.none)
        self.assertFalse(self.find("client_age", ">", 10**20))
        with self.assertRefused(UserError, "“old” is not a number: search “Age”"):
            self.find("client_age", ">", "old")

    def test_few_classes_on_days_are_searched_at_once(self):
        cells = [
            f"revenue_class_computed:2024-01-{day:02d}:vip" for day in range(1, 32)
        ]
        self.assertFalse(self.find("client_class_at", "in", cells[:2]))
        with self.assertRefused(UserError, "at most 10"):
            self.find("client_class_at", "in", cells)

    def test_a_long_text_is_not_said_in_full(self):
        for name in ("client_revenue", "client_class_at"):
            with self.assertRaises(UserError) as refused:
                self.find(name, "=", "x" * 100_000)
            self.assertLess(len(str(refused.exception)), 300)

    def test_the_criterion_of_the_context_is_a_number_of_one(self):
        values = self.env["client.criterion.value"]
        value = self.new_value(self.region, "Vaud")
        for wrong in ("abc", [1], {"a": 1}, 99, "1", object()):
            found = values.with_context(client_criterion_number=wrong)
            self.assertIn(value.id, dict(found.name_search("Vaud")))
            found.default_get(["criterion_id"])
        mine = values.with_context(client_criterion_number=2)
        self.assertFalse(mine.name_search("Vaud"))
