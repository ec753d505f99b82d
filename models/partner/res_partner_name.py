from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, ormcache

from ...engine.search import key as search_key
from ...engine.search.given_up import can_end, end_with_client
from ...engine.search.text import terms


class ResPartner(models.Model):
    """The second line of the name, and the client search.

    `name` and `complete_name` do not change: import, payment slips and sorting use
    them.
    """

    _inherit = "res.partner"

    client_name2 = fields.Char(
        "Second Name Line",
        help="Shown muted under the name: a branch, a department, a profession...",
    )

    def init(self):
        result = super().init()
        # During the installation, `post_init_hook` does it.
        if not getattr(self.pool, "_is_install", False):
            search_key.create(self.env.cr)
        return result

    @api.model
    def _search_display_name(self, operator, value):
        if operator not in ("ilike", "not ilike") or not isinstance(value, str):
            return super()._search_display_name(operator, value)
        typed = terms(value)
        if not typed.words:
            return super()._search_display_name(operator, "")
        codes = self.env["res.country"]._client_phone_codes()

        stops_with_client = typed.reads_everybody() and self._client_can_stop()

        def to_sql(model, alias, query):
            if stops_with_client:
                end_with_client(model.env.cr)
            condition = search_key.condition(alias, typed, codes)
            # PostgreSQL computes the keys, so their columns must be flushed.
            for name in (*search_key.COLUMNS, "phone"):
                condition = SQL("%s", condition, to_flush=model._fields[name])
            return condition

        domain = Domain.custom(to_sql=to_sql)
        return ~domain if operator == "not ilike" else domain

    @api.model
    @ormcache()
    def _client_can_stop(self):
        return can_end(self.env.cr)

    # Depends on the company, because the name may be shown with the address.
    @api.depends("client_name2")
    @api.depends_context("company")
    def _compute_display_name(self):
        super()._compute_display_name()
        if not self.env.context.get("formatted_display_name"):
            return
        for partner in self:
            # Drop-downs show the text between the dashes in grey. Odoo already puts
            # the contact's own name there, or an address or e-mail if requested.
            name = partner.display_name
            if partner.client_name2 and "\t --" not in name:
                partner.display_name = f"{name} \t --{partner.client_name2}--"

    @api.depends_context("company")
    def _compute_contact_address(self):
        return super()._compute_contact_address()

    def _display_address_depends(self):
        return [*super()._display_address_depends(), "client_name2"]

    def _prepare_display_address(self, without_company=False):
        """If the company prints it, add the second line after the name or company."""
        address_format, args = super()._prepare_display_address(without_company)
        if not (self.client_name2 and self.env.company.sudo().client_print_name2):
            return address_format, args
        args["client_name2"] = self.client_name2
        company_line = "%(company_name)s\n"
        if address_format.startswith(company_line):
            rest = address_format.removeprefix(company_line)
            return f"{company_line}%(client_name2)s\n{rest}", args
        return f"%(client_name2)s\n{address_format}", args
