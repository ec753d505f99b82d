from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ...engine.search.figure_condition import NUMBERS, OPERATORS, comparable, condition

LONGEST = 50  # characters of what was typed, in a message


class ResPartner(models.Model):
    """The search of figures, with whatever somebody compares them."""

    _inherit = "res.partner"

    @api.model
    def _search_client_metric(self, name, operator, value):
        """Search a figure; a client without figures has zero, no class, no date."""
        self._check_field_access(self._fields[name], "read")
        if operator not in OPERATORS:
            return NotImplemented
        value = self._client_comparable(name, operator, value)

        def to_sql(model, alias, query):
            joined = model._join_client_metric(alias, query)
            return condition(
                model._field_to_sql(alias, name, query),
                SQL("%s IS NOT NULL", SQL.identifier(joined, "partner_id")),
                model._fields[name].type,
                operator,
                value,
            )

        return Domain.custom(to_sql=to_sql)

    @api.model
    def _client_comparable(self, name, operator, value):
        """:return: what a field is searched with, see `engine.condition.comparable`; a
        UserError that says what is wrong where there is no comparing
        """
        field = self._fields[name]
        try:
            return comparable(field.type, operator, value)
        except ValueError as error:
            [wrong] = error.args
            texts = {
                "field": field._description_string(self.env),
                "value": str(wrong)[:LONGEST],
            }
        if field.type in NUMBERS:
            raise UserError(
                self.env._(
                    "“%(value)s” is not a number: search “%(field)s” with one.", **texts
                )
            )
        raise UserError(
            self.env._("“%(field)s” cannot be searched with “%(value)s”.", **texts)
        )
