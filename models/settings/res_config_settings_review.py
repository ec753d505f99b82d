from odoo import fields, models

from ...engine.review.holidays import is_available


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    client_review_auto = fields.Boolean(
        related="company_id.client_review_auto", readonly=False
    )
    client_review_user_id = fields.Many2one(
        related="company_id.client_review_user_id", readonly=False
    )
    client_review_days = fields.Integer(
        related="company_id.client_review_days", readonly=False
    )
    client_has_holidays = fields.Boolean(
        compute="_compute_client_has_holidays",
        help="The Python package with the public holidays is installed.",
    )

    def _compute_client_has_holidays(self):
        self.client_has_holidays = is_available()
