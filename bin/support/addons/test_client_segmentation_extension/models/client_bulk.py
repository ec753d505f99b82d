from odoo import api, fields, models

from odoo.addons.client_segmentation.engine.partner.action import SetField

from .res_partner import CARES


class ClientBulkOperation(models.Model):
    _inherit = "client.bulk.operation"

    @api.model
    def _actions(self):
        return [
            *super()._actions(),
            SetField("care", "client_care", can_be_empty=True),
        ]


class ClientBulkWizard(models.TransientModel):
    _inherit = "client.bulk.wizard"

    client_care = fields.Selection(CARES)
