"""Is a VAT number well-formed, and how is it written?

The rules are those of `python-stdnum`, as in Odoo's *VAT Number Validation*. For the
countries where Odoo has rules of its own beside them, a number that the library does
not know counts as not checked.
"""

import re

from stdnum import exceptions
from stdnum.util import get_cc_module

from .answer import Answer

# Countries with one kind of number, so that an invalid number is certainly wrong.
STRICT = frozenset(
    "AT BE BG CH CY CZ DK EE ES FI FR HR IE IT LT LU LV MT NL PL PT SE SI SK".split()
)
EU = STRICT - {"CH"} | {"DE", "GR", "HU", "RO"}
# The country of a prefix that is not the code of the country.
PREFIXES = {"EL": "GR", "XI": "GB"}
# Odoo's own sign of clients that are not subject to tax.
NO_TAX = "/"
_SWISS = re.compile(r"CHE([0-9]{9})(MWST|TVA|IVA)")
_SEPARATORS = re.compile(r"[\s.\-–,_/:]+")


def check(text, country):
    """:param text: the VAT number of a partner
    :param str country: code of its country, or None
    :return: `Answer`; None for an empty text
    """
    if not text or not text.strip():
        return None
    if text.strip() == NO_TAX:
        return _same(text, NO_TAX)
    number = _SEPARATORS.sub("", text).upper()
    prefix = number[:2] if number[:2].isalpha() else ""
    of_prefix = PREFIXES.get(prefix, prefix)
    if of_prefix in EU | {"GB"}:
        return _european(text, number, of_prefix)
    if country == "CH" or number.startswith("CHE"):
        return _swiss(text, number)
    if not country:
        return Answer("unknown")
    return _european(text, number, country, has_prefix=False)


def _swiss(text, number):
    """Without MWST, TVA or IVA it is the number of a company, maybe without VAT."""
    match = _SWISS.fullmatch(number)
    if not match or not _is_valid("CH", number):
        return Answer("wrong")
    digits, suffix = match.groups()
    parts = ".".join((digits[:3], digits[3:6], digits[6:]))
    return _same(text, f"CHE-{parts} {suffix}")


def _european(text, number, country, has_prefix=True):
    valid = _is_valid(country, number)
    if valid is None or (not valid and country not in STRICT):
        return Answer("unknown")
    if not valid:
        return Answer("wrong")
    if country not in EU:
        return Answer("ok")
    compact = get_cc_module(country.lower(), "vat").compact(number)
    return _same(text, f"{number[:2]}{compact}" if has_prefix else compact)


def _same(text, fixed):
    return Answer("ok") if text == fixed else Answer("untidy", fixed)


def _is_valid(country, number):
    """:return: whether the number is valid, None if the country is not known"""
    module = get_cc_module(country.lower(), "vat")
    if module is None:
        return None
    try:
        return bool(module.is_valid(number))
    except exceptions.ValidationError:
        return False
