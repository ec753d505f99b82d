from odoo import fields, models


class ClientType(models.Model):
    """Client type: every client has one (prospect, client, supplier...)."""

    _name = "client.type"
    _inherit = "client.qualifier"
    _description = "Client Type"

    is_default = fields.Boolean(
        string="Default",
        help="New clients get the first type of the list that has this mark.",
    )

    def _partner_field(self):
        return "client_type_id"
