from odoo import api, fields, models

from ...engine.quality.usage import usage
from ..safety.buttons import without_defaults

# Fields of Odoo that a client file needs or not.
OF_ODOO = (
    "email",
    "phone",
    "website",
    "lang",
    "street",
    "street2",
    "zip",
    "city",
    "state_id",
    "country_id",
    "vat",
    "company_registry",
    "ref",
    "industry_id",
    "function",
    "comment",
    "user_id",
)
# Every client has a value of these, which is only the default.
ALWAYS = ("client_type_id", "client_status_id", "client_organisation")


class ClientFieldUsage(models.TransientModel):
    """One field of the client file: how many clients have a value in it.

    Administrators see which fields nobody fills in, so that they can remove or hide
    them. The figures are those of the moment when the page was opened.
    """

    _name = "client.field.usage"
    _description = "Use of a Field of the Client File"
    _order = "share, name"

    name = fields.Char("Field", readonly=True, required=True)
    field_name = fields.Char("Technical Name", readonly=True)
    filled_count = fields.Integer("Clients with a Value", readonly=True)
    client_count = fields.Integer("Clients", readonly=True)
    share = fields.Float("Filled (%)", readonly=True, digits=(5, 1), aggregator=None)
    last_date = fields.Date(
        "Newest Client with a Value",
        readonly=True,
        help="The day when the newest of the clients with a value was created.",
    )
    is_personal = fields.Boolean("Personal Detail", readonly=True)

    @api.model
    def action_open(self):
        """Count the clients that the user may read.

        :return: action that shows one line for each field
        """
        quality = self.env["client.quality"]
        quality._check_manager()
        self.check_access("create")
        partners = self.env["res.partner"].with_context(active_test=True)
        used = self._fields_counted()
        partners.flush_model([field.name for field in used])
        query = partners._search(
            [("client_is_commercial", "=", True), ("partner_share", "=", True)]
        )
        count, found = usage(self.env, query, used)
        labels = self.env["ir.model.fields"].get_field_string("res.partner")
        personal = quality._personal_fields()
        lines = without_defaults(self).create(
            [
                {
                    "name": labels.get(field.name) or field.string,
                    "field_name": field.name,
                    "filled_count": found[field.name][0],
                    "client_count": count,
                    "share": 100 * found[field.name][0] / count if count else 0,
                    "last_date": found[field.name][1],
                    "is_personal": field.name in personal,
                }
                for field in used
            ]
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Fields Nobody Fills In"),
            "res_model": self._name,
            "views": [(False, "list")],
            "domain": [("id", "in", lines.ids)],
            "help": self.env._("There are no clients yet."),
        }

    @api.model
    def _fields_counted(self):
        """:return: the fields that the user may read, with a column of their own"""
        partners = self.env["res.partner"]
        names = [
            *OF_ODOO,
            *(
                name
                for name, field in partners._fields.items()
                if name.startswith("client_")
                and (field.company_dependent or not field.compute)
                and name not in ALWAYS
            ),
        ]
        return [
            field
            for name in names
            if (field := partners._fields.get(name))
            and field.store
            and field.column_type
            and partners._has_field_access(field, "read")
        ]
