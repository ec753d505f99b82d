from lxml import etree

from odoo import models

from .res_partner_write import ROWS_BEFORE

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

        The name of a criterion is stronger than a label of Odoo, because the user has
        chosen it.
        """
        found = super()._get_mapping_suggestion(
            header, fields_tree, header_types, mapping_fields
        )
        if self.res_model != "res.partner" or self._client_is_exact(found, header):
            return found
        text = header.strip().casefold()
        names = {field["name"] for field in fields_tree}
        headings = self._client_criteria()
        # "Type" is no label of Odoo, only the name of a field that no screen shows.
        is_label = found.get("distance", 1) <= 0 and found["field_path"] != [text]
        if not is_label:
            headings += self._client_headings()
        for heading, name in headings:
            if name in names and heading.casefold() == text:
                return {"field_path": [name], "distance": 0}
        return found

    def _client_is_exact(self, found, header):
        """:return: whether a suggestion leaves no doubt: the user has chosen it before,
        the heading is the name of the field, or a path of fields
        """
        return bool(found) and (
            found.get("distance", -1) < 0 or found["field_path"] == [header]
        )

    def _client_criteria(self):
        """:return: pairs of the name of a criterion and its field"""
        criteria = self.env["client.criterion"]
        return [
            (label, name)
            for lang in (self.env.lang, "en_US")
            for name, label in criteria.with_context(lang=lang)._field_labels().items()
        ]

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
        return etree.fromstring(arch).xpath(
            "//*[self::field or self::label[@for]][@string][not(ancestor::field)]"
        )

    def _convert_import_data(self, fields, options):
        result = super()._convert_import_data(fields, options)
        if self.res_model == "res.partner":
            # Large files are imported in parts. An error names the row of the file.
            self.env.cr.cache[ROWS_BEFORE] = options.get("skip")
        return result
