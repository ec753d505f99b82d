from functools import partial

from odoo import api, fields, models
from odoo.tools import ormcache

from ...engine.catalogue import Catalogue
from ...engine.classes.query import DIMENSIONS
from ...engine.figures.query import FIGURES, SOURCES
from ...engine.metric.decisions import end_decisions, log_ended
from ...engine.metric.queue import (
    forget_invoices,
    keep_last_business,
    wait_for_claim,
)
from ...engine.metric.refresh import ClassChange, refresh
from ...engine.metric.turn import again, take_turn
from ...engine.metric.verify import verify
from ...engine.partner.since import since_followed
from ...engine.scope import Scope
from ...engine.zone import today
from ..safety.buttons import without_defaults
from ..safety.words import in_words

REVENUE_CLASSES = [("vip", "VIP"), ("regular", "Regular"), ("small", "Small")]
PAYMENT_CLASSES = [("fast", "Fast"), ("standard", "Standard"), ("slow", "Slow")]
ENGAGEMENTS = [
    ("active", "Active"),
    ("recent", "Recent"),
    ("dormant", "Dormant"),
    ("lost", "Lost"),
]


class ClientMetric(models.Model):
    """Figures and classes of one client in one company, computed by the engine.

    `_sources`, `_figures` and `_dimensions` are a catalogue: other addons add their
    declarations by `_inherit`, and the columns as fields of this model. For each class,
    the table stores the computed value, the decided value, and the value in effect.
    """

    _name = "client.metric"
    _inherit = "client.record"
    _description = "Figures of a Client"
    _order = "company_id, revenue_rank, id"
    _rec_name = "partner_id"
    _log_access = False

    partner_id = fields.Many2one(
        "res.partner", "Client", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", required=True, ondelete="cascade")
    currency_id = fields.Many2one(related="company_id.currency_id")
    computed_at = fields.Datetime()

    revenue = fields.Monetary()
    revenue_previous = fields.Monetary("Revenue of the Year Before")
    revenue_growth = fields.Float("Growth (%)", digits=(16, 2))
    revenue_total = fields.Monetary("Lifetime Revenue")
    revenue_share = fields.Float("Share of the Revenue (%)", digits=(16, 4))
    revenue_cumulative = fields.Float("Cumulative Share (%)", digits=(16, 4))
    revenue_rank = fields.Integer("Rank")
    invoice_count = fields.Integer("Invoices")
    order_count = fields.Integer("Orders Ever")
    average_basket = fields.Monetary()
    first_invoice_date = fields.Date("First Invoice")
    last_invoice_date = fields.Date("Last Invoice")
    order_gap_days = fields.Float("Days between Orders", digits=(16, 2))
    in_pause = fields.Boolean("Season Pause")
    days_to_pay = fields.Float(digits=(16, 2))
    days_late = fields.Float(digits=(16, 2))
    payment_count = fields.Integer("Due Dates behind the Payment Class")
    overdue = fields.Monetary()
    open_credit = fields.Monetary()
    average_discount = fields.Float("Average Discount (%)", digits=(16, 2))
    last_meeting_date = fields.Date("Last Meeting")
    business_at = fields.Datetime(
        "Last Business", help="When a new document was posted or a meeting was held."
    )
    business_date = fields.Date("Date of the Last Business")

    revenue_class = fields.Selection(REVENUE_CLASSES)
    revenue_class_computed = fields.Selection(REVENUE_CLASSES)
    revenue_class_decided = fields.Selection(REVENUE_CLASSES)
    payment_class = fields.Selection(PAYMENT_CLASSES)
    payment_class_computed = fields.Selection(PAYMENT_CLASSES)
    payment_class_decided = fields.Selection(PAYMENT_CLASSES)
    engagement = fields.Selection(ENGAGEMENTS)
    engagement_computed = fields.Selection(ENGAGEMENTS)
    engagement_decided = fields.Selection(ENGAGEMENTS)
    engagement_reason = fields.Char("Why Lost")

    _company_partner_unique = models.UniqueIndex("(company_id, partner_id)")
    _revenue_idx = models.Index("(company_id, revenue DESC NULLS LAST)")

    @api.model
    def _sources(self):
        """:return: tuple of `engine.catalogue.Source`"""
        return SOURCES

    @api.model
    def _figures(self):
        """:return: tuple of `engine.catalogue.Figure`"""
        return FIGURES

    @api.model
    def _dimensions(self):
        """:return: tuple of `engine.catalogue.Dimension`: the classes of clients"""
        return DIMENSIONS

    @api.model
    @ormcache(cache="stable")
    def _catalogue(self):
        """:return: `engine.catalogue.Catalogue` of the addons in this database"""
        return Catalogue(self._sources(), self._figures(), self._dimensions())

    @api.model
    def _scope(self, company, clients=None, as_of=None):
        """The scope of a query about a company, with the limits of this company.

        :param company: `res.company`
        :param clients: ids of commercial partners, or None for all
        :param date as_of: default is the current date of the company
        :return: `engine.scope.Scope`
        """
        company = company.sudo()
        as_of = as_of or self._today(company)
        policy = company._client_policy()
        return Scope(self._catalogue(), company, as_of, policy, clients)

    @api.model
    @in_words
    def _refresh(self, company, clients=None, as_of=None):
        """Refresh a company's figures and classes, see `engine.metric.refresh`."""
        env = self.sudo().env
        result = refresh(env, self._scope(company, clients, as_of))
        env["client.metric"].invalidate_model()
        partners = env["res.partner"]
        partners.invalidate_model(partners._client_metric_fields())
        return result

    @api.model
    def _refresh_and_run_rules(
        self, company, clients=None, last_business=None, buying=(), arrived=()
    ):
        """Refresh, and run the status rules for the changes.

        :param company: `res.company`
        :param clients: ids of the clients to refresh, or None for all
        :param last_business: dict of pairs by id of the client: time (UTC) and date of
            new business
        :param buying: ids of the clients with an invoice that was posted for the first
            time: they are not lost any more
        :param arrived: ids of the clients that got the history of another one
        :return: the result of `_refresh`
        """
        ended = {}
        if buying:
            take_turn(self.sudo().env, company)
            ended = end_decisions(self.sudo().env, self._scope(company, list(buying)))
        with since_followed(self.sudo().env, company, clients):
            result = self._refresh(company, clients)
        log_ended(self.sudo().env, self._scope(company), ended)
        if last_business:
            keep_last_business(self.env, company, last_business)
        if arrived:
            self.env["client.status.rule"]._begin(company.sudo(), list(arrived))
        self.env["client.status.rule"]._run_after_refresh(
            company.sudo(), result["events"], clients
        )
        return result

    @api.model
    def _decide(self, clients, name, decided, reason):
        """Overrule a class of clients in the current company.

        :param clients: `res.partner`, commercial partners
        :param str name: name of a dimension
        :param decided: the class, or False to remove the decisions
        :param reason: the reason, for the journal. For a class that is never computed
            it is shown beside the class too
        """
        clients.check_access("write")
        company, dimension = self.env.company, self._catalogue().dimension(name)
        if decided in dimension.only_decided:
            forget_invoices(self.env, clients, company)
        reason = (decided and reason) or False
        changes = self.env["client.change"]
        rows, events = [], {}
        for metric in self._rows_to_decide(clients):
            client, old = metric.partner_id, metric[name]
            had = metric[dimension.decided]
            values = {
                dimension.decided: decided,
                name: decided or metric[dimension.computed],
            }
            if dimension.only_decided:
                is_only_decided = decided in dimension.only_decided
                values[f"{name}_reason"] = is_only_decided and reason
            metric.write(values)
            # Also a decision that is the same as the computed class, or a new reason.
            if (
                metric[name] != old
                or (decided or False) != had
                or reason != changes._last_decision(metric, dimension.field).reason
            ):
                rows.append((client, company, dimension.field, old, metric[name]))
            if metric[name] != old:
                events.setdefault((old, metric[name]), []).append(client.id)
        # A client without documents has a row only while something is decided.
        self.env["client.metric.queue"]._add(
            (client, company.id) for client in clients.ids
        )
        if rows:
            changes._log(rows, reason=reason)
        if events:
            self.env["client.status.rule"]._run_after_refresh(
                company.sudo(),
                [ClassChange(name, *values, ids) for values, ids in events.items()],
                [client for ids in events.values() for client in ids],
            )
        clients.invalidate_recordset()

    @api.model
    def _rows_to_decide(self, clients):
        """:return: the rows of clients in the current company, with new ones for those
        without figures
        """
        company = self.env.company
        rows = self.sudo().search(
            [("partner_id", "in", clients.ids), ("company_id", "=", company.id)]
        )
        missing = clients - rows.partner_id.with_env(clients.env)
        return rows | without_defaults(self.sudo()).create(
            [{"partner_id": client.id, "company_id": company.id} for client in missing]
        )

    @api.model
    def _today(self, company):
        """:return: the current date of a company, the same for all users and crons,
        see `engine.zone`
        """
        return today(company, fields.Datetime.now())

    @api.private
    @api.model
    def verify(self, company=None):
        """Compare the table with freshly computed figures and classes. Writes nothing.

        Clients in the queue do not differ: the table does not include them yet.

        :param company: `res.company`; default is all companies of the user
        :return: dict by company name: names of the clients whose figures or classes
            differ; empty if everything is right
        """
        self.env["client.metric"].check_access("read")
        differing = {}
        for checked in company or self.env.companies:
            partners = verify(self.sudo().env, self._scope(checked))
            if partners:
                clients = self.env["res.partner"].browse(partners)
                differing[checked.name] = list(self._names_for_reader(clients).values())
        return differing

    @api.model
    def _cron_refresh(self):
        """Refresh all clients of all companies, because the window changes daily."""
        companies = self.env["res.company"].sudo().search([("active", "=", True)])
        cron = self.env["ir.cron"]
        again(self.env, self.env["client.metric.queue"]._add_meetings)
        cron._commit_progress(remaining=len(companies))
        for company in companies:
            run = partial(self._refresh_and_run_rules, company)
            again(self.env, run, alone=wait_for_claim)
            if not cron._commit_progress(1):
                break
