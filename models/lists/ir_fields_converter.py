from odoo import api, models

NAMES_SHOWN = 20


class IrFieldsConverter(models.AbstractModel):
    """Import of names: those of qualifiers and stars are known in each language."""

    _inherit = "ir.fields.converter"

    @api.model
    def db_id_for(self, model, field, subfield, value, savepoint):
        """Find the value of a qualifier by its name. An import creates no status and no
        type, because people decide what such a value means.
        """
        comodel = getattr(field, "comodel_name", None)
        qualifiers = self.env[comodel] if comodel in self.env else None
        if not isinstance(qualifiers, self.env.registry["client.qualifier"]):
            return super().db_id_for(model, field, subfield, value, savepoint)
        context = getattr(field, "context", None) or {}
        number = context.get("client_criterion_number")
        if subfield is None and isinstance(value, str):
            value = value.strip()
            if not value:  # a cell of blanks is an empty cell
                return False, []
        self = self.with_context(client_criterion_number=number)
        if not qualifiers._import_creates:
            self = self.with_context(name_create_enabled_fields={})
        if subfield is not None or not value:
            return super().db_id_for(model, field, subfield, value, savepoint)
        qualifiers = qualifiers.with_env(self.env)
        if found := qualifiers._named_in_any_language(value):
            return found.id, []
        try:
            return super().db_id_for(model, field, subfield, value, savepoint)
        except ValueError as error:
            message, *more = error.args
            if hint := self._names_hint(qualifiers):
                # Odoo formats the message once more, with the name of the field.
                message = f"{message}. {hint.replace('%', '%%')}"
            raise ValueError(message, *more) from error

    @api.model
    def _names_hint(self, qualifiers):
        """:return: text with the names that exist; None if there are none"""
        found = qualifiers.name_search(limit=NAMES_SHOWN + 1)
        if not found:
            return None
        names = [name for _id, name in found[:NAMES_SHOWN]]
        if len(found) > NAMES_SHOWN:
            names.append("…")
        return self.env._("Choose one of: %s", ", ".join(names))

    @api.model
    def _str_to_selection(self, model, field, value, savepoint):
        if (field.model_name, field.name) != ("res.partner", "client_rating"):
            return super()._str_to_selection(model, field, value, savepoint)
        value = str(value).strip()  # a caller may send a number
        if not value:
            return False, []
        stars = self.env["client.rating"]._stars_named(value)
        if stars is not None:
            return stars, []
        try:
            return super()._str_to_selection(model, field, value, savepoint)
        except ValueError as error:
            message, *more = error.args
            labels = [label for _key, label in self.env["client.rating"]._selection()]
            info = {"moreinfo": labels, "value": value[:50]}
            raise ValueError(message, {**(more[0] if more else {}), **info}) from error

    @api.model
    def _get_selection_translations(self, field, src):
        # Odoo keeps the translations of a label by its English text only. So those of
        # another field with the same label would be used.
        if not (field.name or "").startswith("client_"):
            return super()._get_selection_translations(field, src)
        cache = self.env.cr.cache
        of_all = cache.get(self._name, {})
        cache[self._name] = cache.setdefault(f"{self._name}.{field.name}", {})
        try:
            return super()._get_selection_translations(field, src)
        finally:
            cache[self._name] = of_all
