from odoo import api, fields, models
from odoo.tools import SQL

from ..models.analysis.res_partner_analysis import PLAIN

ALIAS = "readable_client"


class AccountInvoiceReport(models.Model):
    """Odoo's own analysis of invoices, also by the qualifiers of the client.

    The invoices of clients that the user may not read count, but their qualifiers are
    empty.
    """

    _name = "account.invoice.report"
    _inherit = ["account.invoice.report", "client.report.mixin"]

    readable_client_id = fields.Many2one(
        "res.partner", readonly=True, groups="base.group_system"
    )
    client_tag_ids = fields.Many2many(related="readable_client_id.category_id")

    @api.model
    def _is_plain(self):
        """:return: whether the caller needs no qualifiers of the client"""
        return self.env.context.get("client_plain_report") is PLAIN

    @api.model
    def _select(self):
        if self._is_plain():
            return super()._select()
        return SQL(
            "%s, %s, %s AS readable_client_id",
            super()._select(),
            self._client_columns(self._seen_company(SQL("line.company_id")), ALIAS),
            SQL.identifier(ALIAS, "id"),
        )

    @api.model
    def _from(self):
        if self._is_plain():
            return super()._from()
        partners = self.env["res.partner"].with_context(active_test=False)
        readable = partners._search([])
        # The columns of the partner that the mixin reads.
        names = (
            "id",
            *self.env.registry["client.report.mixin"]._depends["res.partner"],
        )
        columns = [SQL.identifier(readable.table, name) for name in names]
        return SQL(
            "%s LEFT JOIN (%s) %s ON %s = commercial_partner.id %s",
            super()._from(),
            readable.select(*columns),
            SQL.identifier(ALIAS),
            SQL.identifier(ALIAS, "id"),
            self._client_joins(self._seen_company(SQL("line.company_id")), ALIAS),
        )
