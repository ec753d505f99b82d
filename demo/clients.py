"""The clients, prospects and suppliers of the demo, with their contacts."""

import random
import unicodedata
from datetime import timedelta

from odoo import Command

from . import tables
from .companies import LANGUAGES, name_record
from .texts import written

SEED = "clients by the water"
SECTOR_NAMES = {
    "agency": "Agencies and resellers",
    "bakery": "Bakeries",
    "construction": "Construction",
    "culture": "Culture and leisure",
    "education": "Education",
    "food": "Food and drink",
    "health": "Health",
    "hospitality": "Hotels and restaurants",
    "industry": "Industry",
    "legal": "Lawyers and notaries",
    "private": "Private",
    "public": "Public administration",
    "retail": "Shops and garages",
    "services": "Services",
    "watch": "Watchmaking",
    "wine": "Wine",
}
SOURCES = (
    "Word of mouth",
    "Recommendation",
    "Shop window",
    "Web search",
    "Trade fair",
    "LinkedIn",
    "Local press",
)
TAGS = ("Newsletter", "Christmas card", "Framework contract", "Invited to open day")


def load(env, sales, today, lang):
    """Create the clients and their contacts.

    :param str lang: code of the language of the notes
    :return: dict of `res.partner` by reference, without the contacts
    """
    first_sale = {sale.ref: sale.date for sale in reversed(sales)}
    build = _Builder(env, first_sale, today, lang)
    rows = tables.rows("clients")
    partners = env["res.partner"].create([build.values(row) for row in rows])
    by_ref = {row["ref"]: partner for row, partner in zip(rows, partners, strict=True)}
    env["res.partner"].create(
        [build.contact(row, by_ref[row["client"]]) for row in tables.rows("contacts")]
    )
    for partner in partners:
        name_record(env, f"partner_{partner.ref.lower()}", partner)
    return by_ref


