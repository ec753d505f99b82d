"""Is an e-mail address well-formed, and which address was meant? No network access."""

import re

from .answer import Answer

try:
    import email_validator
except ImportError:
    email_validator = None

# One address without quotes, like Odoo's own, but without points side by side.
_ATOM = r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
_ADDRESS = re.compile(
    rf"{_ATOM}(?:\.{_ATOM})*@(?:{_LABEL}\.)+[a-z][a-z0-9-]*[a-z0-9]", re.IGNORECASE
)
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_NAMED = re.compile(r"[^<>@]*<\s*([^<>]+?)\s*>")
_AT = re.compile(r"\s*(?:\(at\)|\[at\]|@)\s*", re.IGNORECASE)


def check(text, library=email_validator):
    """:param text: the e-mail of a partner
    :param library: the package `email-validator`, or None if it is not installed
    :return: `Answer`; None for an empty text
    """
    if not text or not text.strip():
        return None
    meant = _meant(text)
    if not _is_valid(meant, library):
        return Answer("wrong")
    if meant == text:
        return Answer("ok")
    # A capital letter or a space at an end does not keep an e-mail from arriving.
    same = text.strip().lower() == meant
    return Answer("untidy" if same else "wrong", meant)


def _meant(text):
    """:return: the address without what is certainly a slip"""
    text = _INVISIBLE.sub("", text).strip()
    text = re.sub(r"^mailto:\s*", "", text, flags=re.IGNORECASE)
    if named := _NAMED.fullmatch(text):
        text = named[1]
    text = _AT.sub("@", text.lstrip(" ;,<").rstrip(" ;,.>"))
    if text.count("@") != 1:
        return text
    local, domain = text.split("@")
    domain = re.sub(r"\s*[.,]\s*", ".", domain)
    # Odoo compares addresses in lower case, and other alphabets as they are.
    return f"{local.lower() if local.isascii() else local}@{domain.lower()}"


def _is_valid(address, library):
    if library is None:
        return bool(_ADDRESS.fullmatch(address))
    try:
        # Test domains are well-formed; nobody asks the name servers.
        library.validate_email(
            address, check_deliverability=False, test_environment=True
        )
    except library.EmailNotValidError:
        return False
    return "." in address.rpartition("@")[2]
