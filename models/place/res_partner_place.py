from odoo import api, fields, models

PREFETCH = "client_place"


class ResPartner(models.Model):
    """The place of a partner: found by its address, stored."""

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
    )

    client_parent_region_id = fields.Many2one(
        "client.region",
        "Region",
        related="client_region_id.parent_id",
        groups="base.group_user",
    )
    client_language_region = fields.Char(
        "Language of the Place",
        related="client_place_id.language",
        groups="base.group_user",
    )

    @api.depends("country_id", "zip", "city", "state_id", "company_id")
    def _compute_client_place(self):
        self.client_place_id = False
        self.client_region_id = False