def slug(text):
    """Letters and digits of a text, without accents: for e-mail addresses."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return "-".join(
        word
        for word in "".join(c if c.isalnum() else " " for c in plain.lower()).split()
    )


class _Builder:
    def __init__(self, env, first_sale, today, lang):
        self.env = env
        self.lang = lang
        self.first_sale = first_sale
        self.today = today
        self.countries = {code: env.ref(f"base.{code}") for code in ("ch", "be", "fr")}
        self.states = {
            (state.country_id.code.lower(), state.code): state.id
            for state in env["res.country.state"].search(
                [("country_id.code", "in", ("CH", "BE", "FR"))]
            )
        }
        self.languages = {code[:2]: code for code in LANGUAGES} | {"en": "en_US"}
        self.regions = self._criterion_values(
            1, dict.fromkeys(row["region"] for row in tables.rows("places"))
        )
        self.sectors = self._criterion_values(2, SECTOR_NAMES.values())
        self.sources = self._sources()
        self.tags = self._named(
            "res.partner.category", (*TAGS, "Reseller", "Key account")
        )

    def values(self, row):
        rng = random.Random(f"{SEED}/{row['ref']}")
        story = tables.by("stories", "ref").get(row["ref"], {})
        company = row["org"] != "individual"
        return {
            "ref": row["ref"],
            "name": row["name"],
            "client_name2": row["name2"],
            "is_company": company,
            "client_organisation": row["org"],
            "lang": self.languages[row["lang"]] if rng.random() > 0.04 else False,
            # Somebody has already written an invoice in this language.
            "client_language_confirmed": row["ref"] in self.first_sale,
            **self._address(row),
            **self._reach(row, rng),
            "vat": vat_number(row) if company and rng.random() < 0.5 else False,
            "client_type_id": self._type(row).id,
            "client_criterion_1_id": self.regions[self._place(row)["region"]].id,
            "client_criterion_2_id": self.sectors[SECTOR_NAMES[row["sector"]]].id,
            "client_rating": row["rating"] or "0",
            "client_source_id": self.sources[rng.choice(SOURCES)].id,
            "client_since": self._since(row["ref"], rng),
            "category_id": [Command.set(self._tags(row, rng).ids)],
            "client_key_note": self._written(story.get("key_note")),
            "client_likes": self._written(story.get("likes")),
            "client_problems": self._written(story.get("problems")),
            "client_competitor": story.get("competitor", False),
            "client_competitor_reason": self._written(story.get("reason")),
        }

    def contact(self, row, client):
        values = {
            "parent_id": client.id,
            "name": row["name"],
            "function": self._written(row["function"]),
            "type": "contact" if row["function"] else "delivery",
            "lang": self.languages[row["lang"]],
        }
        if row["place"]:
            values |= self._address(row)
        if row["function"] and client.website:
            domain = client.website.split("www.")[-1]
            values["email"] = f"{slug(row['name'])}@{domain}"
        return values

    def _written(self, text):
        return written(text, self.lang) if text else False

    def _sources(self):
        """The sources by their English names: Odoo does not translate them."""
        names = {name: written(name, self.lang) for name in SOURCES}
        found = self._named("utm.source", names.values())
        sources = self.env["utm.source"].union(*found.values())
        sources.client_offered = True
        return {name: found[text] for name, text in names.items()}

    def _criterion_values(self, number, names):
        criterion = self.env.ref(f"client_segmentation.client_criterion_{number}")
        return self._named("client.criterion.value", names, criterion_id=criterion.id)

    def _named(self, model, names, **values):
        """Records by name; those that exist already, from other demo data, are used."""
        domain = [("name", "in", list(names))]
        domain += [(field, "=", value) for field, value in values.items()]
        found = {record.name: record for record in self.env[model].search(domain)}
        missing = [name for name in names if name not in found]
        created = self.env[model].create([{"name": name, **values} for name in missing])
        return found | dict(zip(missing, created, strict=True))

    def _place(self, row):
        return tables.by("places", "place")[row["place"]]

    def _address(self, row):
        place = self._place(row)
        return {
            "street": row["street"],
            "zip": place["zip"],
            "city": place["city"],
            "state_id": self.states.get((place["country"], place["state"]), False),
            "country_id": self.countries[place["country"]].id,
        }

    def _reach(self, row, rng):
        """Phone, e-mail and website: a few are missing, as in every client file."""
        name = slug(row["name"])
        if row["org"] == "individual":
            email, website = f"{name.replace('-', '.', 1)}@courriel.example", False
        else:
            domain = "-".join(name.split("-")[:3]) + ".example"
            email, website = f"info@{domain}", f"https://www.{domain}"
        return {
            "phone": phone_number(self._place(row), rng)
            if rng.random() > 0.05
            else False,
            "email": email if rng.random() > 0.07 else False,
            "website": website,
        }

    def _type(self, row):
        kind = (
            row["profile"] if row["profile"] in ("prospect", "supplier") else "client"
        )
        return self.env.ref(f"client_segmentation.client_type_{kind}")

    def _since(self, ref, rng):
        years = rng.uniform(0.3, 12)
        first = self.first_sale.get(ref)
        if first and (self.today - first).days > 1000:
            return first - timedelta(days=round(365 * years))
        return first

    def _tags(self, row, rng):
        names = [tag for tag in TAGS if rng.random() < 0.16]
        if row["sector"] == "agency":
            names.append("Reseller")
        if row["rating"] == "5":
            names.append("Key account")
        return self.env["res.partner.category"].union(
            *(self.tags[name] for name in names)
        )


def phone_number(place, rng):
    """A number nobody has: 555 in Switzerland and Belgium, fiction ranges in France."""
    tail = f"{rng.randint(0, 9999):04}"
    if place["country"] == "ch":
        return f"{place['phone']} 555 {tail[:2]} {tail[2:]}"
    if place["country"] == "be":
        short = len(place["phone"]) == len("+32 2")
        return f"{place['phone']} {'555' if short else '55'} {tail[:2]} {tail[2:]}"
    fiction = {"+33 3": "53 01", "+33 4": "65 71"}[place["phone"]]
    return f"{place['phone']} {fiction} {tail[:2]} {tail[2:]}"


def vat_number(row):
    """A number with right check digits from a range that is not given out, or False."""
    country = tables.by("places", "place")[row["place"]]["country"]
    if country == "ch":
        digits = f"9991{row['ref'][1:]}"
        weighted = sum(
            w * int(d) for w, d in zip((5, 4, 3, 2, 7, 6, 5, 4), digits, strict=True)
        )
        check = -weighted % 11
        if check == 10:
            return False
        suffix = {"de": "MWST", "it": "IVA"}.get(row["lang"], "TVA")
        return f"CHE-{digits[:3]}.{digits[3:6]}.{digits[6:]}{check} {suffix}"
    if country == "be":
        digits = f"0999{row['ref'][1:]}"
        return f"BE{digits}{97 - int(digits) % 97:02}"
    return False
