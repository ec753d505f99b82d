from odoo import api, fields, models


class ClientShipped(models.AbstractModel):
    """A record that the addon loads from a file, or that people have added."""

    _name = "client.shipped"
    _description = "Record of a File of the Addon"

    origin = fields.Char(
        readonly=True,
        copy=False,
        exportable=False,
        help="What the record was shipped as. Empty: people have added it.",
    )
    is_own = fields.Boolean(
        "Changed by Hand",
        readonly=True,
        copy=False,
        default=True,
        help="People have added or changed this record: updates of the addon leave it "
        "as it is.",
    )

    _unique_origin = models.Constraint(
        "UNIQUE (origin)", "This record has been loaded twice."
    )

    @api.model_create_multi
    def create(self, vals_list):
        own = {"origin": False, "is_own": True}
        return super().create([vals | own for vals in vals_list])

    def write(self, vals):
        if not self or not isinstance(vals, dict):  # Odoo raises the error
            return super().write(vals)
        vals = {name: value for name, value in vals.items() if name != "origin"}
        return super().write(vals | {"is_own": True})
