from odoo import api, fields, models
from odoo.tools import ormcache

# The fields that determine the default type.
DEFAULT_FIELDS = ("is_default", "active", "sequence")


class ClientType(models.Model):
    """Client type: every client has one (prospect, client, supplier...)."""

    _name = "client.type"
    _inherit = "client.qualifier"
    _description = "Client Type"
    _import_creates = False

    is_default = fields.Boolean(
        string="Default",
        help="New clients get the first type of the list that has this mark.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        types = super().create(vals_list)
        if any(types.mapped("is_default")):
            self._forget_default()
        return types

    def write(self, vals):
        if not self or not isinstance(vals, dict):  # Odoo raises the error
            return super().write(vals)
        if set(DEFAULT_FIELDS).isdisjoint(vals):
            return super().write(vals)
        self.check_access("write")
        before = self._default_values()
        result = super().write(vals)
        if self._default_values() != before:
            self._forget_default()
        return result

    def unlink(self):
        self.check_access("unlink")
        defaults = self.filtered("is_default")
        result = super().unlink()
        if defaults:
            self._forget_default()
        return result

    def _default_values(self):
        return [tuple(kind[name] for name in DEFAULT_FIELDS) for kind in self]

    @api.model
    def _forget_default(self):
        self.env.registry.clear_cache("stable")

    @api.model
    @ormcache(cache="stable")
    def _default_id(self):
        """:return: id of the type of new clients, or False. It is cached, because an
        import may create a million clients
        """
        types = self.sudo().with_context(active_test=True)
        return types.search([("is_default", "=", True)], limit=1).id

    def _partner_field(self):
        return "client_type_id"
