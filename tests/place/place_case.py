"""Base class of the tests of places: clients with addresses."""

from ..common import ClientCase


class PlaceCase(ClientCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ch, cls.be, cls.fr, cls.li = (
            cls.env.ref(f"base.{code}") for code in ("ch", "be", "fr", "li")
        )
        cls.env["res.company"].search([]).partner_id.country_id = cls.ch
        cls.Place = cls.env["client.place"]
        cls.Region = cls.env["client.region"]

    @classmethod
    def at(cls, zip_, city=False, country=None, **values):
        """:return: new client with an address; without a country by default"""
        return cls.Partner.create(
            {
                "name": f"{zip_} {city}",
                "zip": zip_,
                "city": city,
                "country_id": country.id if country else False,
                **values,
            }
        )

    @classmethod
    def canton(cls, code, country=None):
        country = country or cls.ch
        return cls.Region.search([("code", "=", code), ("country_id", "=", country.id)])
