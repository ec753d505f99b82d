from contextlib import contextmanager

from odoo import api, models

from ..partner.client_change import ImportRun
from .res_partner_language import CONFIRMED

ADDRESS = ("country_id", "zip", "city")
# What the place of an address fills.
FILLED = ("city", "state_id", "country_id")


class ImportedPlaces:
    """The places of the rows of an import, looked up with a constant number of queries.

    :param env: environment
    :param ImportRun run: the import
    """

    def __init__(self, env, run):
        self.model = env["client.place"]
        self.run = run
        self.found = {}
        self.values = {}
        self.is_prepared = False

    def look_up(self, addresses):
        """Look up the places of addresses that are not known yet.

        :param addresses: tuples (country, company, postcode, town): ids, texts, or None
        """
        new = [one for one in dict.fromkeys(addresses) if one not in self.found]
        if not new:
            return
        rows = [(country, company, None, *more) for country, company, *more in new]
        places = self.model._of_addresses(rows)
        self.found |= dict(zip(new, places, strict=True))
        every = self.model.concat(*places)
        states = every._states()
        for place in every:
            self.values[place] = {
                "city": place.name,
                "state_id": states[place].id if place in states else False,
                "country_id": place.country_id.id,
                "lang": place._suggested_language(),
            }

    def of(self, address):
        """:return: dict of the values that follow from an address"""
        self.look_up([address])
        return self.values.get(self.found[address], {})

    def prepare(self):
        """Look up the rows of the file, in each country that has places. Odoo writes
        existing partners one by one.
        """
        if self.is_prepared:
            return
        self.is_prepared = True
        groups = self.model.sudo()._read_group([], ["country_id"])
        countries = [None, *(country.id for (country,) in groups)]
        zips, cities = (self.run.column(name) for name in ("zip", "city"))
        self.look_up(
            (country, None, postcode, city or None)
            for postcode, city in set(zip(zips, cities, strict=True))
            for country in countries
            if postcode
        )


def _address(values):
    """:param dict values: values to create a partner
    :return: address for `ImportedPlaces`
    """
    country, company = (
        values.get(name) or None for name in ("country_id", "company_id")
    )
    texts = (values.get(name) or None for name in ("zip", "city"))
    return (country, None if country else company, *texts)


class ResPartner(models.Model):
    """An import completes addresses: only what is empty in the file and in the partner.

    The language of the place replaces the default language of new clients, if the file
    has no column for it: both are guesses, and the place is the better one. It stays to
    be confirmed. A language of the file is confirmed, because people have decided it.
    """

    _inherit = "res.partner"

    @api.model
    def _client_imported_places(self, run):
        """:return: `ImportedPlaces` of an import"""
        if run.places is None:
            run.places = ImportedPlaces(self.env, run)
        return run.places

    @api.model
    def _client_completed(self, vals_list):
        vals_list = super()._client_completed(vals_list)
        run = ImportRun.of(self.env)
        if not run:
            return vals_list
        places = self._client_imported_places(run)
        places.look_up(_address(vals) for vals in vals_list if vals.get("zip"))
        return [self._client_row_completed(run, vals) for vals in vals_list]

    @api.model
    def _client_row_completed(self, run, vals):
        """:return: the values of a new row of an import, with those of its place"""
        values = dict(vals)
        if "lang" in run.columns and vals.get("lang"):
            values.setdefault(CONFIRMED, True)
        if not vals.get("zip"):
            return values
        found = self._client_imported_places(run).of(_address(vals))
        for name in FILLED:
            if found.get(name) and not vals.get(name):
                values[name] = found[name]
        # The language of a contact is that of its company.
        is_open = "lang" not in run.columns and not vals.get("parent_id")
        if is_open and found.get("lang"):
            values["lang"] = found["lang"]
        return values

    @api.model
    def _client_watched_fields(self):
        watched = super()._client_watched_fields()
        return watched | set(ADDRESS) if ImportRun.of(self.env) else watched

    def _client_steps(self):
        return (self._client_address_completed, *super()._client_steps())

    @contextmanager
    def _client_address_completed(self, vals):
        """A step of `write`: during an import, complete the address of a partner."""
        run = ImportRun.of(self.env)
        if not run or len(self) != 1 or not any(vals.get(name) for name in ADDRESS):
            yield vals
            return
        after = self._convert_fields_to_values(["zip", "company_id", *FILLED]) | vals
        found = {}
        if after["zip"]:
            places = self._client_imported_places(run)
            places.prepare()
            found = places.of(_address(after))
        more = {
            name: found[name] for name in FILLED if found.get(name) and not after[name]
        }
        is_open = "lang" not in run.columns and not self.lang and not self.parent_id
        if is_open and found.get("lang"):
            more |= {"lang": found["lang"], CONFIRMED: False}
        yield {**vals, **more}
