from datetime import date

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from ..common import ClientCase

DETAILS = {
    "client_birthdate": "1980-06-15",
    "client_gender": "female",
    "client_household_size": 3,
    "client_occupation": "Carpenter",
}


@tagged("post_install", "-at_install")
class TestPersonalDetails(ClientCase):
    """A company keeps personal details of its clients only if it wants to."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = cls.new_client_user()
        cls.anna = cls.Partner.create({"name": "Anna Weber"})
        cls.company.client_personal_details = True

    def test_they_are_off_in_a_new_company(self):
        self.assertFalse(self.other_company.client_personal_details)
        self.assertFalse(
            self.anna.with_company(self.other_company).client_personal_details
        )

    def test_a_company_that_wants_them_keeps_them(self):
        anna = self.as_user(self.anna, self.user)
        anna.write(DETAILS)
        self.env.invalidate_all()
        self.assertEqual(anna.client_birthdate, date(1980, 6, 15))
        self.assertEqual(anna.client_gender, "female")
        self.assertEqual(anna.client_household_size, 3)
        self.assertEqual(anna.client_occupation, "Carpenter")

    def test_a_company_that_does_not_want_them_refuses_each_of_them(self):
        anna = self.anna.with_company(self.other_company)
        for name, value in DETAILS.items():
            with self.subTest(name=name):
                with self.assertRefused(UserError, "Agence Meuse does not"):
                    anna.write({name: value})
                with self.assertRefused(UserError, "Agence Meuse does not"):
                    anna.create({"name": "New", name: value})

    def test_an_import_does_not_bring_them_in_either(self):
        self.company.client_personal_details = False
        result = self.as_user(self.Partner, self.user).load(
            ["name", "client_occupation"], [["One", ""], ["Two", "Carpenter"]]
        )
        self.assertFalse(result["ids"])
        self.assertIn("Bureau Lavaux does not", result["messages"][0]["message"])

    def test_they_can_be_deleted_where_they_are_switched_off(self):
        self.anna.write(DETAILS)
        self.company.client_personal_details = False
        self.anna.write(dict.fromkeys(DETAILS, False))
        self.assertFalse(self.anna.client_birthdate)
        self.assertFalse(self.anna.client_occupation)

    def test_the_lists_of_fields_offer_them_only_where_they_are_on(self):
        names = {*DETAILS, "client_age"}
        partners = self.as_user(self.Partner, self.user)
        self.assertLessEqual(names, partners.fields_get().keys())
        self.company.client_personal_details = False
        self.assertFalse(names & partners.fields_get().keys())

    def test_the_form_shows_them_only_where_they_are_on_and_for_people(self):
        anna = self.as_user(self.anna, self.user)
        with self.form(anna) as form:
            form.client_occupation = "Carpenter"
        self.assertEqual(anna.client_occupation, "Carpenter")
        self.company.client_personal_details = False
        self.env.invalidate_all()
        with (
            self.form(anna) as form,
            self.assertRaisesRegex(AssertionError, "invisible"),
        ):
            form.client_occupation = "Joiner"

    def test_one_company_does_not_see_those_of_another(self):
        self.anna.write(DETAILS)
        self.other_company.client_personal_details = True
        anna = self.anna.with_company(self.other_company)
        self.assertFalse(anna.client_birthdate)
        self.assertFalse(anna.client_age)
        anna.client_occupation = "Retired"
        self.assertEqual(
            self.anna.with_company(self.company).client_occupation, "Carpenter"
        )

    def test_contacts_have_their_own(self):
        client = self.new_client()
        one, two = self.new_contact(client, "One"), self.new_contact(client, "Two")
        one.client_occupation = "Carpenter"
        self.assertFalse(two.client_occupation)
        self.assertFalse(client.client_occupation)

    def test_the_age_changes_on_the_birthday(self):
        self.anna.client_birthdate = "1980-06-15"
        for today, age in (("2024-06-14", 43), ("2024-06-15", 44)):
            with freeze_time(today):
                self.anna.invalidate_recordset(["client_age"])
                self.assertEqual(self.anna.client_age, age)
                for domain, found in (
                    ([("client_age", "=", age)], True),
                    ([("client_age", "=", age + 1)], False),
                    ([("client_age", ">=", age)], True),
                    ([("client_age", ">", age)], False),
                    ([("client_age", "<", age)], False),
                    ([("client_age", "<=", age)], True),
                    ([("client_age", "in", [1, age])], True),
                    ([("client_age", "!=", age)], False),
                ):
                    with self.subTest(today=today, domain=domain):
                        self.assertEqual(
                            self.anna in self.Partner.search(domain), found
                        )

    def test_who_has_no_birth_date_has_no_age(self):
        ben = self.Partner.create({"name": "Ben"})
        self.anna.client_birthdate = "1980-06-15"
        both = [("id", "in", (self.anna + ben).ids)]
        search = self.Partner.search
        self.assertEqual(search([*both, ("client_age", "=", False)]), ben)
        self.assertEqual(search([*both, ("client_age", "!=", False)]), self.anna)
        self.assertEqual(search([*both, ("client_age", "<", 200)]), self.anna)

    def test_the_average_age_of_a_group_of_clients(self):
        today = fields.Date.today()
        for years in (30, 40):
            self.Partner.create(
                {
                    "name": f"Aged {years}",
                    "city": "Testville",
                    "client_birthdate": today.replace(year=today.year - years, day=1),
                }
            )
        [(average,)] = self.Partner._read_group(
            [("city", "=", "Testville")], [], ["client_age:avg"]
        )
        self.assertEqual(average, 35)

    def test_a_birth_date_in_the_future_is_refused(self):
        with self.assertRefused(ValidationError, "future"):
            self.anna.client_birthdate = "2999-01-01"

    def test_a_household_of_less_than_nobody_is_refused(self):
        with self.assertRefused(ValidationError, "at least one person"):
            self.anna.client_household_size = -1

    def test_a_copy_does_not_take_them_along(self):
        self.anna.write(DETAILS)
        copy = self.anna.copy()
        self.assertFalse(copy.client_birthdate)
        self.assertFalse(copy.client_occupation)
