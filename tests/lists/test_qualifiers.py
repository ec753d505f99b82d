from ast import literal_eval

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from ..common import ClientCase


@tagged("post_install", "-at_install")
class TestTypes(ClientCase):
    """Every client has one type, from a list that the company keeps."""

    def test_a_new_client_is_a_prospect(self):
        self.assertEqual(self.new_client().client_type_id, self.type_prospect)

    def test_a_new_client_gets_the_type_that_is_the_default(self):
        partner = self.env["client.type"].create({"name": "Partner", "sequence": 1})
        self.assertEqual(self.new_client().client_type_id, self.type_prospect)
        partner.is_default = True
        self.assertEqual(self.new_client().client_type_id, partner)

    def test_a_type_in_use_is_archived_rather_than_deleted(self):
        client = self.new_client(client_type_id=self.type_supplier.id)
        with self.assertRefused(UserError, "Supplier"):
            self.type_supplier.unlink()
        self.type_supplier.active = False
        self.assertEqual(client.client_type_id, self.type_supplier)
        self.assertFalse(self.env["client.type"].name_search("Supplier"))

    def test_a_type_that_nobody_has_can_be_deleted(self):
        partner = self.env["client.type"].create({"name": "Partner"})
        partner.unlink()
        self.assertFalse(partner.exists())

    def test_two_types_have_different_names(self):
        with self.assertRefused(ValidationError, "“ SUPPLIER” exists already"):
            self.env["client.type"].create({"name": " SUPPLIER"})
        self.type_supplier.active = False
        with self.assertRefused(ValidationError, "archived"):
            self.env["client.type"].create({"name": "Supplier"})


@tagged("post_install", "-at_install")
class TestStatuses(ClientCase):
    """Prospect, active, VIP, inactive, and the company's own."""

    def test_a_new_client_is_a_prospect_in_every_company(self):
        client = self.new_client()
        self.assertEqual(self.status_of(client), self.prospect)
        self.assertEqual(self.status_of(client, self.other_company), self.prospect)
        domain = [("id", "=", client.id), ("client_status_id", "=", self.prospect.id)]
        self.assertTrue(self.Partner.search(domain))

    def test_the_status_of_every_new_client_cannot_be_archived(self):
        with self.assertRefused(UserError, "renamed, but not archived"):
            self.prospect.active = False

    def test_the_status_of_every_new_client_cannot_be_deleted(self):
        self.env["client.status.rule"].search([]).unlink()
        with self.assertRefused(UserError, "“Prospect” is the status of every client"):
            self.prospect.unlink()

    def test_the_status_of_every_new_client_can_be_renamed(self):
        self.prospect.name = "Lead"
        self.assertEqual(self.status_of(self.new_client()).name, "Lead")

    def test_a_status_in_use_is_archived_rather_than_deleted(self):
        client = self.new_client()
        client.with_company(self.other_company).client_status_id = self.vip
        with self.assertRefused(UserError, "VIP"):
            self.vip.unlink()
        self.vip.active = False
        self.assertEqual(self.status_of(client, self.other_company), self.vip)

    def test_a_status_that_nobody_has_can_be_deleted(self):
        paused = self.env["client.status"].create({"name": "Paused"})
        paused.unlink()
        self.assertFalse(paused.exists())

    def test_two_statuses_have_different_names(self):
        with self.assertRefused(ValidationError, "“vip” exists already"):
            self.env["client.status"].create({"name": "vip"})

    def test_the_kind_of_a_status_of_ones_own_counts_in_the_filters(self):
        gold = self.env["client.status"].create({"name": "Gold", "kind": "vip"})
        client = self.new_client(client_status_id=gold.id)
        self.assertEqual(client.client_status_kind, "vip")
        domain = [("client_status_id.kind", "=", "vip"), ("id", "=", client.id)]
        self.assertEqual(self.Partner.search(domain), client)


@tagged("post_install", "-at_install")
class TestRatings(ClientCase):
    """One to five stars, and what they mean here, shown where one clicks."""

    def labels(self, lang="en_US"):
        fields = self.Partner.with_context(lang=lang).fields_get(["client_rating"])
        return dict(fields["client_rating"]["selection"])

    def test_the_stars_say_what_they_mean(self):
        self._ours("client_rating_4").name = "Treat with care"
        self.assertEqual(list(self.labels()), ["0", "1", "2", "3", "4", "5"])
        self.assertEqual(self.labels()["4"], "★★★★ Treat with care")
        self.assertNotIn("★", self.labels()["0"])

    def test_a_new_meaning_is_shown_at_once_in_each_language(self):
        self.speak("fr_FR")
        self.labels(), self.labels("fr_FR")
        self._ours("client_rating_1").name = "Rarely"
        self._ours("client_rating_1").with_context(lang="fr_FR").name = "Rarement"
        self.assertEqual(self.labels()["1"], "★ Rarely")
        self.assertEqual(self.labels("fr_FR")["1"], "★ Rarement")

    def test_a_client_that_loses_its_stars_is_not_rated(self):
        client = self.new_client(client_rating="3")
        client.client_rating = False
        self.assertEqual(client.client_rating, "0")
        self.assertEqual(self.new_client(client_rating=False).client_rating, "0")


