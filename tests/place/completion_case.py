"""Base of the tests of places and languages: two countries with a few places each.

They are countries without shipped places, so the tests know all places.
"""

from ..common import ClientCase


class CompletionCase(ClientCase):
    """The company is at home in Iceland, where one half speaks German."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.speak("de_DE", "fr_FR")
        cls.home = cls.env.ref("base.is")
        cls.abroad = cls.env.ref("base.fo")
        cls.company.country_id = cls.home
        cls.south = cls.new_region("S", "South")
        cls.west = cls.new_region("W", "West")
        State = cls.env["res.country.state"]
        cls.south_state, cls.south_state_fr, cls.west_state = State.create(
            [
                {
                    "name": name,
                    "code": code,
                    "country_id": cls.home.id,
                    "client_region_id": region.id,
                }
                for name, code, region in (
                    ("Sued", "S", cls.south),
                    ("Sud", "S-FR", cls.south),
                    ("West", "W", cls.west),
                )
            ]
        )
        cls.nordstadt = cls.new_place("1010", "Nordstadt", "de", cls.south)
        cls.zweistadt = cls.new_place("1020", "Zweistadt", "de", cls.south, True)
        cls.deuxville = cls.new_place("1020", "Deuxville", "fr", cls.south, True)
        cls.oberdorf = cls.new_place("1030", "Oberdorf", "de", cls.south)
        cls.unterdorf = cls.new_place("1030", "Unterdorf", "de", cls.south)
        cls.maurice = cls.new_place("1040", "St-Maurice", "fr", cls.south)
        cls.mueli = cls.new_place("1050", "Mülihofen", "de", cls.west)
        cls.fjord = cls.new_place("1010", "Fjord", "fr", country=cls.abroad)
        cls.cap = cls.new_place("9010", "Cap Noir", "fr", country=cls.abroad)

    @classmethod
    def new_region(cls, code, name):
        return cls.env["client.region"].create(
            {
                "name": name,
                "code": code,
                "country_id": cls.home.id,
                "kind": "canton",
            }
        )

    @classmethod
    def new_place(
        cls, zip_code, name, language, region=None, is_bilingual=False, country=None
    ):
        return cls.env["client.place"].create(
            {
                "country_id": (country or cls.home).id,
                "zip": zip_code,
                "name": name,
                "municipality": name,
                "language": language,
                "region_id": region.id if region else False,
                "is_bilingual": is_bilingual,
            }
        )
