"""Clean a text that people paste into a search box, before it is split into words.

- Quotes, brackets and punctuation around a word do not count.
- `tel:`, `mailto:` and the like in front of a number or an address do not count.
- The extension of a phone does not count: `021 987 65 43 x12`.
- An abbreviation with points is one word: `S.à r.l.` is `sarl`, `G.m.b.H.` is `GmbH`.
- Invisible characters do not count. Those that mark a place inside a word, such as the
  soft hyphen, are removed. All others become spaces.
"""

import re
import unicodedata

# What a person sees as a part of the letter before it, or not at all: accents, points
# of Hebrew and Arabic, soft hyphens, zero-width characters, marks of direction. The
# search key contains none of them.
IGNORED = (
    ("\u00ad", "\u00ad"),
    ("\u0300", "\u036f"),
    ("\u0483", "\u0487"),
    ("\u0591", "\u05bd"),
    ("\u05bf", "\u05bf"),
    ("\u05c1", "\u05c2"),
    ("\u05c4", "\u05c5"),
    ("\u05c7", "\u05c7"),
    ("\u0610", "\u061a"),
    ("\u064b", "\u065f"),
    ("\u1ab0", "\u1aff"),
    ("\u1dc0", "\u1dff"),
    ("\u200b", "\u200f"),
    ("\u202a", "\u202e"),
    ("\u2060", "\u2064"),
    ("\u20d0", "\u20ff"),
    ("\ufe20", "\ufe2f"),
    ("\ufeff", "\ufeff"),
)
AROUND = ".,;:!?|<>()[]{}\"'`´«»‹›“”„‟‘’‚"
# Between words, like the comma in "Weber , Holzbau".
_BETWEEN = AROUND + "-‐‑‒–—−•·"

_ONLY_IGNORED = re.compile(f"[{''.join(map('-'.join, IGNORED))}]+")
# Unicode categories: control and format characters, and halves of surrogate pairs.
_INVISIBLE = {"Cc", "Cf", "Cs"}
# Soft hyphen, joiners: they stand inside a word.
_INSIDE = str.maketrans(dict.fromkeys("\u00ad\u200c\u200d\u2060"))
_SCHEME = re.compile(r"\b(?:mailto|tel|callto|sips?|sms):(?://)?", re.IGNORECASE)
# What a link adds to an address or a number.
_PARAMETERS = re.compile(
    r"(?<=[\w.])(?:\?(?:subject|cc|bcc|body)=\S*|;(?:ext|isub|phone-context)=[^\s>]*)",
    re.IGNORECASE,
)
_DOTTED = re.compile(r"(?<![\w.@-])(?:[^\W\d_]\.){2,}(?![\w@-])")
_DOTTED_OPEN = re.compile(r"(?<![\w.@-])(?:[^\W\d_]\.)+[^\W\d_](?![\w.@-])")
_SARL = re.compile(r"(?<![\w.@-])s[. ]*[aà][. ]*r[. ]*l(?!\.?[\w@-])\.?", re.I)
_LABEL = re.compile(
    r"^\W*(?:t[eé]l(?:[eé]phone|efon)?|phone|mobile?|natel|handy|fax|[tmp](?=[.:]))"
    r"\s*[.:]*\s*(?=[\d+(])",
    re.IGNORECASE,
)
_EXTENSION = re.compile(
    r"(?<=[\d)])[\s,;(]*(?:x|ext|extension|poste|int|interne|durchwahl|dw|#)"
    r"[\s.:]*\d{1,6}\W*$",
    re.IGNORECASE,
)
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-") | {"’": "'", "‘": "'"})


def clean(text):
    """:return: the text as its reader understands it, see above"""
    text = _visible(unicodedata.normalize("NFC", text))
    text = _PARAMETERS.sub("", _SCHEME.sub("", text))
    text = _SARL.sub("sarl", text)
    for dotted in (_DOTTED, _DOTTED_OPEN):
        text = dotted.sub(lambda found: found[0].replace(".", ""), text)
    return text


def words(text, length):
    """:return: list of the words of a cleaned text, each of `length` at most"""
    found = [word for word in text.split() if _ONLY_IGNORED.sub("", word)]
    meant = [word for word in found if word.strip(_BETWEEN)]
    # Only punctuation: then it is what the person looks for.
    return [(word.strip(AROUND) or word)[:length] for word in meant or found]


def phone(text):
    """:return: the number in a cleaned text that consists of a phone only; any other
    text is returned more or less as it is
    """
    text = _EXTENSION.sub("", _LABEL.sub("", text.translate(_DASHES)))
    return text.strip(AROUND + " \n\r\t\u00a0\u202f")


def _visible(text):
    """:return: the text without characters that nobody sees"""
    if text.isprintable():
        return text
    return "".join(
        " "
        if unicodedata.category(letter) in _INVISIBLE and letter not in "\n\r\t"
        else letter
        for letter in text.translate(_INSIDE)
    )
