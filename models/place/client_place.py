from odoo import fields, models

LANGUAGES = ("de", "fr", "it", "rm", "nl")


class ClientPlace(models.Model):
    """A postcode and a town, as in addresses. A bilingual place has one record per
    language. Most places are loaded from the files of the addon, see
    `engine/place/load.py`.
    """

    _name = "client.place"
    _description = "Place"
    _order = "zip, name, id"
    _rec_names_search = ["zip", "name"]

    country_id = fields.Many2one("res.country", required=True, ondelete="cascade")
    zip = fields.Char("Postcode", required=True)
    name = fields.Char("Town", required=True)
    municipality = fields.Char()
    region_id = fields.Many2one(
        "client.region", "Canton or Region", index=True, ondelete="set null"
    )
    language = fields.Char(help="The code of the language, for example “fr”.")
    is_bilingual = fields.Boolean("Bilingual")
    latitude = fields.Float(digits=(10, 7))
    longitude = fields.Float(digits=(10, 7))
    active = fields.Boolean(default=True)
