from lxml import etree

from odoo.modules.module import Manifest
from odoo.tests import tagged
from odoo.tools import convert_file, file_open, str2bool

from ..common import ClientCase

MODULE = "client_segmentation"


@tagged("post_install", "-at_install")
class TestShippedRecords(ClientCase):
    """Records of our files that belong to the users once they are there."""

    def kept_by_users(self):
        """:return: (addon, file, record) for each `noupdate` record of our addons"""
        return [
            (addon.name, name, record)
            for addon in Manifest.all_addon_manifests()
            if addon.name.startswith(MODULE)
            for name in (*addon["data"], *addon["demo"])
            if name.endswith(".xml")
            for record in self.records(f"{addon.name}/{name}")
            if record.get("id") and self.is_kept(record)
        ]

    def records(self, path):
        with file_open(path, "rb") as file:
            return etree.parse(file).iter("record", "template", "menuitem")

    def is_kept(self, record):
        marks = (node.get("noupdate") for node in record.iterancestors())
        return str2bool(next(filter(None, marks), "0"))

    def ref(self, record):
        return self.env.ref(f"{MODULE}.{record.get('id')}", raise_if_not_found=False)

    def update(self, name):
        convert_file(self.env, MODULE, name, {}, mode="update")

    def test_an_update_makes_none_of_them_again(self):
        kept = self.kept_by_users()
        self.assertGreater(len(kept), 30)
        again = [
            f"{addon}/{name}: {record.get('id')}"
            for addon, name, record in kept
            if str2bool(record.get("forcecreate", "1"))
        ]
        self.assertFalse(again)

    def test_an_installation_makes_all_of_them(self):
        missing = [
            record.get("id")
            for addon, name, record in self.kept_by_users()
            if addon == MODULE and not name.startswith("demo/") and not self.ref(record)
        ]
        self.assertFalse(missing)

    def test_deleted_ones_stay_away(self):
        for xmlid in ("client_status_rule_inactive", "client_rating_3"):
            name, record = next(
                (name, record)
                for _addon, name, record in self.kept_by_users()
                if record.get("id") == xmlid
            )
            shipped = self.ref(record)
            with self.subTest(xmlid):
                model, count = shipped.browse(), self.count(shipped)
                shipped.unlink()
                self.update(name)
                self.assertFalse(self.ref(record))
                self.assertEqual(self.count(model), count - 1)

    def count(self, model):
        return model.with_context(active_test=False).search_count([])

    def test_changed_ones_stay_as_they_are(self):
        rule = self.env.ref(f"{MODULE}.client_status_rule_inactive")
        rule.months = 7
        self.update("data/client_status_rule_data.xml")
        self.assertEqual(rule.months, 7)

    def test_installed_anew_they_are_made(self):
        name = "data/client_status_rule_data.xml"
        self.env.ref(f"{MODULE}.client_status_rule_inactive").unlink()
        convert_file(self.env, MODULE, name, {}, mode="init", noupdate=True)
        self.assertTrue(self.env.ref(f"{MODULE}.client_status_rule_inactive"))
