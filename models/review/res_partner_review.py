from odoo import fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    client_review_line_ids = fields.One2many(
        "client.review.line",
        "partner_id",
        "Work Lists",
        copy=False,
        groups="client_segmentation.group_client_user",
    )
