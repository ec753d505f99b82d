from odoo import Command, api
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from ...engine.partner.action import SetField
from .bulk_case import BulkCase

PARTNER, WIZARD = "res.partner", "client.bulk.wizard"
GROUP = "account.group_account_readonly"


class FieldCase(BulkCase):
    """Another addon has added fields to partners, and actions to the catalogue.

    `x_district_id` is shared by all companies. `x_level` depends on the company, and
    only a group may read it.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.group = cls.env.ref(GROUP)
        cls.new_field(PARTNER, "x_district_id", "District")
        cls.new_field(WIZARD, "x_district_id", "District")
        level = {"company_dependent": True}
        cls.x_level = cls.new_field(PARTNER, "x_level", "Level", **level)
        cls.new_field(WIZARD, "x_level", "Level")
        cls.env["ir.ui.view"].create(
            {
                "name": "Districts",
                "model": WIZARD,
                "inherit_id": cls._ours("client_bulk_wizard_view_form").id,
                "arch": """
                    <field name="reason" position="after">
                        <field
                            name="x_district_id"
                            invisible="value_field != 'x_district_id'"
                        />
                    </field>
                """,
            }
        )
        cls.add_actions(
            SetField("district", "x_district_id", can_be_empty=True),
            SetField("level", "x_level"),
        )
        cls.classPatch(cls.Partner._fields["x_level"], "groups", GROUP)
        mediums = cls.env["utm.medium"]
        cls.east, cls.west = mediums.create([{"name": "East"}, {"name": "West"}])
        cls.clients = cls.new_clients(4)

    @classmethod
    def new_field(cls, model, name, label, **values):
        if name == "x_district_id":
            kind = {"ttype": "many2one", "relation": "utm.medium"}
        else:
            options = [{"value": value, "name": value.title()} for value in ("a", "b")]
            kind = {
                "ttype": "selection",
                "selection_ids": [Command.create(option) for option in options],
            }
        model = cls.env["ir.model"]._get(model).id
        return cls.env["ir.model.fields"].create(
            {"model_id": model, "name": name, "field_description": label}
            | kind
            | values
        )

    @classmethod
    def add_actions(cls, *actions):
        """As an addon does with `_inherit` and `super()`."""
        operations = cls.registry["client.bulk.operation"]
        shipped = operations._actions

        @api.model
        def _actions(self):
            return [*shipped(self), *actions]

        cls.classPatch(operations, "_actions", _actions)
        cls.registry.clear_cache("stable")
        cls.registry._setup_models__(cls.env.cr, [PARTNER, WIZARD])


@tagged("post_install", "-at_install")
class TestBulkCatalogue(FieldCase):
    """A field of another addon only needs its action, a field on the wizard, and its
    place in the view.
    """

    def test_the_wizard_offers_it_under_the_name_of_the_field(self):
        opened = self.wizard(self.clients, "district")
        with Form(opened) as form:
            form.x_district_id = self.east
        self.assertEqual(opened.change_count, 4)
        labels = dict(opened._selection_action())
        self.assertEqual(labels["district"], "Set District")

    def test_it_is_set_undone_and_set_again(self):
        contact = self.new_contact(self.clients[0])
        self.clients[1].x_district_id = self.west
        self.clients[2].x_district_id = self.east

        wizard = self.wizard(self.clients, "district", x_district_id=self.east.id)
        self.assertEqual((wizard.change_count, wizard.already_count), (3, 1))
        wizard.action_apply()

        operation = self.last_operation()
        self.assertEqual(operation.display_name, "Set District: East")
        self.assertEqual(operation.changed_count, 3)
        self.assertEqual(self.clients.x_district_id, self.east)
        self.assertEqual(contact.x_district_id, self.east)
        line = self.history(self.clients[1])[-1]
        self.assertEqual((line.old_label, line.new_label), ("West", "East"))
        self.assertEqual((line.origin, line.user_id), ("bulk", self.user))
        qualifiers = dict(self.Change._selection_qualifier())
        self.assertEqual(qualifiers[line.qualifier], "District")

        undo = self.undo(operation)
        self.assertEqual(self.clients.mapped("x_district_id"), self.west + self.east)
        self.assertEqual(self.clients[1].x_district_id, self.west)
        self.assertFalse(contact.x_district_id)
        self.undo(undo)
        self.assertEqual(self.clients.x_district_id, self.east)

    def test_it_can_be_emptied_where_the_action_says_so(self):
        self.clients.x_district_id = self.east
        operation = self.bulk(self.clients, "district", is_emptied=True)
        self.assertFalse(self.clients.x_district_id)
        self.assertEqual(operation.value_name, "(empty)")

    def test_nothing_chosen_is_refused(self):
        with self.assertRefused(UserError, "Choose the value"):
            self.wizard(self.clients, "district").action_apply()

    def test_a_value_deleted_meanwhile_is_refused(self):
        operations = self.as_user(self.env["client.bulk.operation"], self.user)
        gone = self.east.id
        self.east.unlink()
        with self.assertRefused(UserError, "The value to set no longer exists."):
            operations._start("district", {"value": gone}, self.clients.ids, "East")

    def test_by_hand_it_is_the_clients_and_in_the_journal(self):
        contact = self.new_contact(self.clients[0])
        contact.x_district_id = self.east
        self.assertEqual(self.clients[0].x_district_id, self.east)
        line = self.history(self.clients[0], "x_district_id")
        self.assertEqual((line.new_label, line.origin), ("East", "hand"))

    def test_who_may_not_write_the_field_is_not_offered_it(self):
        self.assertNotIn("level", dict(self.wizard_actions(self.user)))
        with self.assertRefused(UserError, "not a change of clients"):
            self.wizard(self.clients, "level")
        operations = self.as_user(self.env["client.bulk.operation"], self.user)
        with self.assertRaises(AccessError):
            operations._start("level", {"value": "a"}, self.clients.ids, "A")

        self.user.group_ids += self.group
        self.assertIn("level", dict(self.wizard_actions(self.user)))

    def test_each_company_has_its_own_value(self):
        self.user.group_ids += self.group
        self.clients.with_company(self.other_company).x_level = "b"

        operation = self.bulk(self.clients, "level", x_level="a")

        self.assertEqual(self.clients.mapped("x_level"), ["a"] * 4)
        elsewhere = self.clients.with_company(self.other_company)
        self.assertEqual(elsewhere.mapped("x_level"), ["b"] * 4)
        line = self.history(self.clients[0], "x_level")[-1]
        self.assertEqual((line.company_id, line.new_label), (self.company, "A"))
        self.undo(operation)
        self.assertEqual(self.clients.mapped("x_level"), [False] * 4)

    def test_who_may_not_read_the_field_does_not_see_what_was_set(self):
        self.user.group_ids += self.group
        level = self.bulk(self.clients, "level", x_level="a")
        district = self.bulk(self.clients, "district", x_district_id=self.east.id)
        manager = self.new_manager()
        operations = self.as_user(self.env["client.bulk.operation"], manager)

        self.assertEqual(operations.search([]), district)
        self.assertEqual(operations.browse(district.id).value_name, "East")
        with self.assertRaises(AccessError):
            _ = operations.browse(level.id).value_name
        with self.assertRefused(AccessError, "the field that these operations"):
            operations.browse(level.id).action_open_changes()

        manager.group_ids += self.group
        self.assertEqual(operations.search([]), level + district)
        self.assertEqual(operations.browse(level.id).value_name, "A")

    def test_who_may_not_read_the_field_still_makes_contacts(self):
        self.clients.x_level = "a"
        clients = self.as_user(self.clients, self.user)
        contact = clients.create({"name": "Anna", "parent_id": clients[0].id})
        clients[0].name = "Renamed"
        self.assertEqual(contact.sudo().x_level, "a")

    def wizard_actions(self, user):
        return self.as_user(self.env[WIZARD], user)._selection_action()


@tagged("post_install", "-at_install")
class TestBulkFieldDeleted(FieldCase):
    """The field of another addon is deleted, as when the addon is uninstalled."""

    def test_nothing_of_it_is_left(self):
        self.user.group_ids += self.group
        level = self.bulk(self.clients, "level", x_level="a")
        undo = self.undo(level)
        self.undo(undo)
        district = self.bulk(self.clients, "district", x_district_id=self.east.id)
        back = self.undo(district)

        self.x_level.unlink()

        operations = self.env["client.bulk.operation"].search([])
        self.assertEqual(operations, (district + back).sudo())
        self.assertEqual(back.undo_of_id, district)
        self.assertEqual(
            set(self.history(self.clients[0]).mapped("qualifier")), {"x_district_id"}
        )
        self.assertNotIn("x_level", dict(self.Change._selection_qualifier()))
        self.clients[0].x_district_id = self.west
        self.assertEqual(len(self.history(self.clients[0])), 3)
