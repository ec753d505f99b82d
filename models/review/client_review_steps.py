from odoo import models
from odoo.exceptions import UserError

from ..safety.buttons import for_one
from .client_review import TODO


class ClientReview(models.Model):
    """What people do with a review: refresh, close, reopen it, open its pages."""

    _inherit = "client.review"

    @for_one("read")
    def refresh_lists(self):
        """Let the lists of an open review follow the clients."""
        review = self.sudo()
        if review.state == "open":
            review._follow_clients()

    @for_one("write")
    def action_close(self):
        """Close the review.

        :return: action with its report
        """
        self._check_manageable()
        review = self.sudo()
        if review.state == "open":
            review._follow_clients()
            review.write(
                {
                    "state": "closed",
                    "date_close": self.env["client.metric"]._today(review.company_id),
                    "closed_by_id": self.env.uid,
                    "quality_close": review._quality(),
                }
            )
            review.activity_feedback([TODO])
        return self.action_show_report()

    @for_one("write")
    def action_reopen(self):
        self._check_manageable()
        review = self.sudo()
        if review.state == "closed":
            review.write(
                {
                    "state": "open",
                    "date_close": False,
                    "closed_by_id": False,
                    "quality_close": False,
                }
            )
            review._follow_clients()
            review._plan_activity()

    def _check_manageable(self):
        if not self.is_manageable:
            raise UserError(
                self.env._(
                    "Only the responsible person or an administrator of the client "
                    "file may do this."
                )
            )

    # Screens

    @for_one("read")
    def action_open_ten(self):
        """:return: action with the page *Ten Minutes* of this review"""
        return {
            "type": "ir.actions.client",
            "tag": "client_review_ten",
            "name": self.env._("Ten Minutes"),
            "params": {"review_id": self.id},
        }

    @for_one("read")
    def action_show_report(self):
        """:return: action with the report as a page, which needs no other program"""
        return {**self._report_action(), "report_type": "qweb-html"}

    @for_one("read")
    def action_print(self):
        """:return: action with the report as PDF; as a page if the server cannot make
        PDF files
        """
        return self._report_action()

    def _report_action(self):
        report = self.env.ref("client_segmentation.client_review_report").sudo()
        action = report.report_action(self, config=False)
        return {**action, "display_name": self.display_name}
