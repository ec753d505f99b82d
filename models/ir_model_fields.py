from odoo import api, models


class IrModelFields(models.Model):
    _inherit = "ir.model.fields"

    @api.model
    def get_field_string(self, model_name):
        """Label of the criteria fields: the criterion's name, wherever they are.

        Every label of a field passes here: views, search, group by, import, export.
        """
        labels = super().get_field_string(model_name)
        chosen = self.env["client.criterion"]._field_labels()
        labels.update((name, chosen[name]) for name in chosen.keys() & labels.keys())
        return labels
