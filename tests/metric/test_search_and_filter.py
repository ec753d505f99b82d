"""A search in the database finds what a filter in memory keeps."""

from datetime import date, datetime
from itertools import product

from odoo import Command
from odoo.tests import tagged

from ...models.metric.metric_field import MetricField
from ..common import InvoicingCase

COMPARISONS = ("=", "!=", "<", "<=", ">", ">=", "in", "not in", "=?")
LIKES = tuple(
    f"{negation}{operator}"
    for operator in ("like", "ilike", "=like", "=ilike")
    for negation in ("", "not ")
)
RELATIONAL = ("any", "not any")
# What people type, and what RPC callers send.
NUMBERS = (False, 0, 1, -1, 0.05, 33.33, 1e12, -(10**30), "5", "x", "1,5", "")
TEXTS = (False, "", "price", "PRICE", "p_ice", "%", "50 %", "\\", "a\\%", "été", "vip")
DAYS = (False, date(2024, 5, 1), datetime(2024, 5, 1, 12, 0), "2024-05-01", "today")
FIGURES = (
    {},
    {
        "revenue": 200.0,
        "revenue_previous": 14.0,
        "revenue_growth": 1328.57,
        "revenue_total": 214.07,
        "revenue_share": 33.3333,
        "revenue_rank": 1,
        "invoice_count": 2,
        "order_count": 3,
        "average_basket": 100.04,
        "first_invoice_date": "2024-05-01",
        "last_invoice_date": "2024-08-01",
        "order_gap_days": 42.5,
        "in_pause": True,
        "days_to_pay": 30.25,
        "days_late": 0.05,
        "overdue": 12.3,
        "average_discount": 9.96,
        "revenue_class": "vip",
        "payment_class": "slow",
        "computed_at": "2024-05-01 12:00:00",
        "engagement": "lost",
        "engagement_reason": "The Price, 50 % too high",
    },
    {
        "revenue": -100.0,
        "revenue_growth": -12.35,
        "revenue_share": 0.005,
        "order_gap_days": 0.4,
        "days_to_pay": -0.04,
        "days_late": -3.35,
        "average_discount": 0.04,
        "revenue_class": "small",
        "engagement": "lost",
        "engagement_reason": "Été \\ sans suite",
    },
)


@tagged("post_install", "-at_install")
class TestSearchAndFilter(InvoicingCase):
    """Clients with figures that lists round, one without figures, and a contact."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.client_personal_details = True
        cls.clients = cls.Partner
        for number, figures in enumerate(FIGURES):
            client = cls.new_client(f"Client {number}")
            if figures:
                cls.env["client.metric"].create(
                    {
                        "partner_id": client.id,
                        "company_id": cls.company.id,
                        **figures,
                    }
                )
            cls.clients += client
        person = cls.Partner.create(
            {
                "name": "A person",
                "client_birthdate": "1990-02-28",
                "client_status_id": cls.vip.id,
                "category_id": [Command.create({"name": "Price"})],
            }
        )
        contact = cls.new_contact(cls.clients[1])
        cls.clients[2].write(
            {"client_blocked": True, "client_blocked_reason": "price"}
        )
        cls.clients += person + contact
        cls.env.flush_all()
        cls.env.invalidate_all()

    def computed(self):
        """:return: the searchable fields of the addon that are not plain columns"""
        return {
            name: field
            for name, field in self.Partner._fields.items()
            if name.startswith("client_")
            and field._description_searchable
            and (not field.store or field.company_dependent)
            and name != "client_class_at"  # it can only be searched
        }

    def outcome(self, function, condition):
        """:return: names that a function finds, or the error it raises"""
        try:
            return sorted(function([condition]).mapped("name"))
        except Exception as error:
            return type(error), str(error)

    def searched(self, domain):
        return self.Partner.search([("id", "in", self.clients.ids), *domain])

    def assertAgree(self, conditions):
        """Assert that search and filter find the same, or raise the same error."""
        differences = {}
        for condition in conditions:
            found = self.outcome(self.searched, condition)
            kept = self.outcome(self.clients.filtered_domain, condition)
            if found != kept:
                differences.setdefault(condition[:2], (condition[2], found, kept))
                print('DIFF', condition, found, kept)
        self.assertFalse(differences)

    def shown(self, name):
        values = {client[name] for client in self.clients}
        is_record = self.Partner._fields[name].relational
        return {value.id for value in values} if is_record else values

    def values(self, field):
        """:return: values to search a field with: shown ones, and others"""
        shown = list(self.shown(field.name))
        if field.type in ("monetary", "float", "integer"):
            near = [value + step for value in shown for step in (0.01, -0.04)]
            return (*shown, *near, *NUMBERS)
        if field.type in ("date", "datetime"):
            return (*shown, *DAYS)
        if field.type == "boolean":
            return (True, False)
        return (*shown, *TEXTS)

    def test_every_comparison(self):
        fields = self.computed()
        self.assertGreater(len(fields), 30)
        conditions = []
        for name, field in fields.items():
            operators = COMPARISONS
            if field.type in ("boolean", "many2one"):
                operators = ("=", "!=", "in", "not in")
            for operator, value in product(operators, self.values(field)):
                is_set = operator.endswith("in")
                conditions.append((name, operator, [value] if is_set else value))
        self.assertAgree(conditions)

    def test_every_pattern(self):
        self.assertAgree(
            (name, operator, value)
            for name, field in self.computed().items()
            if field.type != "boolean"
            for operator, value in product(LIKES, self.patterns(field))
        )

    def patterns(self, field):
        texts = {*map(str, self.shown(field.name)), *TEXTS, "3", "33.33", "2024%"}
        # PostgreSQL refuses a backslash at the end, in all searches of Odoo itself.
        return texts if isinstance(field, MetricField) else texts - {"\\"}
