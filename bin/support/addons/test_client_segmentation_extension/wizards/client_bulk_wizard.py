from odoo import fields, models

from ..models.res_partner import CARES


class ClientBulkWizard(models.TransientModel):
    _inherit = "client.bulk.wizard"

    client_care = fields.Selection(CARES)
