"""Distance as the crow flies, between coordinates in degrees."""

from odoo.tools import SQL

DIAMETER = 12742  # of the earth, in km


def kilometres(origin, latitude, longitude):
    """:param origin: (latitude, longitude), floats
    :param SQL latitude: of the other point, or NULL
    :return: SQL of the distance in whole kilometres, or NULL
    """
    south_north, west_east = origin
    return SQL(
        """
        CASE WHEN %(latitude)s IS NOT NULL THEN
        ROUND(%(diameter)s * asin(LEAST(1, sqrt(
            power(sind((%(latitude)s::float8 - %(south_north)s) / 2), 2)
            + cosd(%(south_north)s) * cosd(%(latitude)s::float8)
            * power(sind((%(longitude)s::float8 - %(west_east)s) / 2), 2)
        ))))::int4 END
        """,
        diameter=DIAMETER,
        latitude=latitude,
        longitude=longitude,
        south_north=south_north,
        west_east=west_east,
    )


def own_or_place(partner, place):
    """The coordinates of a partner: its own, or those of its place.

    :param str partner: alias of `res_partner`
    :param str place: alias of `client_place`
    :return: (SQL of the latitude, SQL of the longitude)
    """
    latitude = SQL.identifier(partner, "partner_latitude")
    longitude = SQL.identifier(partner, "partner_longitude")
    has_own = SQL("(%s != 0 OR %s != 0)", latitude, longitude)
    of_place = [SQL.identifier(place, name) for name in ("latitude", "longitude")]
    has_place = SQL("(%s != 0 OR %s != 0)", *of_place)
    return tuple(
        SQL("CASE WHEN %s THEN %s WHEN %s THEN %s END", has_own, own, has_place, other)
        for own, other in zip((latitude, longitude), of_place, strict=True)
    )
