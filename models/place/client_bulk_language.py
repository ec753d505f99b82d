from odoo import api, models

from ...engine.place.confirm import ConfirmLanguage


class ClientBulkOperation(models.Model):
    """Confirm the languages of many clients and contacts, with undo."""

    _inherit = "client.bulk.operation"

    @api.model
    def _actions(self):
        label = self.env._("Confirm Language")
        return [
            *super()._actions(),
            ConfirmLanguage("confirm_language", label=label),
        ]
