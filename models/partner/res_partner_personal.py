from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL

from ...engine.search.figure_condition import COMPARE, condition
from .sql_field import searched_field, sql_field

PERSONAL_FIELDS = (
    "client_birthdate",
    "client_gender",
    "client_household_size",
    "client_occupation",
)


class ResPartner(models.Model):
    """Personal details, stored per company, if the company has switched them on.

    In other companies the fields are hidden, and nobody can write them, not even by
    import.
    """

    _inherit = "res.partner"

    client_personal_details = fields.Boolean(
        "Collects Personal Details",
        compute="_compute_client_personal_details",
        groups="client_segmentation.group_client_user",
    )
    client_birthdate = fields.Date(
        "Birth Date",
        company_dependent=True,
        copy=False,
        groups="client_segmentation.group_client_user",
    )
    client_age = sql_field(searched_field(fields.Integer))(
        "Age",
        compute="_compute_client_age",
        search="_search_client_age",
        aggregator="avg",
        groups="client_segmentation.group_client_user",
    )
    client_gender = fields.Selection(
        [("female", "Female"), ("male", "Male"), ("other", "Other")],
        "Gender",
        company_dependent=True,
        copy=False,
        groups="client_segmentation.group_client_user",
    )
    client_household_size = searched_field(fields.Integer)(
        "Household Size",
        company_dependent=True,
        search="_search_client_household_size",
        copy=False,
        groups="client_segmentation.group_client_user",
    )
    client_occupation = fields.Char(
        "Occupation",
        company_dependent=True,
        copy=False,
        groups="client_segmentation.group_client_user",
    )

    @api.constrains("client_birthdate")
    def _check_client_birthdate(self):
        today = fields.Date.context_today(self)
        for partner in self:
            if partner.client_birthdate and partner.client_birthdate > today:
                raise ValidationError(
                    self.env._("The birth date of %s lies in the future.", partner.name)
                )

    @api.constrains("client_household_size")
    def _check_client_household_size(self):
        for partner in self:
            if partner.client_household_size < 0:
                raise ValidationError(
                    self.env._(
                        "The household of %s has at least one person; leave it empty "
                        "if you do not know.",
                        partner.name,
                    )
                )

    @api.depends_context("company")
    def _compute_client_personal_details(self):
        company = self.env.company.sudo()
        self.client_personal_details = company.client_personal_details

    @api.depends("client_birthdate")
    @api.depends_context("company", "tz")
    def _compute_client_age(self):
        today = fields.Date.context_today(self)
        for partner in self:
            born = partner.client_birthdate
            partner.client_age = relativedelta(today, born).years if born else 0

    @api.model
    def _search_client_age(self, operator, value):
        # Not "integer": no age is neither more nor less than a number.
        return self._search_personal_number("client_age", "age", operator, value)

    @api.model
    def _search_client_household_size(self, operator, value):
        name = "client_household_size"
        return self._search_personal_number(name, "integer", operator, value)

    @api.model
    def _search_personal_number(self, name, kind, operator, value):
        """:return: domain of a search by a number; `kind` see
        `figure_condition.condition`

        :raise UserError: if the value is not a number
        """
        self._check_field_access(self._fields[name], "read")
        if operator not in (*COMPARE, "in"):
            return NotImplemented
        value = self._client_comparable(name, operator, value)

        def to_sql(model, alias, query):
            column = SQL("NULLIF(%s, 0)", model._field_to_sql(alias, name, query))
            return condition(column, SQL("TRUE"), kind, operator, value)

        return fields.Domain.custom(to_sql=to_sql)

    @api.model
    def _client_field_to_sql(self, alias, name, query):
        if name == "client_age":
            return SQL(
                "date_part('year', age(%s, %s))::integer",
                fields.Date.context_today(self),
                self._field_to_sql(alias, "client_birthdate", query),
            )
        return super()._client_field_to_sql(alias, name, query)

    @api.model
    def fields_get(self, allfields=None, attributes=None):
        # Filter, group, export and import ask for all fields. Views ask for their
        # fields by name and hide them themselves.
        result = super().fields_get(allfields, attributes)
        if not allfields and not self.env.company.sudo().client_personal_details:
            for name in (*PERSONAL_FIELDS, "client_age"):
                result.pop(name, None)
        return result

    @api.model
    def _client_check_personal_details(self, vals):
        """Raise if `vals` contain personal details and the company does not collect
        them.
        """
        if self.env.company.sudo().client_personal_details:
            return
        if any(vals.get(name) for name in PERSONAL_FIELDS):
            raise UserError(
                self.env._(
                    "%s does not collect personal details of clients. Switch them on "
                    "in Clients > Configuration > Settings if it needs them.",
                    self.env.company.name,
                )
            )
