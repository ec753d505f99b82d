"""Public holidays of a country and its cantons, provinces or states.

They come from the Python package `holidays`, which is optional: without it there are no
holidays.
"""

from datetime import timedelta

try:
    import holidays
except ImportError:  # pragma: no cover
    holidays = None

# Departments of France that have holidays of their own, by the names of the package:
# Alsace is one subdivision there.
DEPARTMENTS = {("FR", "67"): "6AE", ("FR", "68"): "6AE"}


def is_available():
    """:return: whether the package is installed"""
    return holidays is not None


def coming_holidays(country, subdivision, first, days, language):
    """The public holidays of the next days.

    :param str country: code of the country, such as "CH"
    :param str subdivision: code of the canton, province or state, or None
    :param date first: the first day
    :param int days: number of days after the first one
    :param str language: code such as "fr_CH"
    :return: list of pairs `(date, name)`, the earliest first, and whether the days of
        this subdivision are known
    """
    kind = _country(country)
    if kind is None:
        return [], False
    known = _subdivision(kind, country, subdivision)
    last = first + timedelta(days=days)
    found = kind(
        subdiv=known,
        years=range(first.year, last.year + 1),
        language=_language(kind, language),
    )
    return sorted(
        (day, name) for day, name in found.items() if first <= day <= last
    ), bool(known)


def _country(code):
    """:return: the class of a country in the package, or None"""
    if holidays is None or not code:
        return None
    if code not in holidays.list_supported_countries(include_aliases=True):
        return None
    return getattr(holidays, code, None)


def _subdivision(kind, country, code):
    code = DEPARTMENTS.get((country, code), code)
    return code if code and code in kind.subdivisions else None


def _language(kind, code):
    """:return: the language of the package that fits a language of Odoo, or None for
    the one of the country
    """
    supported = kind.supported_languages or ()
    wanted = (code or "").partition("_")[0]
    exact = [one for one in supported if one == code]
    similar = [one for one in supported if one.partition("_")[0] == wanted]
    return next(iter(exact + similar), None)
