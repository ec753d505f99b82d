from odoo import api, fields, models
from odoo.tools import SQL

from ..engine.scope import Scope

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


# The ids of each further source of documents begin so much higher.
IDS = 2**40


class ClientRevenueReport(models.Model):
    """One row per document of all sources of documents, up to today.

    Amounts are untaxed and in the company's currency, as posted: the same revenue as in
    `engine.figures`. Documents with a later date do not count yet, as there. The id of
    an invoice's row is the id of the invoice. The ids of the other sources of documents
    begin at multiples of `IDS`.
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
    res_model = fields.Char("Document Model", readonly=True)
    res_id = fields.Many2oneReference(
        "Document ID", model_field="res_model", readonly=True
    )
    date = fields.Date(readonly=True)
    date_next_year = fields.Date(
        "Date a Year Later",
        readonly=True,
        help="Filter this date by a period to find the documents of the same period a "
        "year before.",
    )
    month = fields.Selection(MONTHS, "Month of the Year", readonly=True)
    invoice_user_id = fields.Many2one("res.users", "Salesperson", readonly=True)
    country_id = fields.Many2one("res.country", readonly=True)
    revenue = fields.Monetary(readonly=True)
    revenue_window = fields.Monetary(
        "Revenue of the Period",
        readonly=True,
        help="Revenue of the period in the settings, until today.",
    )
    revenue_previous = fields.Monetary(
        "Revenue of the Year Before",
        readonly=True,
        help="Revenue of the same period a year earlier. If the period is longer than "
        "a year: of the period before.",
    )
    revenue_growth = fields.Float(
        "Growth (%)",
        digits=(16, 1),
        readonly=True,
        aggregator="avg",
        help="Growth of the period compared with the same period a year before.",
    )

    @property
    def _table_query(self):
        company = self._seen_company(SQL("document.company_id"))
        return SQL(
            """
            SELECT document.id, document.name, document.move_type, document.company_id,
                   document.res_model, document.res_id,
                   document.commercial_partner_id, document.invoice_user_id,
                   document.date,
                   (document.date + INTERVAL '1 year')::date AS date_next_year,
                   to_char(document.date, 'MM') AS month,
                   document.revenue,
                   CASE WHEN document.date > %(window)s AND document.date <= %(today)s
                        THEN document.revenue END AS revenue_window,
                   CASE WHEN document.date > %(previous_from)s
                         AND document.date <= %(previous_to)s
                        THEN document.revenue END AS revenue_previous,
                   NULL::float AS revenue_growth,
                   %(currency)s AS currency_id,
                   commercial_partner.country_id,
                   %(client_columns)s
              FROM (%(documents)s) document
         LEFT JOIN res_partner commercial_partner
                ON commercial_partner.id = document.commercial_partner_id
                   %(client_joins)s
             WHERE document.date <= %(today)s
            """,
            documents=self._documents(),
            currency=self._currency(company),
            client_columns=self._client_columns(company),
            client_joins=self._client_joins(company),
            **self._window_dates(company),
        )

    @api.model
    def _documents(self):
        """:return: SQL of the documents of all sources, of any day"""
        catalogue = self.env["client.metric"]._catalogue()
        scope = Scope(catalogue, self._selected_companies())
        return SQL(" UNION ALL ").join(
            SQL(
                """
                SELECT %s AS id, name, kind AS move_type, company_id, %s AS res_model,
                       id AS res_id, partner_id AS commercial_partner_id,
                       user_id AS invoice_user_id, amount AS revenue, date
                  FROM (%s) document
                """,
                SQL("id + %s::bigint", number * IDS) if number else SQL("id"),
                source.model,
                source.sql(scope),
            )
            for number, source in enumerate(catalogue.document_sources)
        )

    @api.model
    def _open_documents(self, rows):
        """Open documents of any models.

        :param rows: pairs of the name of a source and the id of a document
        :return: dict with the parts of an action that depend on the documents
        """
        sources = self.env["client.metric"]._catalogue().document_sources
        names = [source.name for source in sources]
        models = {source.name: source.model for source in sources}
        if all(models[source] == "account.move" for source, _id in rows) and (
            self._are_selected([res_id for _source, res_id in rows])
        ):
            views = [("client_segmentation.account_move_view_list", "list")]
            views += [("account.view_move_form", "form")]
            return {
                "res_model": "account.move",
                "views": [(self.env.ref(view).id, kind) for view, kind in views],
                "domain": [("id", "in", [res_id for _source, res_id in rows])],
            }
        ids = [names.index(source) * IDS + res_id for source, res_id in rows]
        return {
            "res_model": self._name,
            "views": [(False, "list")],
            "domain": [("id", "in", ids)],
        }

    @api.model
    def _are_selected(self, ids):
        """:return: whether these invoices belong to selected companies. The user may
        not see the invoices of a branch that is not selected, but they count
        """
        companies = self.env["account.move"].sudo().browse(ids).company_id
        return companies <= self._selected_companies()

    @api.model
    def _window_dates(self, company):
        """:return: dict of the SQL of the first and last days of a company's windows

        :param SQL company: the company
        """
        days = {"window": {}, "today": {}, "previous_from": {}, "previous_to": {}}
        for allowed in self.env.companies:
            scope = self.env["client.metric"]._scope(allowed)
            scope_days = (scope.before_window, scope.as_of, *scope.window_year_before)
            for name, day in zip(days, scope_days, strict=True):
                days[name][allowed] = day
        return {
            name: self._day_by_company(company, by_company)
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

    def _document(self):
        return self.env[self.res_model].browse(self.res_id)
