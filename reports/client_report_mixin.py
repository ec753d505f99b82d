from odoo import api, fields, models
from odoo.tools import SQL

from ..engine.partner.field import value_in
from ..models.metric.client_metric import ENGAGEMENTS, PAYMENT_CLASSES, REVENUE_CLASSES
from ..models.metric.metric_field import GROUP
from ..models.partner.res_partner import ORGANISATIONS

EMPLOYEE = "base.group_user"


class ClientReportMixin(models.AbstractModel):
    """The qualifiers of a document's client, to filter and group a report by them.

    A report adds `_client_columns` to its SELECT and `_client_joins` to its FROM. All
    joins are on unique keys, so PostgreSQL removes joins that a query does not need.
    Status and classes are the current ones in the selected company that the document
    counts for, see `_seen_company`.

    Other addons add a qualifier as a field of this mixin and in
    `_client_columns_by_name`. A class only needs the field `client_<name>`.
    """

    _name = "client.report.mixin"
    _description = "Report by Qualifiers of Clients"
    _depends = {
        "res.partner": [
            "client_type_id",
            "client_organisation",
            "client_criterion_1_id",
            "client_criterion_2_id",
            "client_region_id",
            "client_status_id",
            "state_id",
            "lang",
        ],
        "client.region": ["parent_id"],
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
        "State",
        readonly=True,
        groups=EMPLOYEE,
        help="State in the address of the client. There is one value per canton, "
        "although Odoo has several states for each Swiss canton.",
    )
    client_region_id = fields.Many2one(
        "client.region",
        "Canton or Region",
        readonly=True,
        groups=EMPLOYEE,
        help="Canton, province or department of the client: of the state in its "
        "address, or of the place if there is no state.",
    )
    client_parent_region_id = fields.Many2one(
        "client.region",
        "Administrative Region",
        readonly=True,
        groups=EMPLOYEE,
        help="The Belgian or French region, or the Swiss canton.",
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
        help="The document belongs to the current company, the first of the selected "
        "companies, or to one of its branches.",
    )

    # For the record rules: faster than `child_of`, which PostgreSQL has to join.
    is_selected_company = fields.Boolean(
        "Selected Company",
        compute="_compute_is_selected_company",
        search="_search_is_selected_company",
        exportable=False,
        help="The document belongs to one of the selected companies, or to one of "
        "their branches.",
    )

    @api.model
    def _selection_client_lang(self):
        return self.env["res.lang"].get_installed()

    @api.depends_context("allowed_company_ids")
    def _compute_is_selected_company(self):
        companies = self._selected_branches()
        for row in self:
            row.is_selected_company = row.company_id.id in companies

    @api.model
    def _search_is_selected_company(self, operator, value):
        if operator != "in":
            return NotImplemented
        companies = self._selected_branches()
        return [("company_id", "in" if True in value else "not in", companies)]

    @api.model
    def _selected_branches(self):
        """:return: ids of the selected companies and of all companies below them"""
        tree = self.env["res.company"]._client_tree()
        return tree.below(self._selected_companies().ids)

    @api.model
    def _search_is_current_company(self, operator, value):
        if operator != "in":
            return NotImplemented
        companies = self.env["res.company"]._client_tree().below(self.env.company.ids)
        return [("company_id", "in" if True in value else "not in", companies)]

    @api.model
    def _selected_companies(self):
        """:return: the selected companies, the current one first"""
        return self.env.company | self.env.companies

    @api.model
    def _seen_company(self, company):
        """The documents of a branch count for the selected company whose figures have
        them too, see `CompanyTree.seen_from`.

        :param SQL company: the company of a document
        :return: SQL of the selected company that the document counts for
        """
        tree = self.env["res.company"]._client_tree()
        seen = tree.seen_from(self._selected_companies().ids)
        cases = [
            SQL("WHEN %s THEN %s", branch, view)
            for branch, view in seen.items()
            if branch != view
        ]
        if not cases:
            return company
        return SQL("CASE %s %s ELSE %s END", company, SQL(" ").join(cases), company)

    @api.model
    def _client_columns(self, company, partner="commercial_partner"):
        """:return: SQL of the list of the columns of this mixin

        :param SQL company: the company that the document counts for
        :param str partner: alias of the client in the query
        """
        columns = self._client_columns_by_name(company, partner)
        return SQL(", ").join(
            SQL("%s AS %s", column, SQL.identifier(name))
            for name, column in columns.items()
        )

    @api.model
    def _client_columns_by_name(self, company, partner):
        """:return: dict of the SQL of each column, by name of the field"""
        metrics = self.env["client.metric"]
        plain_columns = ("client_type_id", "client_organisation")
        plain_columns += ("client_criterion_1_id", "client_criterion_2_id")
        status = SQL(
            "CASE WHEN %(partner)s.id IS NOT NULL THEN %(status)s END",
            partner=SQL.identifier(partner),
            status=value_in(
                SQL.identifier(partner, "client_status_id"),
                SQL("%s::text", company),
                self._by_company(company, self._default_statuses()),
                SQL("int"),
            ),
        )
        return {
            **{name: SQL.identifier(partner, name) for name in plain_columns},
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
            "client_region_id": SQL.identifier(partner, "client_region_id"),
            "client_parent_region_id": self.env["client.region"]._own_or_parent(
                "client_region"
            ),
            "client_canton_id": SQL("COALESCE(client_canton.id, client_state.id)"),
            "client_lang": SQL.identifier(partner, "lang"),
        }

    @api.model
    def _client_joins(self, company, partner="commercial_partner"):
        """:return: SQL of the joins that `_client_columns` needs"""
        xmlids = self.env["ir.model.data"]
        switzerland = xmlids._xmlid_to_res_id("base.ch", raise_if_not_found=False)
        return SQL(
            """
            LEFT JOIN client_metric
                   ON client_metric.company_id = %(company)s
                  AND client_metric.partner_id = %(partner)s.id
            LEFT JOIN client_region
                   ON client_region.id = %(partner)s.client_region_id
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
        """:return: SQL of the value for a company; NULL for companies without a value

        :param SQL company: the company
        :param dict values: SQL by `res.company`
        """
        if not values:
            return SQL("NULL::int")
        cases = [SQL("WHEN %s THEN %s", key.id, value) for key, value in values.items()]
        return SQL("CASE %s %s END", company, SQL(" ").join(cases))

    @api.model
    def _day_by_company(self, company, days):
        """:return: SQL of the day for a company

        :param SQL company: the company
        :param dict days: dates by `res.company`
        """
        if len(set(days.values())) == 1:  # PostgreSQL plans better with a constant
            return SQL("%s::date", *set(days.values()))
        return self._by_company(
            company, {key: SQL("%s::date", day) for key, day in days.items()}
        )

    @api.model
    def _todays(self):
        """:return: dict of the current day of each selected company"""
        today = self.env["client.metric"]._today
        return {company: today(company) for company in self.env.companies}

    @api.model
    def _default_statuses(self):
        """:return: dict of the SQL of the default status, by company"""
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
