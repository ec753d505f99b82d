from odoo import api, fields, models
from odoo.exceptions import ValidationError

EMPLOYEE = "base.group_user"
LONGEST = 90  # days


class ResCompany(models.Model):
    """When and for whom the quarterly review opens by itself.

    It is off by default: a review gives work to a person, and nobody but the company
    knows to whom.
    """

    _inherit = "res.company"

    client_review_auto = fields.Boolean(
        "Quarterly Review",
        help="At the beginning of each quarter a review of the client file opens, with "
        "an activity for the responsible person.",
        groups=EMPLOYEE,
    )
    client_review_user_id = fields.Many2one(
        "res.users",
        "Responsible for Reviews",
        domain=[("share", "=", False)],
        ondelete="set null",
        groups=EMPLOYEE,
    )
    client_review_days = fields.Integer(
        "Days for a Review",
        default=30,
        help="A review is due this number of days after it has opened.",
        groups=EMPLOYEE,
    )

    @api.constrains("client_review_days")
    def _check_client_review_days(self):
        for company in self:
            if not 1 <= company.client_review_days <= LONGEST:
                raise ValidationError(
                    self.env._(
                        "“%(field)s” must be between 1 and %(longest)s.",
                        field=self._fields["client_review_days"]._description_string(
                            self.env
                        ),
                        longest=LONGEST,
                    )
                )
