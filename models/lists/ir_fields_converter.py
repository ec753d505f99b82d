from odoo import api, models


class IrFieldsConverter(models.AbstractModel):
    _inherit = "ir.fields.converter"

    @api.model
    def db_id_for(self, model, field, subfield, value, savepoint):
        """Search an imported value only among the values of its own criterion."""
        if getattr(field, "comodel_name", None) == "client.criterion.value":
            number = field.context.get("client_criterion_number")
            self = self.with_context(client_criterion_number=number)
        return super().db_id_for(model, field, subfield, value, savepoint)
