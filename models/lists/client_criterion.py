from odoo import api, fields, models
from odoo.tools import ormcache


class ClientCriterion(models.Model):
    """One of the two analytic criteria. Its name is the label of its field.

    The addon contains the two records. Users name them and maintain their values.
    """

    _name = "client.criterion"
    _inherit = "client.label"
    _description = "Analytic Criterion"
    _order = "number"

    number = fields.Integer(required=True, readonly=True, default=1)
    value_ids = fields.One2many(
        "client.criterion.value",
        "criterion_id",
        "Values",
        context={"active_test": False},
    )

    _number_unique = models.Constraint(
        "UNIQUE(number)", "There is one criterion with this number already."
    )
    _number_known = models.Constraint(
        "CHECK(number IN (1, 2))", "A client has two criteria: number 1 and number 2."
    )

    @api.model
    @ormcache("self.env.lang", cache="stable")
    def _field_labels(self):
        """:return: label of the field of each criterion, in the context's language"""
        return {
            f"client_criterion_{criterion.number}_id": criterion.name
            for criterion in self.sudo().search([])
        }
