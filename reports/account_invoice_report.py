from odoo import api, models
from odoo.tools import SQL


class AccountInvoiceReport(models.Model):
    """Odoo's own analysis of invoices, by what qualifies the client as well."""

    _name = "account.invoice.report"
    _inherit = ["account.invoice.report", "client.report.mixin"]

    @api.model
    def _select(self):
        return SQL(
            "%s, %s", super()._select(), self._client_columns(SQL("line.company_id"))
        )

    @api.model
    def _from(self):
        return SQL("%s %s", super()._from(), self._client_joins(SQL("line.company_id")))
