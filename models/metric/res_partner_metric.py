from contextlib import contextmanager

from odoo import api, fields, models

from ...engine.figures.query import documents_behind
from ...engine.metric.turn import is_turn_free
from ...engine.partner.leave import start_anew
from ...engine.zone import zone_of
from ..partner.res_partner import PARENT_FIELDS
from ..partner.sql_field import sql_field
from ..safety.buttons import for_all, for_one
from .client_metric import ENGAGEMENTS, PAYMENT_CLASSES, REVENUE_CLASSES
from .metric_field import GROUP, metric_field, money

# The fields of a company's address that decide when its day begins.
ZONE_FIELDS = {"tz", "country_id"}
whole = metric_field(fields.Integer)
number = metric_field(fields.Float)
day = metric_field(fields.Date)
one_of = metric_field(fields.Selection)


class ResPartner(models.Model):
    """The figures and classes of the client in the user's current company.

    Each figure only needs a `metric_field` with the name `client_<figure>`. Then lists,
    searches, groups and exports include it. The rhythm (days silent, revenue at
    risk...) changes every day and is computed from the metric table when it is read.
    """

    _inherit = "res.partner"

    client_currency_id = sql_field(fields.Many2one)(
        "res.currency", compute="_compute_client_currency_id", groups=GROUP
    )
    client_computed_at = metric_field(fields.Datetime)("Computed At")

    client_revenue_class = one_of(
        REVENUE_CLASSES,
        "Revenue Class",
        help="Computed from the revenue of the period. The status is something else: "
        "people and status rules decide it.",
    )
    client_revenue_class_computed = one_of(REVENUE_CLASSES, "Computed Revenue Class")
    client_payment_class = one_of(
        PAYMENT_CLASSES,
        "Payment Class",
        help="Computed from the payments of the period.",
    )
    client_payment_class_computed = one_of(PAYMENT_CLASSES, "Computed Payment Class")
    client_engagement = one_of(
        ENGAGEMENTS,
        "Engagement",
        help="Computed from the last order or meeting. Only people decide that a "
        "client is lost.",
    )
    client_engagement_computed = one_of(ENGAGEMENTS, "Computed Engagement")
    client_engagement_reason = metric_field(fields.Char)("Why Lost")

    client_revenue = money(
        "Revenue",
        help="Untaxed revenue of the period: the last months, whose number is in the "
        "settings.",
    )
    client_revenue_previous = money(
        "Revenue of the Year Before",
        help="Revenue of the same period a year earlier. If the period is longer than "
        "a year: of the period before.",
    )
    client_revenue_growth = number("Growth (%)", digits=(16, 1), aggregator=None)
    client_revenue_total = money("Lifetime Revenue")
    client_revenue_share = number("Share of the Revenue (%)", digits=(16, 2))
    client_revenue_rank = whole("Revenue Rank", aggregator=None)
    client_invoice_count = whole(
        "Number of Invoices", help="Number of orders of the period."
    )
    client_order_count = whole(
        "Orders Ever",
        help="Invoices and receipts with an amount. Down payments, debit notes and "
        "invoices that credit notes take back as a whole do not count.",
    )
    client_average_basket = money(
        "Average Basket",
        aggregator=None,
        help="Untaxed amount of the orders of the period, with what their down "
        "payments had billed, divided by their number.",
    )
    client_first_invoice_date = day("First Invoice")
    client_last_invoice_date = day("Last Invoice")
    client_days_to_pay = number(
        "Days to Pay",
        digits=(16, 1),
        aggregator=None,
        help="Mean number of days from the invoice to the payment. Only money counts: "
        "what is written off or offset is not paid. What is overdue counts as if it "
        "were paid today.",
    )
    client_days_late = number(
        "Days Late",
        digits=(16, 1),
        aggregator=None,
        help="Mean number of days from the due date to the payment. What is overdue "
        "counts as if it were paid today.",
    )
    client_overdue = money(
        "Overdue",
        help="What the client owes past its due date: invoices, opening balances and "
        "transferred debts, less the open credit, which covers the oldest first. What "
        "is excluded from follow-up does not count.",
    )
    client_open_credit = money(
        "Open Credit",
        help="Payments, credit notes and other credits that are not reconciled yet.",
    )
    client_average_discount = number(
        "Average Discount (%)",
        digits=(16, 1),
        aggregator=None,
        help="What the client did not pay of the list prices, in per cent: discounts "
        "of lines and negative lines of the orders of the period. Untaxed amounts, "
        "without down payments.",
    )

    client_order_gap_days = number(
        "Days between Orders", digits=(16, 0), aggregator=None
    )
    client_in_pause = metric_field(fields.Boolean)(
        "Season Pause",
        help="A seasonal client: it is silent for longer than usual, but it was also "
        "silent in the same weeks a year before.",
    )
    client_days_silent = whole(
        "Days Silent", aggregator=None, help="Days since the last order."
    )
    client_silence_ratio = number(
        "Silence in Usual Gaps",
        digits=(16, 1),
        aggregator=None,
        help="Days since the last order, in usual gaps between orders of this client. "
        "A client with orders on fewer than three days has no rhythm yet.",
    )
    client_revenue_at_risk = money(
        "Revenue at Risk",
        help="Yearly revenue of clients that are silent for too long: for more than "
        "one and a half usual gaps or, if they have orders on fewer than three days, "
        "for longer than the limit of active clients. Clients in their season pause "
        "and lost clients do not count.",
    )
    client_revenue_lost = money(
        "Lost Revenue",
        help="The amount by which the revenue is below that of the year before.",
    )

    @api.depends_context("company")
    def _compute_client_currency_id(self):
        self.client_currency_id = self.env.company.currency_id

    @for_one("read", shows="client.metric")
    def action_open_client_revenue(self):
        """:return: action with the documents whose sum is the revenue of the period"""
        return self._open_client_documents(self.env._("Revenue"), "revenue_class")

    def _open_client_documents(self, title, name):
        """The documents behind a class. Those of the revenue class sum up to revenue.

        :param str title: title of the list
        :param str name: name of a dimension
        :return: action with a list of invoices, or of the revenue report if there are
            documents of other models too
        """
        self.ensure_one()
        metrics = self.env["client.metric"]
        metrics.check_access("read")
        self.check_access("read")
        client = self.commercial_partner_id
        scope = metrics._scope(self.env.company, client.ids)
        query = documents_behind(scope, scope.catalogue.dimension(name))
        self.env.flush_all()
        rows = self.env.execute_query(query)
        return {
            "type": "ir.actions.act_window",
            "name": f"{title}: {client.name}",
            "context": {"create": False},
            **self.env["client.revenue.report"]._open_documents(rows),
        }

    @for_all("read", shows="client.metric")
    def action_refresh_client_figures(self):
        """Compute the figures of these clients now, or within seconds if another
        refresh is at work.

        :return: action that says so, or None
        """
        metrics = self.env["client.metric"]
        metrics.check_access("read")
        company, clients = self.env.company, self.commercial_partner_id
        if is_turn_free(self.env, company):
            metrics._refresh_and_run_rules(company, clients.ids)
            return None
        self.env["client.metric.queue"]._add(
            (client.id, company.id) for client in clients
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "message": self.env._(
                    "Figures are being computed already. These will follow within"
                    " seconds."
                ),
                "type": "info",
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    @api.ondelete(at_uninstall=False)
    def _unlink_if_figures_enqueued(self):
        """Queue the clients of deleted contacts, because their meetings counted."""
        clients = self.sudo().commercial_partner_id
        self.env["client.metric.queue"]._add_clients(clients)

    @contextmanager
    def _client_figures_enqueued(self, vals):
        """A step of `write`: queue both clients when a contact changes its client,
        because its meetings change the client too. Invoices queue their own clients.
        """
        if not PARENT_FIELDS & vals.keys():
            yield vals
            return
        partners = self.sudo()
        clients = {partner: partner.commercial_partner_id for partner in partners}
        before = partners.commercial_partner_id
        yield vals
        after = partners.commercial_partner_id
        changing = partners.filtered(
            lambda partner: partner.commercial_partner_id != clients[partner]
        )
        leaving = changing.filtered("client_is_commercial")
        start_anew(
            partners.env,
            {partner.id: clients[partner].id for partner in leaving},
            {"client_status_id", "client_type_id"} - vals.keys(),
            self.env["client.type"]._default_id() or None,
        )
        queue = self.env["client.metric.queue"]
        queue._add_clients(before | after)
        if arrived := changing.commercial_partner_id:
            companies = queue._companies_of(before | after)
            queue._add(
                [(client.id, company) for client in arrived for company in companies],
                reason="arrived",
            )

    @contextmanager
    def _client_zones_enqueued(self, vals):
        """A step of `write`: queue all clients of a company whose day begins at another
        time, because its address has another time zone or country. A branch may have
        the zone of the company above.
        """
        companies = self.env["res.company"].sudo()
        if not ZONE_FIELDS.isdisjoint(vals):
            own = self.sudo().ref_company_ids
            companies = companies.browse(companies._client_tree().below(own.ids))
        zones = {company: zone_of(company) for company in companies}
        yield vals
        self.env["client.metric.queue"]._add_all(
            companies.filtered(lambda company: zones[company] != zone_of(company))
        )
