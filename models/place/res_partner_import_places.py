from contextlib import contextmanager

from odoo import api, models

from ...engine.place.complete import Matcher
from ..partner.client_change import ImportRun
from .res_partner_language import CONFIRMED

# What the postcode and the town of a row decide.
FILLED = ("city", "state_id", "country_id")
ADDRESS = ("zip", "city", "country_id")


class ImportedPlaces:
    """The places of the rows of an import, found with a constant number of queries.

    :param env: environment
    :param ImportRun run: the import
    """

    def __init__(self, env, run):
        self.matcher = Matcher(env, self._column(run, "zip"), self._column(run, "city"))
        places = env["client.place"].browse(self.matcher.ids)
        self.places = {place.id: place for place in places}
        self.states = places._states()

    @staticmethod
    def _column(run, name):
        """:return: set of the texts in a column of the file"""
        if name not in run.columns:
            return set()
        index = run.columns.index(name)
        cells = (row[index] for row in run.data if len(row) > index)
        return {cell for cell in cells if cell and isinstance(cell, str)}

    def values(self, country, text, city):
        """What an address says about its empty parts. The places that it can mean must
        agree.

        :param country: id of the country, or None
        :param text: the postcode
        :param city: the name of the town, or None
        :return: dict of values to write; `lang` is the language of the place
        """
        found = self.matcher.match(country, text, city)
        places = [self.places[place] for place in found if place in self.places]
        if not places:
            return {}
        answers = [
            {
                "city": place.name,
                "state_id": self.states[place].id if place in self.states else False,
                "country_id": place.country_id.id,
                "lang": place._suggested_language(),
            }
            for place in places
        ]
        first = answers[0]
        if any(answer["country_id"] != first["country_id"] for answer in answers):
            return {}
        return {
            name: value
            for name, value in first.items()
            if value and all(answer[name] == value for answer in answers)
        }


class ResPartner(models.Model):
    """An import completes addresses: only what is empty in the file and in the partner.

    A postcode that exists in several countries needs a country or a town. The language
    of the place replaces the default language of new clients, if the file has no column
    for it: both are guesses, and the place is the better one. It stays to be confirmed.
    A language of the file is confirmed, because people have decided it.
    """

    _inherit = "res.partner"

    @api.model
    def _client_imported_places(self):
        """:return: `ImportedPlaces` of the running import, None without an import or
        without places
        """
        run = ImportRun.of(self.env)
        if not run:
            return None
        if run.places is None:
            run.places = ImportedPlaces(self.env, run)
            run.data = ()
        return run.places

    @api.model
    def _client_completed(self, vals_list):
        vals_list = super()._client_completed(vals_list)
        run = ImportRun.of(self.env)
        if not run:
            return vals_list
        return [self._client_row_completed(run, vals) for vals in vals_list]

    @api.model
    def _client_row_completed(self, run, vals):
        """:return: the values of a new row of an import, with those of its place"""
        values = dict(vals)
        if "lang" in run.columns and vals.get("lang"):
            values.setdefault(CONFIRMED, True)
        if not vals.get("zip"):
            return values
        found = self._client_imported_places().values(
            vals.get("country_id") or None, vals["zip"], vals.get("city")
        )
        for name in FILLED:
            if found.get(name) and not vals.get(name):
                values[name] = found[name]
        is_open = "lang" not in run.columns and not vals.get("parent_id")
        if is_open and found.get("lang"):
            values["lang"] = found["lang"]
        return values

    @api.model
    def _client_watched_fields(self):
        watched = super()._client_watched_fields()
        return watched | set(ADDRESS) if ImportRun.of(self.env) else watched

    def _client_steps(self):
        return (self._client_address_stepped, *super()._client_steps())

    @contextmanager
    def _client_address_stepped(self, vals):
        """A step of `write`: during an import, complete the address of a partner."""
        run = ImportRun.of(self.env)
        if not run or len(self) != 1 or not any(vals.get(name) for name in ADDRESS):
            yield vals
            return
        # The import itself writes the address of a company to its contacts.
        after = {
            name: vals[name] if name in vals else self[name]
            for name in ("zip", *FILLED)
        }
        country = after["country_id"]
        country = country if isinstance(country, int) else country.id
        found = {}
        if after["zip"]:
            found = self._client_imported_places().values(
                country or None, after["zip"], after["city"]
            )
        more = {
            name: found[name]
            for name in FILLED
            if found.get(name) and not after[name]
        }
        is_open = "lang" not in run.columns and not self.lang and not self.parent_id
        if is_open and found.get("lang"):
            more |= {"lang": found["lang"], CONFIRMED: False}
        yield {**vals, **more}
