from contextlib import contextmanager

from odoo import api, fields, models

from ..safety.buttons import for_all

CONFIRMED = "client_language_confirmed"


class ResPartner(models.Model):
    """The language of a client: suggested by its place, confirmed by a person.

    A language that somebody sets is confirmed; one from a default value, from the
    company of a contact, or from a place is not. Each contact has its own language, so
    this is not a qualifier of the client.
    """

    _inherit = "res.partner"

    client_language_confirmed = fields.Boolean(
        "Language Confirmed",
        copy=False,
        prefetch="client_place",
        groups="base.group_user",
        help="A person has set this language. Otherwise it is a default or was "
        "suggested by the place.",
    )

    @api.onchange("lang")
    def _onchange_client_lang(self):
        if not self.lang:
            self.client_language_confirmed = False
        elif self._origin and self.lang == self._origin.lang:
            self.client_language_confirmed = self._origin.client_language_confirmed
        else:
            guesses = {self.client_place_filled_id._suggested_language()}
            if not self._origin:
                # The form calls this for the default value as well.
                guesses |= {self._client_default_language(), self.parent_id.lang}
            self.client_language_confirmed = self.lang not in guesses

    @api.model
    def _client_default_language(self):
        """:return: code of the language of new partners, or None"""
        return self.default_get(["lang"]).get("lang")

    def _client_suggest_language(self, before, place):
        """Suggest the language of a place in a form.

        A language stays if it is confirmed, or if the partner is stored with it. The
        language of a contact is that of its company.

        :param before: the place that the address had before
        :param place: the new place
        """
        suggested = place._suggested_language()
        if not suggested or self.client_language_confirmed:
            return
        is_guess = not self._origin and not self.parent_id
        if not self.lang or is_guess:
            self.lang = suggested

    @api.model
    def _client_watched_fields(self):
        return super()._client_watched_fields() | {"lang", CONFIRMED}

    def _client_steps(self):
        return (self._client_language_stepped, *super()._client_steps())

    @contextmanager
    def _client_language_stepped(self, vals):
        """A step of `write`: a new language is confirmed, because somebody sets it.
        Not in superuser mode, where Odoo sets it: for example the one of a visitor.
        """
        if "lang" not in vals or CONFIRMED in vals or self.env.su:
            yield vals
            return
        lang = vals["lang"] or False
        changing = self.filtered(lambda partner: partner.lang != lang)
        if changing == self:
            yield {**vals, CONFIRMED: bool(lang)}
            return
        yield vals
        if changing:
            changing.write({CONFIRMED: bool(lang)})

    def _client_values(self, vals):
        values = super()._client_values(vals)
        # An empty language has nothing to confirm.
        if "lang" in values and not values["lang"] and values.get(CONFIRMED):
            values[CONFIRMED] = False
        return values

    @api.model
    def _client_journal_fields(self):
        return (*super()._client_journal_fields(), CONFIRMED)

    @for_all("write")
    def action_confirm_client_language(self):
        self.filtered(lambda partner: partner.lang).write({CONFIRMED: True})

    def _client_set_language(self, lang):
        """Set a confirmed language. Odoo would write the terms of the company into all
        invoices of the partner again, also over what people have typed there.
        """
        self.check_access("write")
        moves = self.env["account.move"]
        invoices = moves.sudo().search([("partner_id", "in", self.ids)])
        with self.env.protecting([moves._fields["narration"]], invoices):
            self.write({"lang": lang, CONFIRMED: True})
