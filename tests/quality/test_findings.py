from dateutil.relativedelta import relativedelta
from lxml import etree

from odoo import Command, fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from .quality_case import COMPLETE, QualityCase


@tagged("post_install", "-at_install")
class TestFindings(QualityCase):
    """What is missing or wrong, in the form, the list, the search and the score."""

    def test_a_complete_file_has_no_finding_and_a_hundred_points(self):
        client = self.new_complete()
        self.assertEqual(self.names(client), set())
        self.assertEqual(client.client_quality_score, 100)
        self.assertEqual(client.client_quality_range, "4")
        self.assertEqual(client.client_finding_count, 0)

    def test_an_empty_file_has_no_points(self):
        empty = self.new_client("Empty", lang=False, vat="CHE-1")
        self.assertEqual(empty.client_quality_score, 0)
        self.assertEqual(empty.client_quality_range, "1")

    def test_each_thing_that_is_missing_costs_its_points(self):
        for field, name, points in (
            ("email", "no_email", 30),
            ("phone", "no_phone", 20),
            ("lang", "no_language", 15),
            ("zip", "no_postcode", 10),
            ("street", "no_address", 5),
            ("country_id", "no_country", 5),
        ):
            with self.subTest(field=field):
                client = self.new_complete(**{field: False})
                self.assertIn(name, self.names(client))
                self.assertEqual(client.client_quality_score, 100 - points)
                self.assertEqual(client.client_finding_count, 1)
                self.assertEqual(self.found(client, name), client)

    def test_each_thing_that_is_wrong_costs_its_points(self):
        for field, value, name, points in (
            ("email", "info@weber", "wrong_email", 30),
            ("phone", "12", "wrong_phone", 20),
            ("vat", "CHE-109.322.552 MWST", "wrong_vat", 15),
        ):
            with self.subTest(field=field):
                client = self.new_complete(**{field: value})
                self.assertEqual(self.names(client), {name})
                self.assertEqual(client.client_quality_score, 100 - points)

    def test_a_hint_costs_nothing(self):
        client = self.new_complete(phone="027 322 11 44", email="Info@weber.ch")
        self.assertEqual(self.names(client), {"untidy_phone", "untidy_email"})
        self.assertEqual(client.client_quality_score, 100)
        self.assertEqual(client.client_finding_count, 0)

    def test_a_country_without_postcodes_misses_none(self):
        country = self.env.ref("base.hk")
        country.zip_required = False
        client = self.new_complete(zip=False, country_id=country.id, phone=False)
        self.assertNotIn("no_postcode", self.names(client))

    def test_a_contact_needs_no_email_but_no_malformed_one(self):
        client = self.new_complete()
        contact = self.new_contact(client)
        self.assertEqual(self.names(contact), set())
        contact.email = "anna@weber"
        self.assertEqual(self.names(contact), {"wrong_email"})

    def test_the_form_follows_what_is_written(self):
        client = self.new_complete(email=False)
        self.assertIn("no_email", client.client_findings and self.names(client))
        client.email = "info@weber.ch"
        self.assertEqual(client.client_findings, "")
        self.assertEqual(client.client_quality_score, 100)

    def test_search_sort_and_group(self):
        full = self.new_complete()
        part = self.new_complete(phone=False)
        bare = self.new_client("Bare", lang=False)
        clients = full | part | bare
        mine = [("id", "in", clients.ids)]
        search = self.Partner.search
        self.assertEqual(search(mine, order="client_quality_score"), bare | part | full)
        self.assertEqual(
            search(mine, order="client_quality_score desc"), full | part | bare
        )
        self.assertEqual(search([*mine, ("client_quality_score", "<", 50)]), bare)
        self.assertEqual(search([*mine, ("client_quality_score", "=", 80)]), part)
        self.assertEqual(search([*mine, ("client_finding_count", ">", 1)]), bare)
        self.assertEqual(search([*mine, ("client_quality_range", "=", "3")]), part)
        groups = self.Partner.formatted_read_group(
            mine, ["client_quality_range"], ["__count", "client_quality_score:avg"]
        )
        self.assertEqual(
            [(group["client_quality_range"], group["__count"]) for group in groups],
            [("1", 1), ("3", 1), ("4", 1)],
        )
        for group in groups:
            found = search([*mine, *group["__extra_domain"]])
            self.assertEqual(len(found), group["__count"])

    def test_search_by_words_and_by_the_lack_of_findings(self):
        full = self.new_complete()
        part = self.new_complete(phone=False)
        both = full | part
        self.assertEqual(self.found(both, "no ph", "ilike"), part)
        self.assertEqual(self.found(both, False), full)
        self.assertEqual(self.found(both, False, "!="), part)
        self.assertEqual(self.found(both, ["no_email", "no_phone"], "in"), part)
        self.assertEqual(self.found(both, "no_phone", "!="), full)
        self.assertFalse(self.found(both, "nothing is called like this", "ilike"))
        with self.assertRefused(UserError, "is not a check"):
            self.found(both, "unheard_of")

    def test_memory_and_database_agree(self):
        clients = self.new_complete() | self.new_complete(phone=False)
        for domain in (
            [("client_quality_score", "<", 90)],
            [("client_findings", "=", "no_phone")],
            [("client_quality_range", "in", ["3"])],
            [("client_finding_count", "=", 0)],
        ):
            found = self.Partner.search([("id", "in", clients.ids), *domain])
            self.assertEqual(clients.filtered_domain(domain), found)

    def test_there_is_a_filter_for_each_check(self):
        view = self._ours("client_view_search")
        arch = etree.fromstring(self.Partner.get_view(view.id, "search")["arch"])
        shown = {node.get("name") for node in arch.iter("filter")}
        checks = self.quality._known_checks()
        self.assertGreater(len(checks), 10)
        self.assertFalse({f"client_{check.name}" for check in checks} - shown)

    def test_the_weights_are_a_hundred(self):
        """What excludes each other counts once."""
        weights = {check.name: check.weight for check in self.quality._known_checks()}
        largest = (
            max(weights["no_email"], weights["wrong_email"])
            + max(weights["no_phone"], weights["wrong_phone"])
            + weights["no_language"]
            + max(weights["no_postcode"], weights["wrong_town"])
            + weights["no_address"]
            + weights["no_country"]
            + weights["wrong_vat"]
        )
        self.assertEqual(largest, 100)

    def test_the_number_of_queries_does_not_depend_on_the_number_of_clients(self):
        clients = self.Partner.create(
            [{**COMPLETE, "name": f"Client {n}", "phone": False} for n in range(40)]
        )

        def read(some):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            some.mapped("client_findings")
            return self.env.cr.sql_log_count - before

        read(clients)
        self.assertEqual(read(clients), read(clients[:2]))


