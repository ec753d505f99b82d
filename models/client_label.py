from odoo import api, fields, models


class ClientLabel(models.AbstractModel):
    """A name that users choose and that screens show as a label or an option.

    Whoever changes such a name sees the new one on the next page, in each language.
    """

    _name = "client.label"
    _description = "Name shown as a label"

    name = fields.Char(required=True, translate=True)

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        self._labels_changed()
        return records

    def write(self, vals):
        result = super().write(vals)
        if "name" in vals:
            self._labels_changed()
        return result

    def update_field_translations(self, field_name, translations, source_lang=""):
        result = super().update_field_translations(
            field_name, translations, source_lang=source_lang
        )
        self._labels_changed()
        return result

    def _labels_changed(self):
        # Browsers keep the views and their labels as long as the registry lasts.
        self.env.registry.clear_cache("stable", "templates")
        self.env.registry.registry_invalidated = True
