"""The kinds of blocks, see `blocks`: what partners have in common that are compared."""

from dataclasses import dataclass

OTHER_WORDS = "array_to_string(array_remove(k.words, word), ' ')"
# The blocks of bank accounts, and the pairs whose names are one letter apart.
ACCOUNT, TYPO = 200, 201
# The kinds whose number of partners says how sure a pair is.
COUNTED = ("email", "phone")


@dataclass(frozen=True)
class Kind:
    """What puts partners into one block.

    :param str name: name of the kind
    :param str value: SQL of the value, over the key `k` and its `word`
    :param int most: size of the largest block that is compared
    :param str condition: SQL
    :param bool by_word: whether there is a value for each word of the name
    :param bool tell: whether the caller is told about blocks that are left out
    :param bool of_contacts: for the contacts of one client
    """

    name: str
    value: str
    most: int
    condition: str = "TRUE"
    by_word: bool = False
    tell: bool = False
    of_contacts: bool = False


OF_CLIENTS = (
    Kind("vat", "k.vat", 20, tell=True),
    Kind("registry", "k.registry", 20, tell=True),
    Kind("email", "k.email", 20, tell=True),
    Kind("phone", "right(k.phone, 8)", 20, tell=True),
    Kind("name", "array_to_string(k.words, ' ')", 8),
    # Also one word that others write as two.
    Kind("tight", "k.tight", 8),
    Kind(
        "name_zip",
        "concat(k.zip, ' ', array_to_string(k.words, ' '))",
        30,
        "k.zip IS NOT NULL AND k.words IS NOT NULL",
    ),
    Kind(
        "word_zip",
        f"concat(k.zip, ' ', {OTHER_WORDS})",
        30,
        "k.zip IS NOT NULL AND cardinality(k.words) BETWEEN 2 AND 6",
        by_word=True,
    ),
    # A name of one word, with one or more wrong letters.
    Kind(
        "start_zip",
        "concat(k.zip, ' ', left(k.words[1], 3))",
        30,
        "k.zip IS NOT NULL AND cardinality(k.words) = 1",
    ),
)
# The VAT number, phone and town of a client say nothing about its contacts.
OF_CONTACTS = (
    Kind("email", "k.email", 20, of_contacts=True),
    Kind("phone", "right(k.phone, 8)", 20, of_contacts=True),
    Kind("name", "array_to_string(k.words, ' ')", 20, of_contacts=True),
    Kind("tight", "k.tight", 20, of_contacts=True),
    Kind(
        "word",
        OTHER_WORDS,
        20,
        "cardinality(k.words) BETWEEN 2 AND 6",
        by_word=True,
        of_contacts=True,
    ),
)
# By the number that the tables of a search hold.
KINDS = dict(enumerate((*OF_CLIENTS, *OF_CONTACTS)))


def codes_of(name):
    """:return: tuple of the numbers of the kinds with this name"""
    return tuple(code for code, kind in KINDS.items() if kind.name == name)
