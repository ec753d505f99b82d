"""Is a phone number well-formed, and what is its international form?"""

import re

from .answer import Answer

try:
    import phonenumbers
except ImportError:
    phonenumbers = None

# A number with its country has at most 15 digits (ITU-T E.164); shorter ones than 5 are
# extensions.
_FEWEST, _MOST = 5, 15
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_EXTENSION = re.compile(r"\b(?:ext|extension|poste|int|intern|toestel)\b", re.I)


def check(text, country, library=phonenumbers):
    """:param text: the phone of a partner
    :param str country: code of its country, or None
    :param library: the package `phonenumbers`, or None if it is not installed
    :return: `Answer`; None for an empty text
    """
    if not text or not text.strip():
        return None
    number = text.strip()
    number = re.sub(r"^tel:", "", number, flags=re.IGNORECASE).strip()
    if not _looks_like_one(number):
        return Answer("wrong")
    if library is None:
        return Answer("unknown")
    number = re.sub(r"^(\+?\s*)00(?=\s*[1-9])", "+", number)
    international = number.startswith("+")
    if not (international or country):
        return Answer("unknown")
    found = _parse(number, country, library)
    if found is None and not international:
        # 41 22 733 10 00: the country code without its sign.
        found = _parse(f"+{number}", country, library)
    if found is None:
        return Answer("wrong")
    style = library.PhoneNumberFormat.INTERNATIONAL
    fixed = library.format_number(found, style)
    return Answer("ok") if fixed == text else Answer("untidy", fixed)


def _looks_like_one(number):
    digits = sum(letter.isdecimal() for letter in number)
    if _EXTENSION.search(number):
        return digits >= _FEWEST
    return _FEWEST <= digits <= _MOST + 2 and not _LETTERS.search(number)


def _parse(number, country, library):
    """:return: the number if it exists in the numbering plan of its country"""
    try:
        found = library.parse(number, region=country)
    except library.NumberParseException:
        return None
    return found if library.is_valid_number(found) else None
