import babel

from odoo import api, models


class ResLang(models.Model):
    _inherit = "res.lang"

    @api.model
    def _client_installed(self, language, country=None):
        """:return: code of an installed language such as de_CH, None if there is none

        :param str language: its first part, such as de
        :param country: country whose variant is preferred
        """
        codes = [code for code, _name in self.get_installed()]
        codes = [code for code in codes if code.split("_")[0] == language]
        wanted = f"{language}_{country.code}" if country else None
        if wanted in codes:
            return wanted
        common = f"{language}_{language.upper()}"
        return common if common in codes else next(iter(codes), None)

    @api.model
    def _client_language_name(self, code):
        """:return: name of a language in the language of the user, without its country:
        German for de_CH
        """
        language = (code or "").split("_")[0]
        try:
            locale = babel.Locale.parse(self.env.lang or "en_US")
        except (ValueError, babel.UnknownLocaleError):
            locale = babel.Locale("en")
        return locale.languages.get(language) or code


def is_same_language(one, other):
    """:return: whether two codes are variants of one language, such as de_CH, de_DE"""
    return (one or "").split("_")[0] == (other or "").split("_")[0]
