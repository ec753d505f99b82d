from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..engine.planner import without_jit
from ..models.safety.buttons import for_one


class ClientDocumentMixin(models.AbstractModel):
    """Rows about documents of several companies, in the currency of each company.

    `<field>:sum` is only valid for rows with the same currency. The pivot and the graph
    use `<field>:sum_currency` for rows with different currencies: it converts by
    today's rates to the currency of the current company. Odoo's own implementation
    needs rates of the base currency, and sorts all rows to find the currencies.
    """

    _name = "client.document.mixin"
    _inherit = ["client.record", "client.report.mixin"]
    _description = "Report on Documents of Clients"

    _client_field = "commercial_partner_id"

    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)

    def _search(self, domain, *args, **kwargs):
        without_jit(self.env)
        return super()._search(domain, *args, **kwargs)

    def _read_group_select(self, aggregate_spec, query):
        name, _colon, function = aggregate_spec.partition(":")
        if function == "sum_currency":
            return SQL("SUM(%s)", self._converted(name, query))
        if aggregate_spec == "currency_id:array_agg_distinct":
            currencies = self.env.companies.currency_id
            if len(currencies) == 1:
                return SQL(
                    "CASE WHEN COUNT(*) > 0 THEN ARRAY[%s] ELSE ARRAY[]::int[] END",
                    currencies.id,
                )
        return super()._read_group_select(aggregate_spec, query)

    @api.model
    def _currency(self, company):
        """:return: SQL of the currency of a company

        :param SQL company: the company
        """
        return self._by_company(
            company,
            {
                allowed: SQL("%s", allowed.currency_id.id)
                for allowed in self.env.companies
            },
        )

    @api.model
    def _converted(self, name, query):
        """:return: SQL of an amount in the current company's currency"""
        amount = self._field_to_sql(self._table, name, query)
        today = self.env["client.metric"]._today(self.env.company)
        current = self.env.company
        rates = {
            company: company.currency_id._get_conversion_rate(
                company.currency_id, current.currency_id, current, today
            )
            for company in self.env.companies
            if company.currency_id != current.currency_id
        }
        if not rates:
            return amount
        cases = [
            SQL("WHEN %s THEN %s", company.id, rate) for company, rate in rates.items()
        ]
        return SQL(
            "%s * CASE %s %s ELSE 1 END::numeric",
            amount,
            self._seen_company(self._field_to_sql(self._table, "company_id", query)),
            SQL(" ").join(cases),
        )

    def _document(self):
        """:return: the document of this row"""
        raise NotImplementedError

    @for_one("read")
    def action_open_document(self):
        """:return: action that opens the invoice or credit note of this row"""
        document = self._document()
        if not document.has_access("read"):
            if self.company_id not in self.env.companies:
                raise UserError(
                    self.env._(
                        "This document belongs to %s. Select this company as well to "
                        "open it, or ask your administrator for access to it.",
                        self.company_id.sudo().name,
                    )
                )
            raise UserError(
                self.env._(
                    "You may see the amounts of invoices here, but you need the access "
                    "rights of Invoicing to open them. Ask your administrator."
                )
            )
        return {
            "type": "ir.actions.act_window",
            "res_model": document._name,
            "res_id": document.id,
            "views": [(document.get_formview_id(), "form")],
        }
