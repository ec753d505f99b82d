"""Split the text of a search box into search terms of limited number and length.

Each term costs PostgreSQL time, both to plan and to search. So even a long text gives
only a few terms.

- **Typed**: up to `WORDS` different words. All of them must occur. If one of them is an
  e-mail address, the address is enough: `Anna Weber <anna@weber.example>`.
- **Pasted**: more words, for example the address of a letter or the signature of an
  e-mail. Such a text names the client, but also contains things that the search does
  not cover, such as a street. So one of these parts is enough to find the client:

  - the first line or, if everything is in one line, the first words;
  - two adjacent long words, which may be a name;
  - an e-mail address;
  - a number of at least `LONG_NUMBER` digits (phone, VAT, registry);
  - the longest words, if all of them occur.

Only the first `LENGTH` characters of a text, the first `WORD_LENGTH` characters of a
word and the first `PIECE` characters of a part are used. What a pasted text has around
its words is removed before, see `engine.search.cleanup`.
"""

import re
from dataclasses import dataclass

from . import cleanup
from .cleanup import AROUND

LENGTH = 1000
WORDS = 8
WORD_LENGTH = 64
# Limits for the parts of a pasted text. With more or longer parts, PostgreSQL would
# read all partners instead of searching each part in the index.
PIECE = 24
LONGEST_WORDS = 3
NAMES = 4
ADDRESSES = 1
NUMBERS = 3
LONG_NUMBER, TOO_LONG_NUMBER = 7, 20

_LINE_END = re.compile(r"[,;|\n\r\t]")
_NUMBER = re.compile(r"\+?\d[\d\s./()'-]{5,}\d")
_LETTERS = 4


@dataclass(frozen=True)
class Terms:
    """The search terms: a client matches all words, or one of the other terms.

    :param tuple words: the longest word first; empty if all clients match
    :param tuple phones: texts that may be phone numbers
    :param tuple phrases: texts to find as they are, with one space between words
    :param tuple numbers: digits to find among the numbers of a client
    """

    words: tuple
    phones: tuple = ()
    phrases: tuple = ()
    numbers: tuple = ()

    def reads_everybody(self):
        """:return: whether no index can find the words"""
        return not any(map(has_trigram, self.words))


def has_trigram(word):
    """:return: whether a trigram index can find a text

    A trigram is a group of three characters in a word that has two spaces added before
    and one after it. The text may be in the middle of a word, so no spaces are added at
    its own ends.
    """
    parts = "".join(char if char.isalnum() else " " for char in word).split(" ")
    last = len(parts) - 1
    return any(
        part and len(part) + 2 * (place > 0) + (place < last) >= 3
        for place, part in enumerate(parts)
    )


def terms(text):
    """:return: the `Terms` of a typed or pasted text, see above"""
    text = cleanup.clean(text[:LENGTH])
    words = cleanup.words(text, WORD_LENGTH)
    distinct = {word.casefold(): word for word in words}.values()
    # The longest word first: few clients have it, so PostgreSQL rarely compares the
    # other words.
    distinct = sorted(distinct, key=len, reverse=True)
    if len(distinct) <= WORDS:
        return Terms(
            tuple(distinct),
            phones=(cleanup.phone(text),),
            phrases=tuple(_addresses(words)) if len(distinct) > 1 else (),
        )
    numbers = list(dict.fromkeys(_NUMBER.findall(text)))[:NUMBERS]
    digits = (re.sub(r"\D", "", number) for number in numbers)
    phrases = (*_names(text, text.split()), *_addresses(words))
    return Terms(
        words=tuple(word[:PIECE] for word in distinct[:LONGEST_WORDS]),
        phones=tuple(numbers),
        phrases=tuple(phrase[:PIECE].strip() for phrase in phrases),
        numbers=tuple(
            number for number in digits if LONG_NUMBER <= len(number) <= TOO_LONG_NUMBER
        ),
    )


def _addresses(words):
    found = [word for word in words if re.search(r".@.+\..", word)]
    return found[:ADDRESSES]


def _names(text, words):
    """:return: list of texts that may be the name of the client, or a part of it"""
    first_line = _LINE_END.split(text.strip(), 1)[0].split()
    if len(first_line) >= len(words):  # there is only one line
        first_line = first_line[: 2 if first_line[1].isalnum() else 3]
    names = [" ".join(first_line[:WORDS]).strip(AROUND)]
    for word, next_word in zip(words, words[1:], strict=False):
        pair = (word.lstrip(AROUND), next_word.strip(AROUND))
        if all(map(_is_name, pair)):
            names.append(" ".join(pair))
    names = [name for name in names if len(name) > _LETTERS]
    return list(dict.fromkeys(names))[:NAMES]


def _is_name(word):
    """:return: whether a word consists of letters and is long enough for a name"""
    return len(word) >= _LETTERS and re.fullmatch(r"[^\W\d_]+(['’.-][^\W\d_]+)*", word)
