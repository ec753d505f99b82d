from contextlib import contextmanager

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...engine.place import resolve
from ..partner.sql_field import searched_field, sql_field
from ..safety.buttons import known_ids
from .client_place import LANGUAGES

PREFETCH = "client_place"


class ResPartner(models.Model):
    """The place of a partner: found by its address, stored. All addresses have one,
    also those of contacts.
    """

    _inherit = "res.partner"

    client_place_id = fields.Many2one(
        "client.place",
        "Place",
        compute="_compute_client_place",
        store=True,
        index="btree_not_null",
        ondelete="set null",
        prefetch=PREFETCH,
        groups="base.group_user",
        help="Found by the postcode and the town.",
    )
    client_region_id = fields.Many2one(
        "client.region",
        "Canton or Region",
        compute="_compute_client_place",
        store=True,
        index="btree_not_null",
        ondelete="set null",
        prefetch=PREFETCH,
        groups="base.group_user",
        help="The canton, province or department: of the state, or of the place if "
        "there is no state.",
    )
    client_parent_region_id = sql_field(fields.Many2one)(
        "client.region",
        "Administrative Region",
        compute="_compute_client_parent_region_id",
        search="_search_client_parent_region_id",
        groups="base.group_user",
        help="The Belgian or French region, or the Swiss canton.",
    )
    client_language_region = sql_field(searched_field(fields.Selection))(
        LANGUAGES,
        "Language of the Place",
        compute="_compute_client_language_region",
        search="_search_client_language_region",
        groups="base.group_user",
        help="The language of the municipality, not of the canton.",
    )

    @api.depends(
        *("country_id", "zip", "city", "company_id"),
        "state_id.client_region_id",
    )
    def _compute_client_place(self):
        """The same definition as for all partners at once, see
        `engine/place/resolve.py`.
        """
        rows = [
            (
                partner.country_id.id or None,
                partner.company_id.id or None,
                partner.state_id._origin.id or None,
                partner.zip or None,
                partner.city or None,
            )
            for partner in self
        ]
        wanted = [row for row in rows if row[2] or row[3]]
        found = {}
        if wanted:
            for model in ("client.place", "client.region", "res.country.state"):
                self.env[model].flush_model()
            found = dict(zip(wanted, resolve.look_up(self.env.cr, wanted), strict=True))
        for partner, row in zip(self, rows, strict=True):
            place, region = found.get(row, (False, False))
            partner.client_place_id = place
            partner.client_region_id = region

    def _client_steps(self):
        return (*super()._client_steps(), self._client_homes_followed)

    @contextmanager
    def _client_homes_followed(self, vals):
        """A step of `write`: addresses without a country are in that of the company."""
        yield vals
        if "country_id" in vals and self.sudo().ref_company_ids:
            self.env["res.company"]._client_homes_changed()

    @api.depends("client_region_id.parent_id")
    def _compute_client_parent_region_id(self):
        for partner in self:
            region = partner.client_region_id
            partner.client_parent_region_id = region.parent_id or region

    @api.model
    def _search_client_parent_region_id(self, operator, value):
        self._check_field_access(self._fields["client_parent_region_id"], "read")
        if operator not in ("in", "any"):
            return NotImplemented
        regions = self.env["client.region"]
        # By conditions on the region, or by ids and False.
        wanted = regions.search(value).ids if operator == "any" else value
        ids = known_ids(list(wanted))
        found = regions.search(["|", ("id", "in", ids), ("parent_id", "in", ids)]).ids
        if False in wanted:
            found.append(False)
        return [("client_region_id", "in", found)]

    @api.depends("client_place_id.language")
    def _compute_client_language_region(self):
        for partner in self:
            partner.client_language_region = partner.client_place_id.language

    @api.model
    def _search_client_language_region(self, operator, value):
        self._check_field_access(self._fields["client_language_region"], "read")
        if operator != "in":
            return NotImplemented
        wanted = [language for language in value if language in dict(LANGUAGES)]
        found = Domain("client_place_id.language", "in", wanted)
        if False in value:
            found |= Domain("client_place_id", "=", False)
            found |= Domain("client_place_id.language", "=", False)
        return found

    @api.model
    def _client_field_to_sql(self, alias, name, query):
        if name == "client_language_region":
            place = self._field_to_sql(alias, "client_place_id", query)
            if query is None:
                return SQL("(SELECT language FROM client_place WHERE id = %s)", place)
            joined = query.make_alias(alias, "client_place_id")
            query.add_join(
                "LEFT JOIN",
                joined,
                "client_place",
                SQL("%s = %s", SQL.identifier(joined, "id"), place),
            )
            return SQL.identifier(joined, "language")
        if name != "client_parent_region_id":
            return super()._client_field_to_sql(alias, name, query)
        region = self._field_to_sql(alias, "client_region_id", query)
        if query is None:
            return self.env["client.region"]._or_parent(region)
        # Joined: a subquery would run once for each partner.
        joined = query.make_alias(alias, "client_region_id_parent")
        query.add_join(
            "LEFT JOIN",
            joined,
            "client_region",
            SQL("%s = %s", SQL.identifier(joined, "id"), region),
        )
        return self.env["client.region"]._own_or_parent(joined)
