from odoo import api, fields, models

from odoo.addons.client_segmentation.models.metric.metric_field import metric_field

from .client_metric import LOYALTIES


class ResPartner(models.Model):
    _inherit = "res.partner"

    client_credit_note_count = metric_field(fields.Integer)("Credit Notes")
    client_loyalty = metric_field(fields.Selection)(LOYALTIES, "Loyalty")
    client_loyalty_computed = metric_field(fields.Selection)(
        LOYALTIES, "Computed Loyalty"
    )
    client_care = fields.Selection(
        [("personal", "Personal"), ("standard", "Standard")],
        "Care",
        groups="base.group_user",
    )

    @api.model
    def _client_fields(self):
        return (*super()._client_fields(), "client_care")
