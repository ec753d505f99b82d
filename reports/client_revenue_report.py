from odoo import api, fields, models
from odoo.tools import SQL

from ..engine.figures.documents import DOCUMENTS
from ..engine.policy import Policy

MONTHS = [
    ("01", "January"),
    ("02", "February"),
    ("03", "March"),
    ("04", "April"),
    ("05", "May"),
    ("06", "June"),
    ("07", "July"),
    ("08", "August"),
    ("09", "September"),
    ("10", "October"),
    ("11", "November"),
    ("12", "December"),
]


class ClientRevenueReport(models.Model):
    """One row a posted customer invoice, receipt or credit note: its header.

    Amounts are untaxed and in the company's currency, as booked: the revenue that
    `engine.figures` defines. The id is that of the document.
    """

    _name = "client.revenue.report"
    _inherit = "client.document.mixin"
    _description = "Revenue of Clients"
    _auto = False
    _rec_name = "name"
    _order = "date DESC, id DESC"
    _depends = {
        "account.move": [
            "name",
            "state",
            "move_type",
            "company_id",
            "commercial_partner_id",
            "invoice_user_id",
            "invoice_date",
            "date",
            "amount_untaxed_signed",
        ],
        "res.company": ["currency_id"],
        "res.partner": ["country_id"],
    }

    name = fields.Char("Number", readonly=True)
    move_type = fields.Selection(
        [
            ("out_invoice", "Invoice"),
            ("out_refund", "Credit Note"),
            ("out_receipt", "Receipt"),
        ],
        "Kind of Document",
        readonly=True,
    )
    date = fields.Date(readonly=True)
    date_next_year = fields.Date(
        "Date a Year Later",
        readonly=True,
        help="In a period: the documents of the same period a year before.",
    )
    month = fields.Selection(MONTHS, "Month of the Year", readonly=True)
    invoice_user_id = fields.Many2one("res.users", "Salesperson", readonly=True)
    country_id = fields.Many2one("res.country", readonly=True)
    revenue = fields.Monetary(readonly=True)
    revenue_window = fields.Monetary(
        "Revenue of the Window",
        readonly=True,
        help="Of the window in the settings, until today.",
    )
    revenue_previous = fields.Monetary("Revenue of the Year Before", readonly=True)
    revenue_growth = fields.Float(
        "Growth (%)",
        digits=(16, 1),
        readonly=True,
        aggregator="avg",
        help="Of the window against the same window a year before.",
    )

    @property
    def _table_query(self):
        company = SQL("move.company_id")
        return SQL(
            """
            SELECT move.id, move.name, move.move_type, move.company_id,
                   move.commercial_partner_id, move.invoice_user_id, move.date,
                   (move.date + INTERVAL '1 year')::date AS date_next_year,
                   to_char(move.date, 'MM') AS month,
                   move.revenue,
                   CASE WHEN move.date > %(window)s AND move.date <= %(today)s
                        THEN move.revenue END AS revenue_window,
                   CASE WHEN move.date > %(previous_from)s
                         AND move.date <= %(previous_to)s
                        THEN move.revenue END AS revenue_previous,
                   NULL::float AS revenue_growth,
                   %(currency)s AS currency_id,
                   commercial_partner.country_id,
                   %(client_columns)s
              FROM (%(documents)s) move
         LEFT JOIN res_partner commercial_partner
                ON commercial_partner.id = move.commercial_partner_id
                   %(client_joins)s
            """,
            documents=self._documents(),
            currency=self._currency(company),
            client_columns=self._client_columns(company),
            client_joins=self._client_joins(company),
            **self._window_dates(company),
        )

    @api.model
    def _documents(self):
        return SQL(
            """
            SELECT id, name, move_type, company_id, commercial_partner_id,
                   invoice_user_id, amount_untaxed_signed AS revenue,
                   COALESCE(invoice_date, date) AS date
              FROM account_move
             WHERE company_id IN %s
               AND state = 'posted'
               AND move_type IN %s
               AND commercial_partner_id IS NOT NULL
            """,
            tuple(self.env.companies.ids),
            DOCUMENTS,
        )

    @api.model
    def _window_dates(self, company):
        """:return: dict of SQL of the days around the window of a company

        :param SQL company: the company
        """
        days = {"window": {}, "today": {}, "previous_from": {}, "previous_to": {}}
        for own in self.env.companies:
            today = self.env["client.metric"]._today(own)
            window, previous = Policy.of(own.sudo()).window(today)
            for name, day in zip(days, (window, today, *previous), strict=True):
                days[name][own] = SQL("%s::date", day)
        return {
            name: self._by_company(company, by_company)
            for name, by_company in days.items()
        }

    def _read_group_select(self, aggregate_spec, query):
        if aggregate_spec == "revenue_growth:avg":
            return SQL(
                """CASE WHEN SUM(%(before)s) > 0
                        THEN 100 * (COALESCE(SUM(%(now)s), 0) - SUM(%(before)s))
                             / SUM(%(before)s) END""",
                now=self._converted("revenue_window", query),
                before=self._converted("revenue_previous", query),
            )
        return super()._read_group_select(aggregate_spec, query)
