from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from .any_language import languages


class ClientQualifier(models.AbstractModel):
    """A list of values; each client has one of them: types, statuses, ...

    The name of a value is unique in its list, so an import by name always finds the
    right value. A value that clients use can be archived but not deleted. An archived
    value stays on these clients, but users can no longer choose it.
    """

    _name = "client.qualifier"
    _inherit = "client.text"
    _description = "Value that qualifies clients"
    _order = "sequence, id"
    # Whether an import may create values, if the user chooses so.
    _import_creates = True

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    color = fields.Integer()
    active = fields.Boolean(default=True)

    @api.constrains(lambda self: self._unique_fields())
    def _check_name_unique(self):
        for value in self:
            domain = value._same_list_domain() & Domain("id", "!=", value.id)
            twins = self.with_context(active_test=False).search(domain)
            name = (value.name or "").strip().casefold()
            for twin in twins:
                if twin.name.strip().casefold() != name:
                    continue
                if twin.active:
                    message = self.env._(
                        "“%s” exists already: choose another name.", value.name
                    )
                else:
                    message = self.env._(
                        "“%s” exists already and is archived: "
                        "restore it, or choose another name.",
                        value.name,
                    )
                raise ValidationError(message)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        used = self.filtered(lambda value: value._count_clients())
        if used:
            raise UserError(
                self.env._(
                    "Clients use these values: %s. Archive them instead of deleting "
                    "them: they stay on those clients and are not offered any more.",
                    ", ".join(used.mapped("name")),
                )
            )

    @api.model
    def _named_in_any_language(self, name):
        """:return: the value with this name, in the user's language if there is one"""
        for lang in languages(self.env):
            found = self.with_context(lang=lang).name_search(name, operator="=")
            if len(found) == 1:
                return self.browse(found[0][0])
        return self.browse()

    @api.model
    def _unique_fields(self):
        """:return: names of the fields that the uniqueness of names depends on"""
        return ["name"]

    def _same_list_domain(self):
        """:return: domain of the values in the same list"""
        return Domain.TRUE

    def _partner_field(self):
        """:return: name of the field of `res.partner` that holds this value"""
        raise NotImplementedError

    def _count_clients(self):
        """:return: 1 if a partner has this value in any company, else 0"""
        self.ensure_one()
        return (
            self.env["res.partner"]
            .sudo()
            .with_context(active_test=False)
            .search_count([(self._partner_field(), "=", self.id)], limit=1)
        )
