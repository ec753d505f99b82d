from odoo import api, fields, models


class ResPartner(models.Model):
    """A postcode or a town that a person types in a form fills the rest of the address.

    Only these values are replaced: empty ones, those of the place that the address had
    before, and default values. What a person has typed stays.
    """

    _inherit = "res.partner"

    client_place_choice_id = fields.Many2one(
        "client.place",
        "Chosen Place",
        store=False,
        readonly=True,  # only the form sets it
        groups="base.group_user",
        help="The place that a person has chosen in the form.",
    )
    client_place_filled_id = fields.Many2one(
        "client.place",
        "Filled Place",
        store=False,
        readonly=True,  # only the form sets it
        groups="base.group_user",
        help="The place whose values the form has filled in.",
    )

    @api.onchange("client_place_choice_id")
    def _onchange_client_place_choice(self):
        place = self.client_place_choice_id
        if place:
            self._client_take_place(place, is_chosen=True)
            # The same place can be chosen again.
            self.client_place_choice_id = False

    @api.onchange("zip")
    def _onchange_client_zip(self):
        """A postcode of one place only needs no choice."""
        if self.env.user._is_internal() and self._client_zip_is_new():
            place = self.env["client.place"]._only(self.zip, self.country_id)
            if place:
                self._client_take_place(place)

    def _client_zip_is_new(self):
        """:return: whether a person has just typed another postcode. The form also
        calls `onchange` for default values and for a place that was chosen
        """
        if not self.zip or self.client_place_choice_id:
            return False
        is_filled = self.client_place_filled_id.zip == self.zip
        is_default = not self._origin and self.zip == self.env.context.get(
            "default_zip"
        )
        return not is_filled and not is_default and self.zip != self._origin.zip

    def _client_is_default(self, name):
        """:return: whether a field of a new address has its default value, for example
        that of the company of a contact
        """
        default = self.env.context.get(f"default_{name}")
        value = self._fields[name].convert_to_write(self[name], self)
        return not self._origin and bool(default) and value == default

    def _client_take_place(self, place, is_chosen=False):
        """Fill the address and the language from a place.

        :param place: `client.place`
        :param bool is_chosen: whether a person has chosen the place itself
        """
        before = self.client_place_filled_id or self._origin.client_place_id
        old, new = before._address() if before else {}, place._address()
        may_change = {
            name: not self[name]
            or self[name] == old.get(name)
            or self._client_is_default(name)
            for name in new
        }
        # The country of the company is a default. A person who chooses a place abroad
        # has seen its country; Vaduz has a Swiss postcode.
        is_home = self.country_id == self.env.company.country_id
        if is_home and (is_chosen or not self._origin):
            may_change["country_id"] = True
        if not may_change["country_id"] and self.country_id != place.country_id:
            may_change["state_id"] = False
        for name in ("country_id", "state_id", "city", "zip"):
            if may_change[name] and self[name] != new[name]:
                self[name] = new[name]
        # Odoo clears the state of another country only after this.
        if self.state_id and self.state_id.country_id != self.country_id:
            self.state_id = False
        self._client_suggest_language(before, place)
        self.client_place_filled_id = place
