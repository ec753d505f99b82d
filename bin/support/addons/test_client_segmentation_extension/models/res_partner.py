from odoo import fields, models

from odoo.addons.client_segmentation.models.metric.metric_field import metric_field

from .client_metric import LOYALTIES

CARES = [("personal", "Personal"), ("standard", "Standard")]


class ResPartner(models.Model):
    _inherit = "res.partner"

    client_credit_note_count = metric_field(fields.Integer)("Credit Notes")
    client_loyalty = metric_field(fields.Selection)(LOYALTIES, "Loyalty")
    client_loyalty_computed = metric_field(fields.Selection)(
        LOYALTIES, "Computed Loyalty"
    )
    client_care = fields.Selection(CARES, "Care", groups="base.group_user")