@tagged("post_install", "-at_install")
class TestActivity(QualityCase):
    """E-mails that nobody uses, clients that nobody hears of."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.client_ = cls.new_complete()
        cls.contact = cls.new_contact(cls.client_)
        cls.age(cls.client_ | cls.contact)
        cls.reader = cls.new_user("reader", "client_segmentation.group_client_revenue")

    def hints(self):
        both = {"old_email", "no_activity"}
        names = self.names(self.client_) & both
        for name in both:
            is_found = bool(self.found(self.client_, name))
            self.assertEqual(is_found, name in names, "search and form agree")
        return names

    def days_ago(self, **delta):
        return fields.Datetime.now() - relativedelta(**delta)

    def message(self, date, **values):
        self.env["mail.message"].create(
            {"message_type": "email", "date": date, "body": "Hello", **values}
        )

    def test_nobody_has_heard_of_it_for_years(self):
        self.assertEqual(self.hints(), {"old_email", "no_activity"})

    def test_a_young_client_is_not_silent(self):
        self.age(self.client_, self.days_ago(years=2))
        self.assertEqual(self.hints(), set())

    def test_an_invoice_is_activity(self):
        self.invoice(self.client_)
        self.assertEqual(self.hints(), set())

    def test_an_old_invoice_is_not(self):
        self.invoice(
            self.client_, invoice_date=fields.Date.today() - relativedelta(years=4)
        )
        self.assertEqual(self.hints(), {"old_email", "no_activity"})

    def test_a_meeting_with_a_contact_is_activity_but_no_email(self):
        self.env["calendar.event"].create(
            {
                "name": "Visit",
                "start": self.days_ago(months=2),
                "stop": self.days_ago(months=2),
                "partner_ids": [Command.set(self.contact.ids)],
            }
        )
        self.assertEqual(self.hints(), {"old_email"})

    def test_messages_from_and_to_it_are_activity(self):
        recent, old = self.days_ago(years=1), self.days_ago(years=4)
        here = {"model": "res.partner", "res_id": self.client_.id}
        self.message(old, **here)
        self.message(recent, **here, **{"message_type": "notification"})
        self.assertEqual(self.hints(), {"old_email", "no_activity"})
        for values in (
            here,
            {"author_id": self.contact.id},
            {
                "notification_ids": [
                    Command.create(
                        {
                            "res_partner_id": self.contact.id,
                            "notification_type": "email",
                        }
                    )
                ]
            },
        ):
            with self.subTest(values=values), self.cr.savepoint() as savepoint:
                self.message(recent, **values)
                self.assertEqual(self.hints(), set())
                savepoint.rollback()

    def test_a_new_email_is_not_old(self):
        self.client_.email = "new@weber.ch"
        self.assertEqual(self.hints(), {"no_activity"})
        self.age(self.client_)
        self.client_.email = "New@Weber.ch"
        self.assertEqual(self.hints(), {"no_activity", "old_email"}, "the same one")

    def test_the_years_are_a_setting_of_the_company(self):
        self.invoice(
            self.client_, invoice_date=fields.Date.today() - relativedelta(years=4)
        )
        self.company.client_silent_years = 5
        self.assertEqual(self.hints(), {"old_email"})

    def test_documents_of_another_company_do_not_count(self):
        self.invoice(self.client_, company=self.other_company)
        as_reader = self.as_user(self.client_, self.reader)
        found = as_reader.search(
            [("id", "=", self.client_.id), ("client_findings", "=", "no_activity")]
        )
        self.assertEqual(found, as_reader)
        found = self.Partner.search(
            [("id", "=", self.client_.id), ("client_findings", "=", "no_activity")]
        )
        self.assertFalse(found, "but a rule of the system sees all of them")
