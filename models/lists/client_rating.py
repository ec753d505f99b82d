from odoo import api, fields, models
from odoo.tools import ormcache

from .any_language import languages


class ClientRating(models.Model):
    """The meaning of a number of stars, shown where users choose a rating."""

    _name = "client.rating"
    _inherit = "client.label"
    _description = "Meaning of a Rating"
    _order = "stars"

    name = fields.Char("Meaning")
    stars = fields.Integer(required=True, readonly=True)

    _stars_unique = models.Constraint(
        "UNIQUE(stars)", "This number of stars has a meaning already."
    )
    _stars_range = models.Constraint(
        "CHECK(stars BETWEEN 1 AND 5)", "A rating has one to five stars."
    )

    @api.depends("stars", "name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for rating in self:
            rating.display_name = f"{'★' * rating.stars} {rating.name or ''}".strip()

    @api.model
    @ormcache("self.env.lang", cache="stable")
    def _selection(self):
        """:return: options of a rating field, `'0'` (none) to `'5'`"""
        ratings = self.sudo().search([("stars", ">", 0)])
        labels = {rating.stars: rating.display_name for rating in ratings}
        return [("0", self.env._("Not Rated"))] + [
            (str(stars), labels.get(stars, "★" * stars)) for stars in range(1, 6)
        ]

    @api.model
    def _stars_named(self, name):
        """:return: key of the option with a name in any language, or None: the number,
        the stars, their meaning, or both. The language of the user comes first
        """
        wanted = name.strip().casefold()
        for lang in languages(self.env):
            for key, label in self.with_context(lang=lang)._selection():
                label = label.casefold()
                meaning = label.lstrip("★ ")
                if wanted and wanted in (key, label, meaning, "★" * int(key)):
                    return key
        return None
