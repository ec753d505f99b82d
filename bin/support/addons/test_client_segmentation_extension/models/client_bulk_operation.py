from odoo import api, models

from odoo.addons.client_segmentation.engine.partner.action import SetField


class ClientBulkOperation(models.Model):
    _inherit = "client.bulk.operation"

    @api.model
    def _actions(self):
        return [
            *super()._actions(),
            SetField("care", "client_care", can_be_empty=True),
        ]
