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
        """:return: key of the option with a name in any language, or None. The name may
        have stars or not; the language of the user comes first
        """
        wanted = _plain(name)
        for lang in languages(self.env):
            for key, label in self.with_context(lang=lang)._selection():
                if wanted in (key, label.casefold(), _plain(label)):
                    return key
        return None


def _plain(label):
    """:return: the text of a label; its stars if it has no other text"""
    label = label.strip().casefold()
    return label.lstrip("★ ") or label
