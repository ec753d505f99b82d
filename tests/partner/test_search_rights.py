"""Users who may not read a field cannot find its value by search, sort or group."""

from functools import partial
from itertools import product

import psycopg2

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from ..common import ClientCase

# What clients may know: how they are addressed.
HARMLESS = {"client_name2", "client_is_commercial"}
OPERATORS = ("=", "!=", ">", "<=", "in", "not in", "ilike", "not ilike", "=like")
# From other records to the partner.
PATHS = ("parent_id.", "commercial_partner_id.", "child_ids.", "user_ids.")
DATE_PARTS = ("year_number", "month_number", "quarter_number")


@tagged("post_install", "-at_install")
class TestSearchRights(ClientCase):
    """All fields of the addon, also fields that are added later."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        client = cls.new_client()
        client.client_key_note = "Pays late"
        cls.people = {
            "portal": cls.new_portal_user(partner_id=cls.new_contact(client).id),
            "public": new_test_user(cls.env, "visitor", "base.group_public"),
            "employee": cls.new_employee(),
        }

    def fields_hidden_from(self, person):
        """:return: records of `res.partner` as this person, and names of our fields
        that the person must not read
        """
        partners = self.as_user(self.Partner, self.people[person], self.company)
        ours = {
            name: field
            for name, field in self.Partner._fields.items()
            if name.startswith("client_") and name not in HARMLESS
        }
        if person == "employee":
            names = {
                name
                for name, field in ours.items()
                if field.groups and field.groups != "base.group_user"
            }
        else:
            names = set(ours)
        self.assertGreater(len(names), 40)
        return partners, sorted(names)

    def values(self, name):
        field = self.Partner._fields[name]
        values = {
            "boolean": (True,),
            "selection": ("vip",),
            "date": ("2024-01-01",),
            "datetime": ("2024-01-01 10:00:00",),
            "many2one": (1, "VIP"),
            "one2many": (1,),
        }.get(field.type, (100, "a"))
        return (False, *values)

    def domains(self, name):
        field = self.Partner._fields[name]
        for operator, value in product(OPERATORS, self.values(name)):
            if value is False and operator in ("<=", ">"):
                continue  # no value is more or less than none; Odoo checks no rights
            if "like" not in operator or isinstance(value, str):
                yield [(name, operator, [value] if operator.endswith("in") else value)]
        for path in PATHS:
            yield [(path + name, "!=", False)]
        if field.type in ("date", "datetime"):
            for part in DATE_PARTS:
                yield [(f"{name}.{part}", "=", 2024)]
        if field.comodel_name:
            yield [(name, "any", [("id", ">", 0)])]
            yield [(f"{name}.display_name", "ilike", "a")]
            yield [(f"{name}.id", ">", 0)]

    def not_refused(self, attempts, strictly=True):
        """:return: names of the attempts that are not refused

        :param attempts: pairs of a name and a function
        :param strictly: as the lack of a right; else also as what Odoo cannot do with
            this kind of field
        """
        passed = []
        for name, attempt in attempts:
            try:
                with self.env.cr.savepoint(flush=False):
                    attempt()
            except AccessError as refusal:
                self.assertNotIn("Pays late", str(refusal))
            except (ValueError, TypeError) as refusal:
                self.assertNotIn("Pays late", str(refusal))
                if strictly:
                    passed.append((name, refusal))
            except psycopg2.Error as error:
                passed.append((name, error))
            else:
                passed.append(name)
        return passed

    def assertNoSearch(self, person):
        partners, names = self.fields_hidden_from(person)
        attempts = [
            (domain, partial(partners.search, domain))
            for name in names
            for domain in self.domains(name)
        ]
        self.assertEqual(self.not_refused(attempts, strictly=False), [])
        attempts = [
            (name, partial(partners.search, [(name, "!=", False)])) for name in names
        ]
        self.assertEqual(self.not_refused(attempts), [])

    def test_the_portal_finds_nobody_by_them(self):
        self.assertNoSearch("portal")

    def test_the_public_finds_nobody_by_them(self):
        self.assertNoSearch("public")

    def test_an_employee_finds_nobody_by_what_is_for_some(self):
        self.assertNoSearch("employee")

    def test_nobody_sorts_groups_adds_or_reads_them(self):
        for person in self.people:
            partners, names = self.fields_hidden_from(person)
            own = partners.search([], limit=1)
            attempts = []
            for name in names:
                unequal = [(name, "!=", False)]
                having = [(f"{name}:max", ">", 0)]
                attempts += [
                    (("order", name), partial(partners.search, [], order=name)),
                    (
                        ("order by path", name),
                        partial(partners.search, [], order=f"parent_id.{name} DESC"),
                    ),
                    (("group", name), partial(self.groups, partners, name)),
                    (
                        ("add", name),
                        partial(self.groups, partners, "id", f"{name}:max"),
                    ),
                    (
                        ("having", name),
                        partial(self.groups, partners, "id", having=having),
                    ),
                    (("drop-down", name), partial(partners.name_search, "a", unequal)),
                    (("filter", name), partial(own.filtered_domain, unequal)),
                    (("read", name), partial(own.read, [name])),
                    (
                        ("list", name),
                        partial(partners.web_search_read, [], {name: {}}),
                    ),
                ]
            self.assertEqual(self.not_refused(attempts, strictly=False), [], person)

    def groups(self, partners, groupby, aggregate="__count", having=()):
        return partners.formatted_read_group([], [groupby], [aggregate], having=having)

    def test_nor_through_the_users(self):
        for person in ("portal", "public"):
            partners, names = self.fields_hidden_from(person)
            users = partners.env["res.users"]
            attempts = [
                (path + name, partial(users.search, [(path + name, "!=", False)]))
                for path in ("", "partner_id.")
                for name in names
            ]
            self.assertEqual(self.not_refused(attempts), [], person)

    def test_the_one_who_may_learns_them(self):
        # The attempts above fail for lack of rights, not for being wrong.
        partners = self.as_user(self.Partner, self.new_accountant())
        for domain in (
            [("client_revenue", ">", 100)],
            [("parent_id.client_revenue", ">", 100)],
            [("client_status_id.display_name", "ilike", "a")],
        ):
            partners.search(domain)
