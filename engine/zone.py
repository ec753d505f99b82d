"""The time zone of a company: its day begins and ends there.

It is the time zone of the company's address, else that of its country, else that of the
company above it. It is never the zone of a user or of a server. It is UTC only if
neither the address nor the country is known. A country may have several zones: then it
is the first of those whose offset is the most frequent one in the country.
"""

from collections import Counter
from datetime import datetime
from functools import cache

import pytz

from odoo.tools import SQL

UTC = "UTC"


def zone_of(company):
    """:return: name of the time zone of a `res.company`"""
    company = company.sudo()
    while company:
        address = company.partner_id
        country = company.country_id or company.account_fiscal_country_id
        if zone := address.tz or zone_of_country(country.code or ""):
            return zone
        company = company.parent_id
    return UTC


@cache
def zone_of_country(code):
    """:param str code: code of the country, such as "CH"
    :return: name of the time zone, or None
    """
    zones = pytz.country_timezones.get(code.upper()) or []
    offsets = {zone: _offset(zone) for zone in zones}
    if not offsets:
        return None
    [(usual, _count)] = Counter(offsets.values()).most_common(1)
    return next(zone for zone in zones if offsets[zone] == usual)


def _offset(zone):
    # Always the same day, so that the choice does not change with the seasons.
    return pytz.timezone(zone).utcoffset(datetime(2024, 1, 15))


def today(company, now):
    """:param datetime now: the time, in UTC
    :return: the date of the company
    """
    return pytz.utc.localize(now).astimezone(pytz.timezone(zone_of(company))).date()


def local_day(moment, zone):
    """:param SQL moment: a time in UTC
    :param zone: name of a time zone, or its SQL
    :return: SQL of the date in this zone
    """
    return SQL("timezone(%s, timezone('UTC', %s))::date", zone, moment)


def start_of_day(day, zone):
    """:param SQL day: a date
    :return: SQL of the time (UTC) at which the date begins in this zone
    """
    return SQL("timezone('UTC', timezone(%s, (%s)::timestamp))", zone, day)
