import importlib
import sys
import types

from lxml import etree

from odoo.exceptions import AccessError, UserError
from odoo.fields import Field
from odoo.tests import Form, tagged

from ... import __path__ as addon_path
from ...models.partner.sql_field import SqlField
from ..common import ClientCase

MODULE = "client_segmentation"


@tagged("post_install", "-at_install")
class TestContactScreens(ClientCase):
    """What the addon adds to Odoo's own screens of contacts, and what it keeps off."""

    def columns(self, xmlid, user=None):
        partners = self.Partner.with_user(user or self.env.user)
        view = partners.get_view(self.env.ref(xmlid).id, "list")
        arch = etree.fromstring(view["arch"])
        return [node.get("name") for node in arch.findall(".//field")]

    def test_the_list_of_contacts_reads_nothing_of_clients(self):
        columns = self.columns("base.view_partner_tree")
        self.assertFalse([name for name in columns if name.startswith("client_")])

    def test_the_list_of_clients_shows_what_that_of_contacts_shows_and_more(self):
        contacts = self.columns("base.view_partner_tree")
        clients = self.columns("client_segmentation.client_view_list")
        self.assertFalse(set(contacts) - set(clients))
        figures = set(self.Partner._client_metric_fields())
        hidden = {name for name in figures if name.endswith(("_computed", "_reason"))}
        hidden |= {"client_order_count", "client_computed_at"}
        self.assertFalse(figures - hidden - set(clients))
        qualifiers = {"client_status_id", "client_type_id", "client_rating"}
        self.assertLessEqual(qualifiers, set(clients))

    def test_from_a_contact_one_gets_to_the_file_of_its_client(self):
        client = self.new_client("Client", is_company=True)
        contact = self.Partner.create({"name": "Contact", "parent_id": client.id})
        for partner in (client, contact):
            action = partner.action_open_client()
            self.assertEqual(action["res_id"], client.id)
            view = self.env["ir.ui.view"].browse(action["views"][0][0])
            with Form(client, view=view) as form:
                self.assertIn("client_likes", form._view["fields"])

    def test_who_may_not_read_a_client_is_led_nowhere(self):
        client = self.new_client("Client")
        portal = self.new_user("portal_screens", "base.group_portal")
        with self.assertRaises(AccessError):
            client.with_user(portal).action_open_client()

    def test_lists_know_what_fields_with_sql_can_do(self):
        # What Odoo finds by making the SQL, for each of them.
        found = 0
        for name, field in self.Partner._fields.items():
            if not isinstance(field, SqlField):
                continue
            found += 1
            for what in ("sortable", "groupable", "aggregator"):
                with self.subTest(name, what=what):
                    method = f"_description_{what}"
                    self.assertEqual(
                        getattr(field, method)(self.env),
                        getattr(Field, method)(field, self.env),
                    )
        self.assertGreater(found, 25)

    def test_no_view_that_stands_alone_hangs_on_one_of_another_addon(self):
        # Updates of `base` make it again before our fields are in its parent.
        known = self.env["ir.model.data"].search(
            [("module", "=", MODULE), ("model", "=", "ir.ui.view")]
        )
        views = self.env["ir.ui.view"].browse(known.mapped("res_id"))
        alone = views.filtered(lambda view: view.mode == "primary" and view.inherit_id)
        self.assertIn(self.env.ref("client_segmentation.client_view_list"), alone)
        foreign = alone.filtered(lambda view: view.inherit_id not in views)
        self.assertFalse(foreign.mapped("xml_id"))

    def test_names_of_new_records_can_be_shown(self):
        for model in self.env.values():
            if not model._name.startswith("client.") or model._abstract:
                continue
            with self.subTest(model._name):
                needed = model._fields["display_name"].get_depends(model)[0]
                names = {"display_name", *(name.split(".")[0] for name in needed)}
                result = model.onchange({}, [], dict.fromkeys(names, {}))
                self.assertIn("display_name", result["value"])

    def test_a_folder_of_another_name_is_refused(self):
        package = types.ModuleType("odoo.addons.client_segmentation_main")
        package.__path__ = list(addon_path)
        sys.modules[package.__name__] = package
        self.addCleanup(self.forget, package.__name__)
        hooks = importlib.import_module(f"{package.__name__}.hooks")
        with self.assertRaisesRegex(UserError, "^.*“client_segmentation_main”.*$"):
            hooks.pre_init_hook(self.env)

    def forget(self, package):
        for name in list(sys.modules):
            if name == package or name.startswith(f"{package}."):
                del sys.modules[name]
