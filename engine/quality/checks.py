"""The SQL of the shipped checks: functions of a `Row`, see `check`."""

from odoo.tools import SQL

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
    """Only in countries whose places are known."""
    return SQL(
        """
        (NOT %s AND NOT %s AND %s IS NULL AND %s IN (
            SELECT country.id FROM res_country country
             WHERE EXISTS (SELECT FROM client_place place
                            WHERE place.country_id = country.id)))
        """,
        row.is_empty("zip"),
        row.is_empty("city"),
        row["client_place_id"],
        row["country_id"],
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
