from odoo import api, fields, models

from ...engine.place import load, states


class ResCountryState(models.Model):
    _inherit = "res.country.state"

    client_region_id = fields.Many2one(
        "client.region",
        "Canton or Region",
        compute="_compute_client_region_id",
        store=True,
        readonly=False,
        index="btree_not_null",
        ondelete="set null",
        groups="base.group_user",
        help="Several states may mean the same canton: clients are grouped by this.",
    )

    @api.depends("country_id", "code", "name")
    def _compute_client_region_id(self):
        load.prepare(self.env.cr)
        self.env["client.region"].flush_model()
        rows = [
            (state.country_id.id or None, state.code or "", state.name or "")
            for state in self
        ]
        for state, region in zip(self, states.look_up(self.env.cr, rows), strict=True):
            state.client_region_id = region
