from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .bulk_case import BulkCase


@tagged("post_install", "-at_install")
class TestBulk(BulkCase):
    """Many clients are changed at once, and the journal says which."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clients = cls.new_clients(4)
        cls.lavaux = cls.new_value(cls.region, "Lavaux")

    def tags_of(self, client):
        return set(client.category_id.mapped("name"))

    def test_the_entries_of_the_addon_are_first_in_the_menu_actions(self):
        """Also before an entry that somebody has put first."""
        actions = self.env["ir.actions.server"].create(
            {
                "name": "Somebody's",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "binding_model_id": self.env["ir.model"]._get_id("res.partner"),
                "sequence": -100,
                "state": "code",
            }
        )
        users = {"manager": self.new_manager(), "user": self.user}
        names = {}
        for role, user in users.items():
            entries = self.as_user(actions, user).get_bindings("res.partner")["action"]
            names[role] = [entry["name"] for entry in entries]
            self.assertIn("Somebody's", names[role])

        for role, entries in names.items():
            with self.subTest(role=role):
                self.assertEqual(entries[:2], ["Change Tags", "Change Status"])
                ours = entries[: entries.index("Somebody's")]
                self.assertIn("Block or Unblock", ours)
                self.assertNotIn("Merge", ours)
                self.assertEqual("Loss Test" in ours, role == "manager")
        self.assertNotIn("Loss Test", names["user"])

    def test_adding_a_tag_keeps_all_others(self):
        self.clients[0].category_id = self.press + self.fair

        operation = self.bulk(self.clients, "tag_add", tag_ids=self.fair + self.wine)

        self.assertEqual(self.tags_of(self.clients[0]), {"Fair", "Press", "Wine"})
        self.assertEqual(self.tags_of(self.clients[1]), {"Fair", "Wine"})
        self.assertEqual(operation.changed_count, 4)
        added = self.history(self.clients[0])[-1]
        self.assertEqual(added.qualifier, "category_id")
        self.assertFalse(added.old_label)
        self.assertEqual(added.new_label, "Wine")
        self.assertEqual(added.origin, "bulk")
        self.assertEqual(added.user_id, self.user)

    def test_a_tag_that_everybody_has_changes_nothing(self):
        self.clients.category_id = self.fair
        lines = len(self.history(self.clients[0]))

        wizard = self.wizard(self.clients, "tag_add", tag_ids=self.fair)
        self.assertEqual((wizard.change_count, wizard.already_count), (0, 4))
        wizard.action_apply()

        self.assertEqual(self.last_operation().changed_count, 0)
        self.assertEqual(len(self.history(self.clients[0])), lines)

    def test_removing_a_tag_keeps_all_others(self):
        self.clients[:2].category_id = self.press + self.fair

        wizard = self.wizard(self.clients, "tag_remove", tag_ids=self.fair)
        self.assertEqual((wizard.change_count, wizard.already_count), (2, 2))
        wizard.action_apply()

        self.assertEqual(self.tags_of(self.clients[0]), {"Press"})
        self.assertFalse(self.clients[3].category_id)
        self.assertFalse(self.history(self.clients[3]))

    def test_replacing_tags_asks_twice(self):
        self.clients[0].category_id = self.press
        wizard = self.wizard(self.clients, "tag_replace", tag_ids=self.fair)
        with self.assertRefused(UserError, "removes all other tags of 4 clients"):
            wizard.action_apply()

        wizard.confirmed = True
        wizard.action_apply()

        self.assertEqual(self.tags_of(self.clients[0]), {"Fair"})
        lines = self.history(self.clients[0])[-2:]
        self.assertEqual(set(lines.mapped("old_label")), {"Press", False})
        self.assertEqual(set(lines.mapped("new_label")), {"Fair", False})

    def test_tags_go_to_the_contacts_that_were_selected(self):
        contact = self.new_contact(self.clients[0])

        self.bulk(contact, "tag_add", tag_ids=self.fair)

        self.assertEqual(self.tags_of(contact), {"Fair"})
        self.assertFalse(self.clients[0].category_id)

    def test_the_status_of_a_selected_contact_is_its_clients(self):
        contacts = self.new_contact(self.clients[0]) + self.new_contact(self.clients[0])

        wizard = self.wizard(contacts, "status", status_id=self.vip.id)
        self.assertEqual((wizard.selected_count, wizard.target_count), (2, 1))
        wizard.action_apply()

        self.assertEqual(self.status_of(self.clients[0]), self.vip)
        self.assertEqual(self.status_of(contacts[0]), self.vip)
        self.assertEqual(len(self.history(self.clients[0])), 1)
        self.assertFalse(self.history(contacts[0]))

    def test_the_status_of_another_company_stays(self):
        self.clients.with_company(self.other_company).client_status_id = self.inactive

        self.bulk(self.clients, "status", status_id=self.active.id)

        for client in self.clients:
            self.assertEqual(self.status_of(client), self.active)
            self.assertEqual(self.status_of(client, self.other_company), self.inactive)
        self.assertEqual(self.history(self.clients[0])[-1].company_id, self.company)

    def test_back_to_the_status_that_everybody_starts_with(self):
        self.clients.client_status_id = self.vip

        self.bulk(self.clients, "status", status_id=self.prospect.id)

        self.assertEqual(self.status_of(self.clients[0]), self.prospect)

    def test_type_criterion_and_rating(self):
        self.bulk(self.clients, "type", type_id=self.type_supplier.id)
        self.bulk(self.clients, "criterion_1", criterion_1_id=self.lavaux.id)
        self.bulk(self.clients, "rating", rating="4")

        self.assertEqual(self.clients.client_type_id, self.type_supplier)
        self.assertEqual(self.clients.client_criterion_1_id, self.lavaux)
        self.assertEqual(set(self.clients.mapped("client_rating")), {"4"})
        kind, region, rating = self.history(self.clients[0])
        self.assertEqual(kind.new_label, "Supplier")
        self.assertEqual(region.new_label, "Lavaux")
        self.assertIn("★★★★", rating.new_label)

        self.bulk(self.clients, "criterion_1", is_emptied=True)
        self.assertFalse(self.clients.client_criterion_1_id)

    def test_a_criterion_takes_its_own_values_only(self):
        health = self.new_value(self.sector, "Health")
        wizard = self.wizard(self.clients, "criterion_1", criterion_1_id=health.id)

        with self.assertRefused(UserError, "Health.* is not a value of “Region”"):
            wizard.action_apply()

    def test_criteria_have_the_name_that_the_company_gave_them(self):
        self.region.name = "Terroir"
        actions = dict(self.env["client.bulk.wizard"]._selection_action())
        self.assertEqual(actions["criterion_1"], "Set Terroir")

    def test_what_the_form_shows_follows_at_once(self):
        """Also what was read before the change, and what depends on it."""
        client = self.clients[0]
        self.assertEqual(client.client_status_kind, "prospect")
        self.assertFalse(self.fair.partner_ids)
        self.bulk(self.clients, "status", status_id=self.vip.id)
        self.bulk(self.clients, "tag_add", tag_ids=self.fair)
        self.assertEqual(client.client_status_kind, "vip")
        self.assertEqual(self.fair.partner_ids, self.clients)
        self.assertEqual(len(client.client_change_ids), 2)

    def test_unsaved_changes_are_not_lost(self):
        client = self.clients[0]
        client.client_status_id = self.vip  # not in the database yet
        wizard = self.wizard(self.clients, "status", status_id=self.vip.id)
        self.assertEqual(wizard.already_count, 1)

    def test_nothing_chosen_is_refused(self):
        for action, words in (
            ("tag_add", "at least one tag"),
            ("tag_replace", "at least one tag"),
            ("status", "Choose the value"),
            ("criterion_2", "Choose the value"),
            ("rating", "Choose the value"),
            ("block", "Say why"),
        ):
            with self.subTest(action), self.assertRefused(UserError, words):
                self.wizard(self.clients, action).action_apply()
        with self.assertRefused(UserError, "Select the clients"):
            self.wizard(self.Partner, "status")

    def test_clients_of_the_other_company_are_named_and_left_alone(self):
        """Nothing of those the user may not even see."""
        self.clients[3].company_id = self.other_company
        watch = self.env["ir.rule"].create(
            {
                "name": "Watches belong to Bern",
                "model_id": self.env["ir.model"]._get("res.partner").id,
                "domain_force": "[('city', '!=', 'Bern')]",
                "perm_read": False,
            }
        )
        self.assertTrue(watch.perm_write)
        self.clients[2].city = "Bern"

        wizard = self.wizard(self.clients, "type", type_id=self.type_supplier.id)
        self.assertEqual(wizard.selected_count, 3)
        self.assertEqual(wizard.change_count, 2)
        self.assertEqual(wizard.forbidden_count, 1)
        self.assertEqual(wizard.forbidden_names, "Client 002")
        wizard.action_apply()

        self.assertEqual(self.clients[:2].client_type_id, self.type_supplier)
        self.assertNotIn(self.type_supplier, self.clients[2:].client_type_id)
        operation = self.last_operation()
        self.assertEqual(operation.forbidden_count, 1)
        self.assertEqual(operation.forbidden_names, "Client 002")

    def test_who_may_not_change_contacts_changes_none(self):
        accountant = self.new_accountant()
        with self.assertRaises(AccessError):
            self.wizard(self.clients, "type", accountant, type_id=self.type_client.id)
        with self.assertRaises(AccessError):
            self.wizard(self.clients, "type", self.new_employee())

    def test_operations_are_ones_own_unless_one_is_a_manager(self):
        operation = self.bulk(self.clients, "tag_add", tag_ids=self.fair)
        colleague = self.new_client_user("colleague")
        with self.assertRaises(AccessError):
            self.as_user(operation, colleague).action_undo()
        with self.assertRaises(AccessError):
            operation.write({"changed_count": 0})
        manager = self.as_user(operation, self.new_manager())
        self.assertEqual(manager.user_id, self.user)
        manager.action_undo()
        self.assertFalse(self.clients.category_id)

    def test_hand_made_changes_of_tags_are_in_the_journal(self):
        client = self.clients[0]
        client.category_id = self.fair + self.press
        client.write({"category_id": [Command.unlink(self.fair.id)]})
        lines = self.history(client, "category_id")
        self.assertEqual(lines.mapped("origin"), ["hand"] * 3)
        self.assertEqual(lines[2].old_label, "Fair")

    def test_ten_times_as_many_clients_take_as_many_queries(self):
        few, many = self.new_clients(20), self.new_clients(200)
        counts = []
        for clients in (self.new_clients(2), few, many):  # the first warms up
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.bulk(clients, "tag_add", tag_ids=self.fair)
            self.bulk(clients, "status", status_id=self.vip.id)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[1], counts[2])
