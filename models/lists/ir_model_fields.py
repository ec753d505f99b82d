from odoo import api, models
from odoo.tools import ormcache

from ...engine.partner.forget import forget_fields


class IrModelFields(models.Model):
    _inherit = "ir.model.fields"

    @api.model
    def get_field_string(self, model_name):
        """The label of a criterion field is the name of the criterion, on all screens.

        Odoo calls this for all labels: views, search, group by, import, export.
        """
        if not self._is_model(model_name):  # Odoo raises the error
            return super().get_field_string(model_name)
        return dict(self._client_field_strings(model_name))

    @api.model
    def _is_model(self, name):
        return isinstance(name, str) and name in self.env

    @api.model
    @ormcache("model_name", "self.env.lang", cache="stable")
    def _client_field_strings(self, model_name):
        # Cached: Odoo calls this for all labels of the model at each of its fields.
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
        """Delete the journal and the bulk operations of deleted partner fields, because
        no screen could show them. This happens when an addon is uninstalled.
        """
        self.check_access("unlink")
        deleted = self.sudo().filtered(lambda field: field.model == "res.partner")
        names = deleted.mapped("name")
        result = super().unlink()
        if names:
            self.env.registry.clear_cache("stable")
            forget_fields(self.env, names)
        return result
