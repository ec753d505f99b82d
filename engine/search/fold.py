"""The SQL functions that compute the search keys of a partner, see `engine.search.key`.

Their bodies call no function of this addon: when a dump is restored, the search path is
empty while the indexes are built.
"""

from .cleanup import IGNORED

KEY = "client_search_key"
PHONE_KEY = "client_phone_key"
# What the key contains, in the order of the parameters of its function.
COLUMNS = (
    "complete_name",
    "client_name2",
    "email",
    "ref",
    "vat",
    "company_registry",
    "city",
)
# Typographic variants, and letters that do not decompose.
LETTERS = {
    "'": "`‘’ʼ′",
    "-": "‐‑‒–—−",
    "d": "đð",
    "h": "ħ",
    "i": "ı",
    "l": "ł",
    "o": "ø",
    "t": "ŧ",
    "σ": "ς",
}
SPELLINGS = {"ß": "ss", "æ": "ae", "œ": "oe", "þ": "th"}
UMLAUTS = {"ae": "a", "oe": "o", "ue": "u"}
# Earlier versions had a function without the city.
OUTDATED = "client_search_key(text, text, text, text, text, text)"


def _joined(*columns):
    return " || chr(10) || ".join(f"coalesce({column}, '')" for column in columns)


def _replaced(text, spellings):
    for old, new in spellings.items():
        text = f"replace({text}, '{old}', '{new}')"
    return text


def _folded(text):
    letters = "".join(LETTERS.values())
    plain = "".join(letter * len(variants) for letter, variants in LETTERS.items())
    plain = plain.replace("'", "''")
    ignored = "".join(f"\\u{ord(a):04x}-\\u{ord(z):04x}" for a, z in IGNORED)
    # An acute without a letter would become a space.
    text = f"normalize(replace(lower({text}), '´', chr(39)), NFKD)"
    text = f"regexp_replace({text}, '[{ignored}]', '', 'g')"
    return _replaced(f"translate({text}, '{letters}', '{plain}')", SPELLINGS)


def _german(text):
    return _replaced(text, UMLAUTS)


def _without_points(text):
    """Abbreviations as one word: s.a r.l. as sarl, g.m.b.h. as gmbh."""
    sarl = f"regexp_replace({text}, '\\ms[. ]*a[. ]*r[. ]*l\\M', 'sarl', 'g')"
    return f"regexp_replace({sarl}, '\\m([[:alpha:]])[.]', '\\1', 'g')"


# Texts of several words are not found in a city: see *Pasted* in `engine.search.text`.
_CITY = "|| chr(10) || replace(coalesce(city, ''), ' ', chr(10))"
_NAMES = _joined("name", "name2")
_NUMBERS = _joined("ref", "vat", "registry")
_ALL = _joined("name", "name2", "email", "ref", "vat", "registry")

FUNCTIONS = f"""
CREATE OR REPLACE FUNCTION client_fold(value text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT {_folded("value")} $$;

CREATE OR REPLACE FUNCTION client_fold_german(value text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT {_german(_folded("value"))} $$;

CREATE OR REPLACE FUNCTION client_search_key(
    name text, name2 text, email text, ref text, vat text, registry text, city text
) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT {_folded(_ALL + _CITY)}
        || chr(10) || {_without_points(_german(_folded(_NAMES + _CITY)))}
        || chr(10) || lower(regexp_replace({_NUMBERS}, '[^[:alnum:]\\n]', '', 'g'))
$$;

CREATE OR REPLACE FUNCTION client_phone_key(phone text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT regexp_replace(
        regexp_replace(phone, '\\(0\\)|[^0-9]', '', 'g'), '^00', '')
$$;
"""
