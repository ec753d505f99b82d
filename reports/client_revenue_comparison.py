from odoo import fields, models
from odoo.tools import SQL


class ClientRevenueComparison(models.Model):
    """The documents of the revenue report twice: on their own day, and a year later.

    A chart by `period_date` and `series` shows the revenue of a period and, beside it,
    the revenue of the same period a year before. That only reaches up to the same day
    a year before today, so that a part of a year is compared with the same part.
    """

    _name = "client.revenue.comparison"
    _inherit = "client.revenue.report"
    _description = "Revenue beside the Year Before"
    _auto = False
    _order = "date DESC, id DESC"

    series = fields.Selection(
        [("period", "Period"), ("year_before", "Year Before")], readonly=True
    )
    period_date = fields.Date(
        "Date in the Period",
        readonly=True,
        help="The date of the document, or the date a year later in the series of the "
        "year before.",
    )

    @property
    def _table_query(self):
        own = ("id", "series", "period_date")
        report = self.env["client.revenue.report"]
        columns = [
            SQL.identifier("report", name)
            for name, field in report._fields.items()
            if field.column_type and field.store and name not in own
        ]
        return SQL(
            """
            SELECT report.id * 2 AS id, 'period' AS series,
                   report.date AS period_date, %(columns)s
              FROM (%(report)s) report
             UNION ALL
            SELECT report.id * 2 + 1, 'year_before', report.date_next_year, %(columns)s
              FROM (%(report)s) report
             WHERE report.date_next_year <= %(today)s
            """,
            columns=SQL(", ").join(columns),
            report=report._table_query,
            today=self._day_by_company(
                self._seen_company(SQL("report.company_id")), self._todays()
            ),
        )
