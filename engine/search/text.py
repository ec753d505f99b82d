"""What somebody typed into a search box, as terms of a bounded number and length.

Every term costs PostgreSQL time, to plan it and to look for it, and so a text becomes
a handful of terms however long it is.

- **Typed**: up to `WORDS` different words. Each of them has to occur.
- **Pasted**: more words than anybody types, such as the address on a letter or the end
  of an e-mail. It names the client, and much that the client file does not search,
  such as a street. One of these is enough to find the client: the first line or, where
  all is in one line, the first words; one of the first pairs of long words side by
  side, as in a name; an e-mail address; a number of at least `LONG_NUMBER` digits
  (phone, VAT, registry); or the longest words, all of them, as in a long name.

Only the first `LENGTH` characters of a text and the first `WORD_LENGTH` of a word
count, and of what is looked for in a pasted text the first `PIECE`. Characters that
nobody sees separate words: control and format characters, such as NUL, those that turn
the direction of a text, and joints of zero width. So names are found whether they have
them or not.
"""

import re
import unicodedata
from dataclasses import dataclass

LENGTH = 1000
WORDS = 8
WORD_LENGTH = 64
# Of what was pasted: few and short, or PostgreSQL would take reading all partners for
# quicker than looking for each of them in the index.
PIECE = 24
LONGEST_WORDS = 3
NAMES = 4
ADDRESSES = 1
NUMBERS = 3
LONG_NUMBER, TOO_LONG_NUMBER = 7, 20

# Control and format characters, and halves of characters.
_INVISIBLE = {"Cc", "Cf", "Cs"}
# Accents to be set on a letter: the search key has none.
_ACCENTS = re.compile("[\u0300-\u036f]+")
_LINE_END = re.compile(r"[,;|\n\r\t]")
_NUMBER = re.compile(r"\+?\d[\d\s./()'-]{5,}\d")
_AROUND = ".,;:|<>()[]{}\"'«»“”„"
_LETTERS = 4


@dataclass(frozen=True)
class Terms:
    """What to look for: all of the words, or one of the others.

    :param tuple words: the longest one first; none when everybody is meant
    :param tuple phones: texts that may be phone numbers
    :param tuple phrases: texts to find as they are, with one space between words
    :param tuple numbers: digits to find among the numbers of a client
    """

    words: tuple
    phones: tuple = ()
    phrases: tuple = ()
    numbers: tuple = ()

    def reads_everybody(self):
        """:return: whether no index finds the words"""
        return not any(map(has_trigram, self.words))


def has_trigram(word):
    """:return: whether an index of trigrams can look for a text

    A trigram is three characters of a word, with two spaces before the word and one
    behind it. The text may stand in the middle of a word: its ends have no spaces.
    """
    parts = "".join(char if char.isalnum() else " " for char in word).split(" ")
    last = len(parts) - 1
    return any(
        part and len(part) + 2 * (place > 0) + (place < last) >= 3
        for place, part in enumerate(parts)
    )


def terms(text):
    """:return: the `Terms` of what was typed, see above"""
    text = _visible(text[:LENGTH])
    words = _words(text)
    different = {word.casefold(): word for word in words}.values()
    # The longest one first: few have it, and so PostgreSQL seldom looks for the others.
    different = sorted(different, key=len, reverse=True)
    if len(different) <= WORDS:
        return Terms(tuple(different), phones=(text.strip(),))
    numbers = list(dict.fromkeys(_NUMBER.findall(text)))[:NUMBERS]
    digits = (re.sub(r"\D", "", number) for number in numbers)
    phrases = (*_names(text, words), *_addresses(words))
    return Terms(
        words=tuple(word[:PIECE] for word in different[:LONGEST_WORDS]),
        phones=tuple(numbers),
        phrases=tuple(phrase[:PIECE].strip() for phrase in phrases),
        numbers=tuple(
            number for number in digits if LONG_NUMBER <= len(number) <= TOO_LONG_NUMBER
        ),
    )


def _visible(text):
    """:return: the text, with a space for what nobody sees"""
    if text.isprintable():
        return text
    return "".join(
        " "
        if unicodedata.category(letter) in _INVISIBLE and letter not in "\n\r\t"
        else letter
        for letter in text
    )


def _words(text):
    words = (word[:WORD_LENGTH] for word in text.split())
    # Nothing but accents is nothing to look for.
    return [word for word in words if _ACCENTS.sub("", word)]


def _addresses(words):
    addresses = (word.strip(_AROUND).removeprefix("mailto:") for word in words)
    found = [word for word in addresses if re.search(r".@.+\..", word)]
    return found[:ADDRESSES]


def _names(text, words):
    """:return: what may be the name of the client, or a part of it"""
    first = _LINE_END.split(text.strip(), 1)[0].split()
    if len(first) >= len(words):  # all in one line
        first = first[: 2 if first[1].isalnum() else 3]
    names = [" ".join(first[:WORDS]).strip(_AROUND)]
    for one, other in zip(words, words[1:], strict=False):
        pair = (one.lstrip(_AROUND), other.strip(_AROUND))
        if all(map(_is_name, pair)):
            names.append(" ".join(pair))
    names = [name for name in names if len(name) > _LETTERS]
    return list(dict.fromkeys(names))[:NAMES]


def _is_name(word):
    """:return: whether a word is one of letters, and long enough to tell names apart"""
    return len(word) >= _LETTERS and re.fullmatch(r"[^\W\d_]+(['’.-][^\W\d_]+)*", word)
