import logging

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.safe_eval import safe_eval

from ...engine.planner import without_jit
from ...engine.review.lines import follow, lock_review
from ...engine.zone import zone_of
from ..metric.metric_field import GROUP
from ..safety.buttons import without_defaults

_logger = logging.getLogger(__name__)
SEARCH = "client_segmentation.client_view_search"


class ClientReview(models.Model):
    """The work lists of a review: opened from the catalogue, and kept up to date."""

    _inherit = "client.review"

    def _open_lists(self):
        """Create the lists of the quarter, with the clients that belong to them."""
        self.ensure_one()
        lists = without_defaults(self.env["client.review.list"].sudo())
        declared = lists._declared().values()
        lists.create(
            [
                {
                    "review_id": self.id,
                    "key": work.key,
                    "sequence": sequence,
                    "mends": work.mends,
                    "is_figure": self._is_figure(work),
                }
                for sequence, work in enumerate(declared)
                if int(self.quarter) in work.quarters
            ]
        )
        self._follow_clients(is_new=False)

    def _follow_clients(self, is_new=True):
        """Let the lists follow the clients, unless somebody does it right now.

        :param is_new: whether clients without a line have come after the opening
        """
        self.ensure_one()
        self.env.flush_all()
        if not lock_review(self.env, self.id):
            return
        without_jit(self.env)
        declared = self.env["client.review.list"]._declared()
        for work_list in self.sudo().list_ids:
            if work := declared.get(work_list.key):
                follow(
                    self.env,
                    work_list._line_values(),
                    self._matching(work),
                    fields.Datetime.now(),
                    is_new,
                )
        self.env["client.review.line"].invalidate_model()
        self.env["client.review.list"].invalidate_model()
        self.invalidate_model(["line_count", "done_count", "progress"])

    def _clients(self):
        """:return: `res.partner` with superuser rights in the company of the review,
        whose day it is
        """
        company = self.company_id
        return (
            self.env["res.partner"]
            .sudo()
            .with_company(company)
            .with_context(
                allowed_company_ids=company.ids,
                tz=zone_of(company),
                active_test=True,
            )
        )

    def _matching(self, work):
        """:return: SQL of the clients that belong to a list now, see `follow`"""
        clients = self._clients()
        query = clients._search(self._domain(work))
        risk = clients._field_to_sql(query.table, "client_revenue_at_risk", query)
        return query.select(
            SQL.identifier(query.table, "id"), SQL("%s AS revenue_at_risk", risk)
        )

    def _domain(self, work):
        """:return: `Domain` of the clients of a list in the company of the review"""
        company = self.company_id
        today = self.env["client.metric"]._today(company)
        tree = self.env["res.company"]._client_tree()
        own = [*tree.above(company.id), *tree.below([company.id])]
        domain = (
            Domain("client_is_commercial", "=", True)
            & Domain("company_id", "in", [False, *own])
            & Domain("partner_share", "=", True)  # no colleagues
            # Those who only sell to the company are no clients.
            & (Domain("customer_rank", ">", 0) | Domain("supplier_rank", "=", 0))
            & self._declared_domain(work, today)
        )
        if not company.client_own_companies:
            domain &= Domain("id", "not in", tree.partners)
        return domain

    @api.model
    def _declared_domain(self, work, today):
        if work.filter:
            return Domain(self._filter_domain(work.filter, today))
        return Domain(work.domain(today) if callable(work.domain) else work.domain)

    @api.model
    def _filter_domain(self, name, today):
        """:return: domain of a filter of the search of clients. If somebody has removed
        the filter, it finds nobody
        """
        arch = self.env.ref(SEARCH).sudo()._get_combined_arch()
        for node in arch.iterfind(f".//filter[@name='{name}']"):
            return safe_eval(
                node.get("domain", "[]"),
                {"context_today": lambda: today, "relativedelta": relativedelta},
            )
        _logger.warning("The search of clients has no filter %s any more", name)
        return Domain.FALSE

    @api.model
    def _is_figure(self, work):
        """:return: whether a list tells figures: users who may not see revenue do not
        see it
        """
        partners = self.env["res.partner"]
        today = fields.Date.today()
        names = {
            condition.field_expr.split(".")[0]
            for condition in self._declared_domain(work, today).iter_conditions()
        }
        return work.is_figure or any(
            partners._fields[name].groups == GROUP for name in names
        )

    def _quality(self):
        """:return: dict of the number of clients of each list about data, by its key:
        of all clients of the company
        """
        self.ensure_one()
        declared = self.env["client.review.list"]._declared().values()
        clients = self._clients()
        return {
            work.key: clients.search_count(self._domain(work))
            for work in declared
            if work.is_quality
        }
