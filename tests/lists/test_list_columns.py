"""The headings of the lists of clients, in each language."""

from collections import Counter

from lxml import etree

from odoo.tests import tagged

from ..common import ClientCase

LANGUAGES = ("en_US", "fr_FR", "de_DE")


@tagged("post_install", "-at_install")
class TestListColumns(ClientCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.speak(*LANGUAGES)
        addons = ("base", "account", "client_segmentation")
        modules = cls.env["ir.module.module"].search([("name", "in", addons)])
        modules._update_translations(list(LANGUAGES))
        cls.user = cls.new_user(
            "column_user",
            "base.group_system,base.group_multi_company,account.group_account_manager,"
            "client_segmentation.group_client_manager",
        )

    def lists(self):
        """:return: all list views of this addon"""
        data = self.env["ir.model.data"].search(
            [("module", "=", "client_segmentation"), ("model", "=", "ir.ui.view")]
        )
        views = self.env["ir.ui.view"].browse(data.mapped("res_id"))
        return views.filtered(
            lambda view: view.type == "list" and view.mode == "primary"
        )

    def headings(self, view, lang):
        """:return: Counter of the headings that a list may show"""
        model = self.as_user(self.env[view.model], self.user).with_context(lang=lang)
        arch = etree.fromstring(model.get_view(view.id, "list")["arch"])
        labels = model.fields_get(attributes=["string"])
        return Counter(
            node.get("string") or labels[node.get("name")]["string"]
            for node in arch.iterchildren("field")
            if node.get("column_invisible") not in ("1", "True")
            and not node.get("nolabel")
        )

    def test_no_two_columns_have_the_same_heading(self):
        views = self.lists()
        self.assertGreater(len(views), 10)
        for view in views:
            for lang in LANGUAGES:
                with self.subTest(view=view.name, lang=lang):
                    headings = self.headings(view, lang)
                    twice = [text for text, count in headings.items() if count > 1]
                    self.assertFalse(twice)
