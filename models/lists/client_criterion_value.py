from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class ClientCriterionValue(models.Model):
    """Value of an analytic criterion (Bruxelles, Hainaut, ...)."""

    _name = "client.criterion.value"
    _inherit = "client.qualifier"
    _description = "Value of an Analytic Criterion"
    _order = "criterion_id, sequence, id"

    criterion_id = fields.Many2one(
        "client.criterion", required=True, index=True, ondelete="restrict"
    )

    def write(self, vals):
        if self and isinstance(vals, dict) and "criterion_id" in vals:
            self.check_access("write")
            changing = self.filtered(
                lambda value: value.criterion_id.id != vals["criterion_id"]
            )
            used = changing.filtered(lambda value: value._count_clients())
            if used:
                raise UserError(
                    self.env._(
                        "Clients use these values of “%(criterion)s”: %(values)s. "
                        "Create new values for the other criterion.",
                        criterion=used[0].criterion_id.name,
                        values=", ".join(used.mapped("name")),
                    )
                )
        return super().write(vals)

    @api.model
    def _unique_fields(self):
        return [*super()._unique_fields(), "criterion_id"]

    def _same_list_domain(self):
        return Domain("criterion_id", "=", self.criterion_id.id)

    def _partner_field(self):
        return f"client_criterion_{self.criterion_id.number}_id"

    @api.model
    def _context_number(self):
        """:return: number of the criterion in the context of a field, or None"""
        number = self.env.context.get("client_criterion_number")
        return number if number in (1, 2) else None

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        number = self._context_number()
        if number and "criterion_id" in fields and not values.get("criterion_id"):
            criterion = self.env["client.criterion"].search([("number", "=", number)])
            values["criterion_id"] = criterion.id
        return values

    @api.model
    def _search_display_name(self, operator, value):
        # Both criteria may have a value “Other”: a field only finds its own values.
        domain = super()._search_display_name(operator, value)
        number = self._context_number()
        if number and domain is not NotImplemented:
            domain = Domain(domain) & Domain("criterion_id.number", "=", number)
        return domain
