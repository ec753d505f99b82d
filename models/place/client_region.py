from odoo import api, fields, models
from odoo.tools import SQL

KINDS = [
    ("canton", "Canton"),
    ("province", "Province"),
    ("department", "Department"),
    ("region", "Region"),
]


class ClientRegion(models.Model):
    """A canton, province or department, or the region that it belongs to.

    Odoo has several states for one canton. Here is one record for each.
    """

    _name = "client.region"
    _description = "Canton or Region"
    _inherit = ["client.shipped"]
    _order = "country_id, name, id"
    _rec_names_search = ["name", "code"]

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    country_id = fields.Many2one("res.country", required=True, ondelete="cascade")
    kind = fields.Selection(KINDS, required=True)
    parent_id = fields.Many2one(
        "client.region",
        "Part of",
        index="btree_not_null",
        ondelete="set null",
        help="The region of a province or department.",
    )
    other_names = fields.Char(
        help="Names of states that mean the same, separated by “|”.",
    )

    _unique_code = models.Constraint(
        "UNIQUE (country_id, kind, code)",
        "There is already a region with this code in this country.",
    )

    @api.model
    def _or_parent(self, region):
        """:param SQL region: id of a region
        :return: SQL of the region that it is a part of, or itself
        """
        return SQL(
            "(SELECT %s FROM client_region WHERE id = %s)",
            self._own_or_parent("client_region"),
            region,
        )

    @api.model
    def _own_or_parent(self, alias):
        """:param str alias: alias of the table of regions
        :return: SQL of the region that each one is a part of, or itself
        """
        return SQL(
            "COALESCE(%s, %s)",
            SQL.identifier(alias, "parent_id", to_flush=self._fields["parent_id"]),
            SQL.identifier(alias, "id"),
        )
