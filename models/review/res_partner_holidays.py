from babel.dates import format_date

from odoo import api, fields, models
from odoo.tools.misc import babel_locale_parse, get_lang

from ...engine.review.holidays import coming_holidays

DAYS = 30
# How a day is written without its year; CLDR has no such format with the whole names.
PATTERNS = {"de": "EEEE, d. MMMM"}
PATTERN = "EEEE d MMMM"


class ResPartner(models.Model):
    """The public holidays at the address of a client, for deliveries."""

    _inherit = "res.partner"

    client_holidays = fields.Text(
        "Public Holidays",
        compute="_compute_client_holidays",
        groups="client_segmentation.group_client_user",
        help="Public holidays of the canton, province or state of the address, in the "
        "next 30 days.",
    )

    @api.depends("country_id", "state_id", "client_region_id")
    @api.depends_context("lang", "company")
    def _compute_client_holidays(self):
        today = self.env["client.metric"]._today(self.env.company)
        language = get_lang(self.env).code
        for partner in self:
            country = partner.country_id
            code, name = partner._client_subdivision()
            found, is_known = coming_holidays(country.code, code, today, DAYS, language)
            place = name if is_known else country.name
            partner.client_holidays = "\n".join(
                self.env._(
                    "%(day)s: %(holiday)s (%(place)s)",
                    day=_written(day, language),
                    holiday=holiday,
                    place=place,
                )
                for day, holiday in found
            )

    def _client_subdivision(self):
        """:return: code and name of the canton, province or state of the address"""
        region = self.client_region_id
        if region:
            return region.code, region.name
        state = self.state_id
        # Odoo has several states for one canton: AG, AG-FR, AG-IT.
        return (state.code or "").partition("-")[0], state.name


def _written(day, language):
    """:return: a date in words, such as “Thursday 1 May”"""
    locale = babel_locale_parse(language)
    return format_date(day, PATTERNS.get(locale.language, PATTERN), locale=locale)
