import logging

import psycopg2
from dateutil.relativedelta import relativedelta

from odoo import api, models

from .client_review import quarter_of

_logger = logging.getLogger(__name__)


class ClientReview(models.Model):
    """The reviews that open by themselves."""

    _inherit = "client.review"

    @api.model
    def _cron_open(self):
        """Open the review of the quarter in each company that wants it, if it is not
        there yet, and let the lists of open reviews follow the clients.
        """
        companies = self.env["res.company"].sudo()
        wanting = companies.search([("client_review_auto", "=", True)])
        reviews = self.sudo().search([("state", "=", "open")])
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(wanting) + len(reviews))
        for company in wanting:
            self._attempt(company.name, self._open_quarter, company)
            if not cron._commit_progress(1):
                return
        for review in reviews:
            self._attempt(review.company_id.name, review._follow_clients)
            if not cron._commit_progress(1):
                return

    @api.model
    def _attempt(self, name, function, *arguments):
        """What fails in one company must not stop the others."""
        try:
            with self.env.cr.savepoint():
                function(*arguments)
        except psycopg2.OperationalError:
            raise  # another transaction: the cron runs again
        except Exception:
            _logger.exception("The review of %s cannot be opened or refreshed", name)

    @api.model
    def _open_quarter(self, company):
        """Open the review of the current quarter of a company, unless it exists.

        :return: the new review, or an empty recordset
        """
        today = self.env["client.metric"]._today(company)
        quarter = {
            "company_id": company.id,
            "year": today.year,
            "quarter": quarter_of(today),
        }
        reviews = self.sudo().with_company(company)
        reviews = reviews.with_context(allowed_company_ids=company.ids)
        if reviews.search_count(
            [(name, "=", value) for name, value in quarter.items()]
        ):
            return reviews.browse()
        user = company.client_review_user_id
        is_fit = user and reviews.new(quarter)._may_be_responsible(user)
        days = relativedelta(days=company.client_review_days)
        return reviews.create(
            {
                **quarter,
                "user_id": user.id if is_fit else False,
                "date_deadline": today + days,
            }
        )
