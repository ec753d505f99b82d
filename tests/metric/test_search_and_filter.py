"""A search in the database finds what a filter in memory keeps."""

from datetime import date, datetime
from itertools import product

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from ...models.metric.metric_field import MetricField
from ..common import InvoicingCase

COMPARISONS = ("=", "!=", "<", "<=", ">", ">=", "in", "not in")
LIKES = tuple(
    f"{negation}{operator}"
    for operator in ("like", "ilike", "=like", "=ilike")
    for negation in ("", "not ")
)
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
        cls.clients[2].write({"client_blocked": True, "client_blocked_reason": "price"})
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
        except (UserError, ValueError, TypeError) as error:
            # Odoo names the operator that it has tried last.
            return type(error), str(error).split(" in [")[0]

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
        self.assertFalse(differences)

    def shown(self, name):
        values = {client[name] for client in self.clients}
        is_record = self.Partner._fields[name].relational
        return {value.id for value in values} if is_record else values

    def values(self, field):
        """:return: values to search a field with: shown ones, and others"""
        shown = list(self.shown(field.name))
        if field.type in ("monetary", "float", "integer"):
            near = [value + 0.04 for value in shown]
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
            if field.type != "boolean" and not field.company_dependent
            for operator, value in product(LIKES, self.patterns(field))
        )

    def patterns(self, field):
        texts = {*map(str, self.shown(field.name)), *TEXTS, "3", "33.33", "2024%"}
        # PostgreSQL refuses a backslash at the end, in all searches of Odoo itself.
        return texts if isinstance(field, MetricField) else texts - {"\\"}

    def test_groups_are_what_a_search_for_their_value_finds(self):
        mine = [("id", "in", self.clients.ids)]
        names = [
            name
            for name, field in self.computed().items()
            if field._description_groupable(self.env) and name != "client_age"
        ]
        self.assertGreater(len(names), 30)
        for name in names:
            if self.Partner._fields[name].type in ("date", "datetime"):
                name = f"{name}:month"
            groups = self.Partner.formatted_read_group(mine, [name], ["__count"])
            for group in groups:
                domain = [*mine, *group["__extra_domain"]]
                with self.subTest(name=name, value=group[name]):
                    found = self.Partner.search_count(domain)
                    self.assertEqual(found, group["__count"])

    def test_a_search_compares_what_the_list_shows(self):
        client = self.clients[1]
        self.assertEqual(client.client_revenue_growth, 1328.6)
        for operator in ("=", ">=", "<="):
            condition = ("client_revenue_growth", operator, 1328.6)
            self.assertIn(client, self.searched([condition]))
        self.assertFalse(self.searched([("client_revenue_growth", "=", 1328.57)]))
        self.assertFalse(self.searched([("client_revenue_growth", ">", 1328.6)]))

    def test_shares_add_up_exactly(self):
        metrics = self.env["client.metric"].search(
            [("partner_id", "in", self.clients.ids)]
        )
        metrics.revenue_share = 33.3333
        self.env.flush_all()
        [(total,)] = self.Partner._read_group(
            [("id", "in", self.clients.ids)], [], ["client_revenue_share:sum"]
        )
        self.assertAlmostEqual(total, 66.6666)

    def test_a_reason_is_found_by_a_part_of_it(self):
        expensive = self.clients[1]
        for operator, text in (
            ("ilike", "price"),
            ("ilike", "50 %"),
            ("like", "The Price"),
            ("=ilike", "the price%"),
        ):
            condition = ("client_engagement_reason", operator, text)
            self.assertEqual(self.searched([condition]), expensive, condition)
        self.assertFalse(self.searched([("client_engagement_reason", "like", "price")]))
        others = self.searched([("client_engagement_reason", "not ilike", "price")])
        self.assertEqual(others, self.clients - expensive)

    def test_text_is_refused_in_memory_as_in_a_search(self):
        for name in ("client_revenue", "client_household_size", "client_age"):
            for function in (self.searched, self.clients.filtered_domain):
                with self.assertRefused(UserError, "“5k” is not a number"):
                    function([(name, ">", "5k")])
