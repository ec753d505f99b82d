from odoo import api, models

from ...engine.quality.personal import QUALIFIER


class ClientChange(models.Model):
    """The journal also has the corrections of other fields than qualifiers."""

    _inherit = "client.change"

    @api.model
    def _selection_qualifier(self):
        known = super()._selection_qualifier()
        partners = self.env["res.partner"]
        labels = self.env["ir.model.fields"].get_field_string("res.partner")
        mended = [
            action.field
            for action in self.env["client.bulk.operation"]._actions()
            if action.is_own_value
        ]
        names = [name for name in dict.fromkeys(mended) if name not in dict(known)]
        return [
            *known,
            *(
                (name, labels.get(name) or partners._fields[name].string)
                for name in names
            ),
            (QUALIFIER, self.env._("Personal Details")),
        ]
