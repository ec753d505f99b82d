"""The SQL of the shipped checks: functions of a `Row`, see `check`."""

from odoo.tools import SQL

from ..place import names
from . import activity


def no_email(row):
    return row.is_empty("email")


def no_phone(row):
    return row.is_empty("phone")


def no_language(row):
    return row.is_empty("lang")


def language_to_confirm(row):
    return SQL(
        "(NOT %s AND %s IS NOT TRUE)",
        row.is_empty("lang"),
        row["client_language_confirmed"],
    )


def no_postcode(row):
    """Some countries have no postcodes."""
    return SQL(
        "(%s AND NOT EXISTS (SELECT FROM res_country country"
        " WHERE country.id = %s AND country.zip_required IS FALSE))",
        row.is_empty("zip"),
        row["country_id"],
    )


def no_address(row):
    return SQL("(%s OR %s)", row.is_empty("street"), row.is_empty("city"))


def no_country(row):
    return SQL("%s IS NULL", row["country_id"])


def wrong_town(row):
    """No place with this postcode has this town. Only in countries whose places are
    known; spellings are compared as in `engine.place`.
    """
    post = SQL("home.post")
    return SQL(
        """
        (NOT %(no_zip)s AND NOT %(no_city)s AND NOT EXISTS (
            SELECT FROM client_place place
             WHERE place.id = %(place)s AND lower(place.name) = lower(%(city)s))
         AND EXISTS (
            SELECT FROM (
                   SELECT %(network)s AS post
                     FROM res_country country
                    WHERE country.id = %(country)s
                      AND EXISTS (SELECT FROM client_place known
                                   WHERE known.country_id = country.id)
                   OFFSET 0) home
             WHERE NOT EXISTS (
                   SELECT FROM client_place place
                    WHERE place.active
                      AND (place.id = %(place)s OR place.zip_key = %(zip_key)s)
                      AND (place.plain_names LIKE '%%|' || %(plain)s || '|%%'
                           OR place.town_keys LIKE '%%|' || %(town_key)s || '|%%'))))
        """,
        no_zip=row.is_empty("zip"),
        no_city=row.is_empty("city"),
        place=row["client_place_id"],
        city=row["city"],
        network=names.network(SQL("country.code")),
        country=row["country_id"],
        zip_key=names.zip_key(post, row["zip"]),
        plain=names.plain(row["city"]),
        town_key=names.town_key(post, row["city"]),
    )


def state(field, value):
    """:return: function of a `Row`: the condition that a validator has found the field
    in this state
    """

    def condition(row):
        return SQL("%s = %s", row.stored(f"{field}_state"), value)

    return condition


def old_email(env):
    """The e-mail has been the same for years, and in these years there was no message
    and no document.
    """

    def condition(row):
        day = row.days["email"]
        return SQL(
            "(NOT %s AND %s < %s AND %s)",
            row.is_empty("email"),
            row.stored("email_date"),
            day,
            activity.nothing_since(env, row, day, meetings=False),
        )

    return condition


def no_activity(env):
    """Clients who were created for less than these years are not silent yet."""

    def condition(row):
        day = row.days["silent"]
        return SQL(
            "(%s < %s AND %s)",
            row["create_date"],
            day,
            activity.nothing_since(env, row, day),
        )

    return condition
