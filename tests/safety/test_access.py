from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tests import new_test_user, tagged

from ..common import ClientCase

# What a client may know about the client file: how it is addressed.
HARMLESS = {"client_name2", "client_is_commercial"}
CONFIDENTIAL = (
    "client_competitor",
    "client_competitor_reason",
    "client_likes",
    "client_problems",
    "client_birthdate",
    "client_gender",
    "client_occupation",
    "client_change_ids",
)
LISTS = (
    "client.type",
    "client.status",
    "client.criterion",
    "client.criterion.value",
    "client.rating",
    "client.status.rule",
)


@tagged("post_install", "-at_install")
class TestClientsThemselves(ClientCase):
    """Clients with portal access do not see their qualifiers."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.portal = cls.new_portal_user()
        cls.public = new_test_user(cls.env, "public_visitor", "base.group_public")
        cls.own = cls.portal.partner_id
        cls.own.write({"client_status_id": cls.vip.id, "client_rating": "1"})
        cls.names = {
            name for name in cls.Partner._fields if name.startswith("client_")
        } - HARMLESS

    def test_they_read_none_of_our_fields(self):
        for user in (self.portal, self.public):
            own = self.as_user(user.partner_id, user, self.company)
            for name in self.names:
                with self.subTest(user=user.login, name=name):
                    with self.assertRaises(AccessError):
                        own.read([name])

    def test_they_learn_nothing_by_searching(self):
        partners = self.as_user(self.Partner, self.portal)
        for name in self.names:
            with self.subTest(name=name), self.assertRaises(AccessError):
                partners.search([(name, "!=", False)])

    def test_the_fields_do_not_exist_for_them(self):
        partners = self.as_user(self.Partner, self.portal)
        self.assertFalse(self.names & partners.fields_get().keys())

    def test_they_do_not_see_the_journal_nor_the_lists(self):
        for user in (self.portal, self.public):
            for model in ("client.change", *LISTS):
                with self.subTest(user=user.login, model=model):
                    records = self.as_user(self.env[model], user, self.company)
                    self.assertFalse(records.has_access("read"))

    def test_they_read_their_name_and_address(self):
        self.own.write({"client_name2": "Purchase", "city": "Vevey"})
        own = self.as_user(self.own, self.portal)
        self.assertEqual(own.read(["city"])[0]["city"], "Vevey")
        self.assertTrue(own.display_name)


@tagged("post_install", "-at_install")
class TestColleagues(ClientCase):
    """Each group may do what it needs for its work, and no more."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.weber = cls.new_client()
        cls.weber.client_rating = "3"

    def test_a_plain_employee_sees_the_qualifiers_and_changes_none(self):
        weber = self.as_user(self.weber, self.new_employee())
        self.assertEqual(weber.client_rating, "3")
        self.assertEqual(weber.client_status_id.name, "Prospect")
        with self.assertRaises(AccessError):
            weber.client_rating = "5"

    def test_a_plain_employee_does_not_see_what_is_confidential(self):
        weber = self.as_user(self.weber, self.new_employee())
        for name in CONFIDENTIAL:
            with self.subTest(name=name), self.assertRaises(AccessError):
                weber.read([name])
        self.assertFalse(weber.env["client.change"].has_access("read"))

    def test_a_plain_employee_opens_contacts_without_an_error(self):
        weber = self.as_user(self.weber, self.new_employee())
        for view in (
            "base.view_partner_form",
            "base.view_partner_tree",
            "client_segmentation.client_view_form",
            "client_segmentation.client_view_list",
        ):
            view = self.env.ref(view)
            result = weber.get_views([(view.id, view.type)])
            names = result["models"]["res.partner"]["fields"].keys()
            self.assertFalse(set(CONFIDENTIAL) & names)
            own = [name for name in names if name.startswith("client_")]
            weber.read(["name", *own])

    def test_somebody_who_keeps_the_client_file_sees_and_changes_all_of_it(self):
        weber = self.as_user(self.weber, self.new_client_user())
        weber.write(
            {
                "client_rating": "5",
                "client_status_id": self.vip.id,
                "client_likes": "Concerts",
                "client_competitor": "Roth",
            }
        )
        self.assertEqual(weber.client_likes, "Concerts")
        self.assertEqual(len(weber.client_change_ids), 3)

    def test_somebody_who_keeps_the_client_file_configures_nothing(self):
        user = self.new_client_user()
        for model in LISTS:
            with self.subTest(model=model):
                records = self.as_user(self.env[model].search([]), user)
                self.assertTrue(records.has_access("read"))
                for operation in ("write", "create", "unlink"):
                    self.assertFalse(records.has_access(operation), operation)

    def test_a_manager_configures_the_lists_and_rules(self):
        manager = self.new_manager()
        for model in LISTS:
            with self.subTest(model=model):
                records = self.as_user(self.env[model], manager)
                self.assertTrue(records.has_access("write"))
        for model in ("client.type", "client.status"):
            record = self.as_user(self.env[model], manager).create({"name": "New"})
            record.name = "Newer"
            record.unlink()

    def test_who_keeps_contacts_or_invoices_gets_the_group_by_it(self):
        user, revenue = "group_client_user", "group_client_revenue"
        for login, groups, expected, missing in (
            ("contacts", "base.group_partner_manager", user, revenue),
            (
                "invoices",
                "account.group_account_invoice",
                revenue,
                "group_client_manager",
            ),
            (
                "auditor",
                "account.group_account_readonly",
                revenue,
                "group_client_manager",
            ),
        ):
            person = self.new_user(login, groups)
            self.assertTrue(person.has_group(f"client_segmentation.{expected}"), login)
            self.assertFalse(person.has_group(f"client_segmentation.{missing}"), login)


