from odoo import fields, models


class ClientShipped(models.AbstractModel):
    """A record that the addon loads from a file, or that people have added."""

    _name = "client.shipped"
    _description = "Record of a File of the Addon"

    origin = fields.Char(
        readonly=True,
        copy=False,
        exportable=False,
        help="What the record was when it was shipped. Empty: people have added it.",
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

    def _prepare_create_values(self, vals_list):
        # Odoo has checked the rights here.
        prepared = super()._prepare_create_values(vals_list)
        return [vals | {"origin": False, "is_own": True} for vals in prepared]

    def write(self, vals):
        if not self or not isinstance(vals, dict):  # Odoo raises the error
            return super().write(vals)
        vals = {name: value for name, value in vals.items() if name != "origin"}
        return super().write(vals | {"is_own": True})