@tagged("post_install", "-at_install")
class TestLists(ClientCase):
    """The client list sorts, groups and filters by all of them."""

    GROUPS = (
        "client_type_id",
        "client_status_id",
        "client_criterion_1_id",
        "client_criterion_2_id",
        "client_rating",
        "client_organisation",
        "client_source_id",
    )

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = cls.new_client_user()
        sources = cls.env["utm.source"].create([{"name": "Fair"}, {"name": "Friend"}])
        regions = [cls.new_value(cls.region, name) for name in ("Vaud", "Bern")]
        sectors = [cls.new_value(cls.sector, name) for name in ("Health", "Timber")]
        cls.first, cls.second = cls.Partner.create(
            [
                {
                    "name": "First",
                    "is_company": True,
                    "client_type_id": cls.type_prospect.id,
                    "client_status_id": cls.active.id,
                    "client_criterion_1_id": regions[0].id,
                    "client_criterion_2_id": sectors[0].id,
                    "client_rating": "2",
                    "client_organisation": "company",
                    "client_source_id": sources[0].id,
                },
                {
                    "name": "Second",
                    "is_company": True,
                    "client_type_id": cls.type_supplier.id,
                    "client_status_id": cls.inactive.id,
                    "client_criterion_1_id": regions[1].id,
                    "client_criterion_2_id": sectors[1].id,
                    "client_rating": "4",
                    "client_organisation": "public",
                    "client_source_id": sources[1].id,
                },
            ]
        )
        cls.clients = cls.first + cls.second
        cls.domain = [("id", "in", cls.clients.ids)]
        cls.partners = cls.Partner.with_user(cls.user).with_context(
            allowed_company_ids=cls.company.ids, lang="en_US"
        )

    def test_the_list_groups_by_each(self):
        for name in self.GROUPS:
            with self.subTest(name=name):
                groups = self.partners.formatted_read_group(
                    self.domain, [name], ["__count"]
                )
                filled = [group for group in groups if group["__count"]]
                self.assertEqual([group["__count"] for group in filled], [1, 1])
                for group in filled:
                    domain = self.domain + group["__extra_domain"]
                    self.assertEqual(self.partners.search_count(domain), 1)

    def test_the_list_sorts_by_each(self):
        for name in self.GROUPS:
            with self.subTest(name=name):
                up = self.partners.search(self.domain, order=f"{name}, id")
                down = self.partners.search(self.domain, order=f"{name} DESC, id")
                self.assertEqual(up.ids, self.clients.ids)
                self.assertEqual(down.ids, self.clients.ids[::-1])

    def test_the_list_searches_each(self):
        for name in self.GROUPS:
            value = self.second[name]
            value = value.id if hasattr(value, "id") else value
            with self.subTest(name=name):
                found = self.partners.search([*self.domain, (name, "=", value)])
                self.assertEqual(found, self.second)
                found = self.partners.search([*self.domain, (name, "!=", value)])
                self.assertEqual(found, self.first)

    def kanban_columns(self):
        partners = self.partners.with_context(read_group_expand=True)
        groups = partners.web_read_group(
            self.domain,
            ["client_status_id"],
            ["__count"],
            auto_unfold=True,
            unfold_read_specification={"name": {}},
        )["groups"]
        return {group["client_status_id"][0]: group for group in groups}

    def test_the_kanban_has_a_column_for_every_status_in_their_order(self):
        columns = self.kanban_columns()
        statuses = self.env["client.status"].search([])
        self.assertEqual(list(columns), statuses.ids)
        cards = columns[self.active.id]["__records"]
        self.assertEqual([card["name"] for card in cards], ["First"])
        self.assertEqual(columns[self.vip.id]["__records"], [])

    def test_the_kanban_has_no_column_for_an_archived_status(self):
        self.vip.active = False
        self.assertNotIn(self.vip.id, self.kanban_columns())

    def test_the_kanban_keeps_the_column_of_an_archived_status_with_clients(self):
        self.inactive.active = False
        self.assertEqual(self.kanban_columns()[self.inactive.id]["__count"], 1)

    def test_the_kanban_folds_what_the_company_wants_folded(self):
        self.inactive.fold = True
        columns = self.kanban_columns()
        self.assertNotIn("__records", columns[self.inactive.id])
        self.assertIn("__records", columns[self.active.id])

    def test_several_clients_are_changed_in_the_list_at_once(self):
        clients = self.as_user(self.clients, self.user)
        vals = {
            "client_type_id": self.type_client.id,
            "client_status_id": self.vip.id,
            "client_rating": "5",
        }
        clients.web_save_multi([vals, vals], {"client_rating": {}})
        self.assertEqual(clients.client_type_id, self.type_client)
        self.assertEqual(clients.client_status_id, self.vip)
        self.assertEqual(clients.mapped("client_rating"), ["5", "5"])

    def test_the_ready_made_filters_find_what_they_say(self):
        public = self.second
        for name, found in (
            ("client_prospect", self.Partner),
            ("client_active", self.first),
            ("client_inactive", self.second),
            ("client_rated", self.second),
            ("client_public", public),
        ):
            with self.subTest(name=name):
                domain = self.domain + self.filter_domain(name)
                self.assertEqual(self.partners.search(domain), found)

    def filter_domain(self, name):
        view = self.env.ref("client_segmentation.client_view_search")
        arch = view._get_combined_arch()
        [node] = arch.xpath(f"//filter[@name='{name}']")
        return literal_eval(node.get("domain"))
