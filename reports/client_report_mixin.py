from odoo import api, fields, models
from odoo.tools import SQL

from ..engine.partner.field import value_in
from ..models.metric.client_metric import ENGAGEMENTS, PAYMENT_CLASSES, REVENUE_CLASSES
from ..models.metric.metric_field import GROUP
from ..models.partner.res_partner import ORGANISATIONS

EMPLOYEE = "base.group_user"


class ClientReportMixin(models.AbstractModel):
    """What qualifies the client of a document, to group the rows of a report by.

    A report puts `_client_columns` into its SELECT and `_client_joins` into its FROM.
    All joins are on unique keys: PostgreSQL leaves out those that a question does not
    need. Status and classes are those of today in the company of the document.

    Another addon adds a qualifier as a field of this mixin and in `_client_columns`. A
    class needs the field `client_<name>` only.
    """

    _name = "client.report.mixin"
    _description = "Report by what qualifies Clients"
    _depends = {
        "res.partner": [
            "client_type_id",
            "client_organisation",
            "client_criterion_1_id",
            "client_criterion_2_id",
            "client_status_id",
            "state_id",
            "lang",
        ],
        "res.country.state": ["code", "country_id"],
        "client.metric": ["company_id", "partner_id"],
    }

    commercial_partner_id = fields.Many2one("res.partner", "Client", readonly=True)
    client_type_id = fields.Many2one("client.type", readonly=True, groups=EMPLOYEE)
    client_organisation = fields.Selection(
        ORGANISATIONS, "Kind of Organisation", readonly=True, groups=EMPLOYEE
    )
    client_criterion_1_id = fields.Many2one(
        "client.criterion.value", "Criterion 1", readonly=True, groups=EMPLOYEE
    )
    client_criterion_2_id = fields.Many2one(
        "client.criterion.value", "Criterion 2", readonly=True, groups=EMPLOYEE
    )
    client_status_id = fields.Many2one("client.status", readonly=True, groups=EMPLOYEE)
    client_revenue_class = fields.Selection(
        REVENUE_CLASSES, "Revenue Class", readonly=True, groups=GROUP
    )
    client_payment_class = fields.Selection(
        PAYMENT_CLASSES, "Payment Class", readonly=True, groups=GROUP
    )
    client_engagement = fields.Selection(
        ENGAGEMENTS, "Engagement", readonly=True, groups=GROUP
    )
    client_canton_id = fields.Many2one(
        "res.country.state",
        "Canton or State",
        readonly=True,
        groups=EMPLOYEE,
        help="Of the client. One per canton: Odoo has several for each Swiss one.",
    )
    client_lang = fields.Selection(
        "_selection_client_lang", "Language", readonly=True, groups=EMPLOYEE
    )
    client_tag_ids = fields.Many2many(
        "res.partner.category",
        string="Tags",
        related="commercial_partner_id.category_id",
        groups=EMPLOYEE,
        help="A document counts for each tag of its client, and once in the total.",
    )
    is_current_company = fields.Boolean(
        store=False,
        search="_search_is_current_company",
        help="Of the company one works in: the first one of those that are ticked.",
    )

    @api.model
    def _selection_client_lang(self):
        return self.env["res.lang"].get_installed()

    @api.model
    def _search_is_current_company(self, operator, value):
        if operator != "in":
            return NotImplemented
        company = self.env.company
        return [("company_id", "=" if True in value else "!=", company.id)]

    @api.model
    def _client_columns(self, company, partner="commercial_partner"):
        """:return: SQL of the columns of this mixin, one after the other

        :param SQL company: the company of the document
        :param str partner: alias of the client, which the query has joined
        """
        columns = self._client_columns_by_name(company, partner)
        return SQL(", ").join(
            SQL("%s AS %s", column, SQL.identifier(name))
            for name, column in columns.items()
        )

    @api.model
    def _client_columns_by_name(self, company, partner):
        """:return: dict of the SQL of a column by name of the field, see above"""
        metrics = self.env["client.metric"]
        own = ("client_type_id", "client_organisation")
        own += ("client_criterion_1_id", "client_criterion_2_id")
        status = SQL(
            "CASE WHEN %(partner)s.id IS NOT NULL THEN %(status)s END",
            partner=SQL.identifier(partner),
            status=value_in(
                SQL.identifier(partner, "client_status_id"),
                SQL("%s::text", company),
                self._by_company(company, self._default_statuses()),
                "int",
            ),
        )
        return {
            **{name: SQL.identifier(partner, name) for name in own},
            "client_status_id": status,
            **{
                dimension.field: SQL.identifier(
                    "client_metric",
                    dimension.name,
                    to_flush=metrics._fields[dimension.name],
                )
                for dimension in metrics._catalogue().dimensions
                if dimension.field in self._fields
            },
            "client_canton_id": SQL("COALESCE(client_canton.id, client_state.id)"),
            "client_lang": SQL.identifier(partner, "lang"),
        }

    @api.model
    def _client_joins(self, company, partner="commercial_partner"):
        """:return: SQL of the joins behind `_client_columns`"""
        known = self.env["ir.model.data"]
        switzerland = known._xmlid_to_res_id("base.ch", raise_if_not_found=False)
        return SQL(
            """
            LEFT JOIN client_metric
                   ON client_metric.company_id = %(company)s
                  AND client_metric.partner_id = %(partner)s.id
            LEFT JOIN res_country_state client_state
                   ON client_state.id = %(partner)s.state_id
            LEFT JOIN res_country_state client_canton
                   ON client_canton.country_id = client_state.country_id
                  AND client_canton.country_id = %(switzerland)s
                  AND client_canton.code = split_part(client_state.code, '-', 1)
            """,
            partner=SQL.identifier(partner),
            company=company,
            switzerland=switzerland or None,
        )

    @api.model
    def _by_company(self, company, values):
        """:return: SQL of the value of a company, NULL for companies that have none

        :param SQL company: the company
        :param dict values: SQL by `res.company`
        """
        if not values:
            return SQL("NULL::int")
        cases = [SQL("WHEN %s THEN %s", own.id, value) for own, value in values.items()]
        return SQL("CASE %s %s END", company, SQL(" ").join(cases))

    @api.model
    def _default_statuses(self):
        """:return: dict of the status of clients who have none, by company, in SQL"""
        partners = self.env["res.partner"].sudo()
        field = partners._fields["client_status_id"]
        statuses = {
            company: field.get_company_dependent_fallback(
                partners.with_company(company)
            )
            for company in self.env.companies
        }
        return {
            company: SQL("%s::int", status.id)
            for company, status in statuses.items()
            if status
        }
