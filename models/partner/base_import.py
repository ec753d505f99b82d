from lxml import etree

from odoo import models

# The screens whose headings an import recognises, and their types.
SCREENS = {
    "client_segmentation.client_view_list": "list",
    "client_segmentation.client_view_form": "form",
    "base.view_partner_form": "form",
}


class BaseImport(models.TransientModel):
    _inherit = "base_import.import"

    def _get_mapping_suggestion(
        self, header, fields_tree, header_types, mapping_fields
    ):
        """Recognise the headings of the client list and form too. They are shorter than
        the labels of the fields, which Odoo compares: "Status" for "Client Status".
        """
        found = super()._get_mapping_suggestion(
            header, fields_tree, header_types, mapping_fields
        )
        exact = found and found.get("distance", 0) <= 0
        if exact or self.res_model != "res.partner":
            return found
        names = {field["name"] for field in fields_tree}
        for heading, name in self._client_headings():
            if name in names and heading.casefold() == header.strip().casefold():
                return {"field_path": [name], "distance": 0}
        return found

    def _client_headings(self):
        """:return: pairs of a heading, in the user's language or in English, and the
        name of its field
        """
        partners = self.env["res.partner"]
        return [
            (node.get("string"), node.get("name") or node.get("for"))
            for partners in (partners, partners.with_context(lang="en_US"))
            for xmlid, view_type in SCREENS.items()
            for node in self._view_nodes(partners, xmlid, view_type)
        ]

    def _view_nodes(self, partners, xmlid, view_type):
        """:return: list of the nodes of a view that give a field a heading"""
        view = self.env.ref(xmlid, raise_if_not_found=False)
        if not view:
            return []
        arch = partners.get_view(view.id, view_type)["arch"]
        return etree.fromstring(arch).xpath("//field[@string] | //label[@for][@string]")
