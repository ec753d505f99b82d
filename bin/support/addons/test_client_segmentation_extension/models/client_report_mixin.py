from odoo import fields, models

from odoo.addons.client_segmentation.models.metric.metric_field import GROUP

from .client_metric import LOYALTIES


class ClientReportMixin(models.AbstractModel):
    _inherit = "client.report.mixin"

    client_loyalty = fields.Selection(LOYALTIES, "Loyalty", readonly=True, groups=GROUP)
