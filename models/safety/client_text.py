import re

from odoo import api, models
from odoo.exceptions import ValidationError

# Characters that PostgreSQL cannot store (NUL, halves of surrogate pairs), that screens
# do not show, or that change the direction of a text.
UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)


class ClientText(models.AbstractModel):
    """Texts that users type: characters that cannot be shown are refused."""

    _name = "client.text"
    _description = "Texts that can be read"

    @api.model
    def _prepare_create_values(self, vals_list):
        # Here the default values are included, also those from the context.
        result = super()._prepare_create_values(vals_list)
        for vals in result:
            self._check_texts(vals)
        return result

    def write(self, vals):
        self._check_texts(vals)
        return super().write(vals)

    def update_field_translations(self, field_name, translations, source_lang=""):
        for text in _texts(translations):
            self._check_text(field_name, text)
        return super().update_field_translations(
            field_name, translations, source_lang=source_lang
        )

    @api.model
    def _check_texts(self, vals):
        """Raise if a text in the values cannot be shown."""
        if not isinstance(vals, dict):
            return
        for name, value in vals.items():
            if isinstance(value, str) and name in self._fields:
                self._check_text(name, value)

    @api.model
    def _check_text(self, name, text):
        if UNPRINTABLE.search(text):
            field = self._fields.get(name)
            raise ValidationError(
                self.env._(
                    "“%s” has a character that cannot be shown. Type the text again.",
                    field._description_string(self.env) if field else name,
                )
            )


def _texts(value):
    """:return: generator of all texts in a value from RPC"""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
