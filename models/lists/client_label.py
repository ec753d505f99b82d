from contextlib import contextmanager

from odoo import api, fields, models


class ClientLabel(models.AbstractModel):
    """A name that users choose and that screens show as a label or an option.

    After a change, the next page shows the new name, in each language.
    """

    _name = "client.label"
    _inherit = "client.text"
    _description = "Name shown as a label"

    name = fields.Char(required=True, translate=True)

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        if records:
            self._labels_changed()
        return records

    def write(self, vals):
        changes_name = isinstance(vals, dict) and "name" in vals
        with self._watched_labels(changes_name):
            return super().write(vals)

    def update_field_translations(self, field_name, translations, source_lang=""):
        with self._watched_labels(field_name == "name"):
            return super().update_field_translations(
                field_name, translations, source_lang=source_lang
            )

    @contextmanager
    def _watched_labels(self, changes_name):
        """Clear the caches if a name has changed inside this context manager.

        :param bool changes_name: whether a name may change
        :raise AccessError: if the user may not write these records
        """
        if not self or not changes_name:
            yield
            return
        self.check_access("write")
        before = self._stored_names()
        yield
        if self._stored_names() != before:
            self._labels_changed()

    def _stored_names(self):
        """:return: list of the names of these records, in all languages"""
        field = self._fields["name"]
        return [field._get_stored_translations(label) for label in self.sudo()]

    def _labels_changed(self):
        # Browsers cache the views with their labels until the registry changes.
        self.env.registry.clear_cache("stable", "templates")
        self.env.registry.registry_invalidated = True
