from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ...engine.place import complete, load, resolve
from ..safety.buttons import known_ids

# What a person can read at a glance.
MOST_PLACES = 8


class ClientPlace(models.Model):
    """The places that a form offers while a person types a postcode or a town, and what
    a chosen place says about an address.
    """

    _inherit = "client.place"

    _completion_idx = models.Index(f"USING gin ({complete.WORDS})")

    @api.model
    @api.readonly
    def complete(self, text, country_id=False):
        """The places that a person may mean.

        :param str text: the beginning of a postcode or of a name, or both
        :param int country_id: the country of the address. If it is another one than
            that of the company, only its places are offered
        :return: list of at most 8 dicts: `id`, `display_name` as it is offered, `zip`
            and `name`
        """
        self.check_access("read")
        if not self.env.user._is_internal():
            raise AccessError(self.env._("Only employees can look up places."))
        if not isinstance(text, str) or len(text.strip()) < complete.FEWEST_LETTERS:
            return []
        [country_id] = known_ids([country_id]) or [False]
        countries = self._countries_offered(country_id)
        places = self._completions(text, countries, MOST_PLACES)
        return [
            {
                "id": place.id,
                "display_name": place._offered_as(self.env.company.country_id),
                "zip": place.zip,
                "name": place.name,
            }
            for place in places
        ]

    @api.model
    def _countries_offered(self, country_id):
        """:return: ids of the countries whose places are offered, in their order"""
        home = self.env.company.sudo().country_id
        if country_id and country_id != home.id:
            return [country_id]
        groups = self.sudo()._read_group([], ["country_id"])
        others = [country.id for (country,) in groups if country != home]
        return [*home.ids, *others]

    @api.model
    def _completions(self, text, countries, limit):
        """:return: the places that begin with a postcode, a name, or both"""
        digits, name = complete.split(text)
        words = complete.folded(self.env, name) if name else ""
        if len(digits) + len(words) < complete.FEWEST_LETTERS:
            return self.browse()
        query = self._search(Domain("country_id", "in", countries))
        if digits:
            query.add_where(complete.zip_condition(query.table, digits))
        if words:
            query.add_where(complete.name_condition(words))
        query.order = complete.order(query.table, digits, words, countries)
        query.limit = limit
        return self.browse(query)

    @api.model
    def _only(self, postcode, country):
        """The place that a postcode alone can only mean.

        :param country: country of the address; default is that of the company
        :return: the place, or none if there are several
        """
        country = country or self.env.company.country_id
        if not country:
            return self.browse()
        return self._of_addresses([(country.id, None, None, postcode, None)])[0]

    @api.model
    def _of_addresses(self, addresses):
        """:param addresses: see `resolve.look_up`
        :return: list of the places, which can be empty, in the same order
        """
        load.prepare(self.env.cr)
        for model in ("client.place", "client.region", "res.country.state"):
            self.env[model].flush_model()
        found = resolve.look_up(self.env.cr, addresses)
        return [self.browse(place or ()) for place, _region in found]

    def _offered_as(self, home):
        """:return: the text of this place in the list of choices

        :param home: the country that is not named
        """
        self.ensure_one()
        parts = [self.region_id.code if self.region_id.kind == "canton" else ""]
        parts[0] = parts[0] or self.region_id.name or ""
        if self.is_bilingual and self.language:
            parts.append(self.env["res.lang"]._client_language_name(self.language))
        if self.country_id != home:
            parts.append(self.country_id.name)
        return ", ".join(filter(None, [f"{self.zip} {self.name}", *parts]))

    def _states(self):
        """The states of these places. Odoo has several for a canton, one per language.

        :return: dict of `res.country.state` by place; places without one are missing
        """
        domain = [("client_region_id", "in", self.region_id.ids)]
        by_region = self.env["res.country.state"].search(domain, order="code")
        by_region = by_region.grouped("client_region_id")
        return {
            place: place._best_state(states)
            for place in self
            if (states := by_region.get(place.region_id))
        }

    def _best_state(self, states):
        """:return: of the states of a canton, the one in the language of this place"""
        code = self.region_id.code
        for wanted in (f"{code}-{(self.language or '').upper()}", code):
            for state in states:
                if state.code == wanted:
                    return state
        return states[0]

    def _suggested_language(self):
        """:return: code of the installed language to suggest for an address in this
        place; None if the place has several languages, or its language is not installed
        """
        if not self or self.is_bilingual or not self.language:
            return None
        return self.env["res.lang"]._client_installed(self.language, self.country_id)

    def _address(self):
        """:return: dict of the values of an address in this place"""
        return {
            "zip": self.zip,
            "city": self.name,
            "state_id": self._states().get(self) or self.env["res.country.state"],
            "country_id": self.country_id,
        }
