from odoo import api, models
from odoo.tools import ormcache

from ...engine.partner.forget import forget_fields


class IrModelFields(models.Model):
    _inherit = "ir.model.fields"

    @api.model
    def get_field_string(self, model_name):
        """Label of the criteria fields: the criterion's name, wherever they are.

        Every label of a field passes here: views, search, group by, import, export.
        """
        if not self._is_model(model_name):  # Odoo itself says what is wrong
            return super().get_field_string(model_name)
        return dict(self._client_field_strings(model_name))

    @api.model
    def _is_model(self, name):
        return isinstance(name, str) and name in self.env

    @api.model
    @ormcache("model_name", "self.env.lang", cache="stable")
    def _client_field_strings(self, model_name):
        # Asked for all labels of the model at each of its fields.
        # pylint: disable-next=super-method-mismatch
        labels = super().get_field_string(model_name)
        chosen = self.env["client.criterion"]._field_labels()
        return labels | {name: chosen[name] for name in chosen.keys() & labels.keys()}

    @api.model
    def get_field_help(self, model_name):
        if not self._is_model(model_name):
            return super().get_field_help(model_name)
        return dict(self._client_field_helps(model_name))

    @api.model
    @ormcache("model_name", "self.env.lang", cache="stable")
    def _client_field_helps(self, model_name):
        # pylint: disable-next=super-method-mismatch
        return super().get_field_help(model_name)

    def unlink(self):
        """With a field of the contacts go its journal and its bulk operations: nothing
        could show them, as when an addon that added the field is uninstalled.
        """
        self.check_access("unlink")
        deleted = self.sudo().filtered(lambda field: field.model == "res.partner")
        names = deleted.mapped("name")
        result = super().unlink()
        if names:
            self.env.registry.clear_cache("stable")
            forget_fields(self.env, names)
        return result
