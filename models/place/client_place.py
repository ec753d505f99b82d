from odoo import api, fields, models
from odoo.exceptions import UserError

from ...engine.place import load, partners

LANGUAGES = [
    ("de", "German"),
    ("fr", "French"),
    ("it", "Italian"),
    ("rm", "Romansh"),
    ("nl", "Dutch"),
    ("en", "English"),
    ("es", "Spanish"),
    ("lb", "Luxembourgish"),
    ("pt", "Portuguese"),
]
# The checksum of the files that have been loaded.
LOADED = "client_segmentation.places_loaded"
# A change of these changes which addresses are at the place.
RESOLVING = {"country_id", "zip", "name", "other_names", "region_id", "active"}


class ClientPlace(models.Model):
    """A postcode and a town, as in addresses. A bilingual town has one record per
    language, if its names differ.

    Most places come from the files of the addon, see `engine/place/load.py`: they have
    no external ids. What people add or change stays as it is.
    """

    _name = "client.place"
    _description = "Place"
    _inherit = ["client.shipped"]
    _order = "zip, name, id"
    _rec_names_search = ["zip", "name"]

    country_id = fields.Many2one(
        "res.country", required=True, index=True, ondelete="cascade"
    )
    zip = fields.Char("Postcode", required=True)
    name = fields.Char("Town", required=True)
    other_names = fields.Char(
        help="Names that people write as well, separated by “|”: Genf|Geneva.",
    )
    municipality = fields.Char()
    region_id = fields.Many2one(
        "client.region",
        "Canton or Region",
        index=True,
        ondelete="set null",
        help="The canton, province or department.",
    )
    language = fields.Selection(LANGUAGES)
    is_bilingual = fields.Boolean("Bilingual")
    latitude = fields.Float(digits=(10, 7))
    longitude = fields.Float(digits=(10, 7))
    active = fields.Boolean(default=True)
    # What addresses are compared with, see `engine/place/names.py`.
    zip_key = fields.Char(readonly=True, copy=False, index=True, exportable=False)
    plain_names = fields.Char(readonly=True, copy=False, exportable=False)
    town_keys = fields.Char(readonly=True, copy=False, exportable=False)

    _area_idx = models.Index("(left(zip_key, 4))")

    @api.depends("zip", "name")
    def _compute_display_name(self):
        for place in self:
            place.display_name = f"{place.zip or ''} {place.name or ''}".strip()

    @api.model
    def _load_shipped(self):
        """Load the files of the addon, if they differ from those loaded last."""
        parameters = self.env["ir.config_parameter"].sudo()
        loaded = parameters.get_param(LOADED)
        checksum = load.checksum()
        if loaded == checksum and self.sudo().search_count([], limit=1):
            return
        self.env.flush_all()
        load.load(self.env.cr)
        # The first time, the installation or the migration fills the partners.
        if loaded:
            partners.update(self.env.cr)
        self.env.invalidate_all()
        parameters.set_param(LOADED, checksum)

    @api.model_create_multi
    def create(self, vals_list):
        places = super().create(vals_list)
        if places:
            places._resolve_again(places.mapped("zip"))
        return places

    def write(self, vals):
        if not self or not isinstance(vals, dict) or RESOLVING.isdisjoint(vals):
            return super().write(vals)
        self.check_access("write")
        zips = self.mapped("zip")
        result = super().write(vals)
        self._resolve_again(zips + self.mapped("zip"))
        return result

    def unlink(self):
        if not self:
            return super().unlink()
        self.check_access("unlink")
        zips = self.mapped("zip")
        result = super().unlink()
        self._resolve_again(zips)
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_shipped(self):
        if any(place.origin for place in self):
            raise UserError(
                self.env._("The addon would load this place again. Archive it instead.")
            )

    def _resolve_again(self, zips):
        """Update what depends on the places: keys, and the partners there."""
        self.env.flush_all()
        if self.exists():
            load.update_keys(self.env.cr, self.exists().ids)
        load.resolve_again(self.env.cr, zips)
        self.env.invalidate_all()