@tagged("post_install", "-at_install")
class TestTwoCompanies(ClientCase):
    """The data of one company about a client are hidden in other companies."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.here = cls.new_client_user("here")
        cls.there = cls.new_client_user("there", companies=cls.other_company)
        cls.both = cls.new_client_user(
            "both", companies=cls.company + cls.other_company
        )
        cls.weber = cls.new_client()
        cls.weber.write({"client_status_id": cls.vip.id, "client_rating": "4"})

    def journal_of(self, user):
        lines = self.as_user(self.Change, user)
        return lines.search([("partner_id", "=", self.weber.id)]).mapped("qualifier")

    def test_the_status_in_one_company_is_not_read_in_the_other(self):
        weber = self.as_user(self.weber, self.there)
        self.assertEqual(weber.client_status_id, self.prospect)
        self.assertEqual(weber.client_status_kind, "prospect")
        domain = Domain("id", "=", weber.id)
        self.assertFalse(weber.search(domain & Domain("client_status_id", "=", "VIP")))
        self.assertFalse(
            weber.search(domain & Domain("client_status_id.kind", "=", "vip"))
        )

    def test_nobody_reads_it_by_pretending_to_work_there(self):
        weber = self.weber.with_user(self.there)
        weber = weber.with_context(allowed_company_ids=self.company.ids)
        with self.assertRaises(AccessError):
            weber.read(["client_status_id"])

    def test_the_journal_of_one_company_is_not_read_in_the_other(self):
        self.assertEqual(
            set(self.journal_of(self.here)), {"client_status_id", "client_rating"}
        )
        self.assertEqual(self.journal_of(self.there), ["client_rating"])

    def test_the_history_on_the_form_leaves_out_the_other_company(self):
        lines = self.as_user(self.weber, self.there).client_change_ids
        self.assertEqual(lines.mapped("qualifier"), ["client_rating"])

    def test_the_journal_of_a_client_of_one_company_is_read_there_only(self):
        self.weber.company_id = self.company
        self.assertEqual(self.journal_of(self.there), [])
        self.assertEqual(len(self.journal_of(self.here)), 2)

    def test_who_works_in_both_sees_what_they_have_chosen(self):
        weber = self.as_user(self.weber, self.both, self.company)
        self.assertEqual(weber.client_status_id, self.vip)
        weber = self.as_user(self.weber, self.both, self.other_company)
        self.assertEqual(weber.client_status_id, self.prospect)

    def test_the_rules_of_one_company_are_not_seen_in_the_other(self):
        rules = self.env["client.status.rule"]
        own, common = (
            rules.create(
                {"name": "Rule", "to_status_id": self.vip.id, "company_id": company}
            )
            for company in (self.company.id, False)
        )
        self.assertEqual(
            self.as_user(rules, self.here).search([("id", "in", (own + common).ids)]),
            own + common,
        )
        self.assertEqual(
            self.as_user(rules, self.there).search([("id", "in", (own + common).ids)]),
            common,
        )
