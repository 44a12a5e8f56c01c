"""Words compared without case, accents, marks or blanks; and which of them carry meaning."""

import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

_LETTERS: Final = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ə": "a"}
)
_MARKS: Final = re.compile(r"[.'’‘ʼ]")
_WORD: Final = re.compile(r"\w+")
_NUMBER: Final = re.compile(r"\d[\d,.]*")


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """A name or label for comparison: no case, accents, full stops, apostrophes or dashes.

    >>> fold("The  Zoë Łem‑Institute"), fold("U.S. Envoys’ Office")
    ('zoe lem institute', 'us envoys office')
    """
    plain = text.casefold()
    if not plain.isascii():
        letters = unicodedata.normalize("NFKD", plain).translate(_LETTERS)
        plain = "".join(char for char in letters if not unicodedata.combining(char))
    return " ".join(_WORD.findall(_MARKS.sub("", plain))).removeprefix("the ")


@lru_cache(maxsize=65536)
def described(label: str) -> str:
    """A folded description without its leading articles, quantities and numbers.

    >>> described("several of the Marovian prisoners")
    'marovian prisoners'
    """
    words = fold(label).split()
    loose = _words("quantity_words.txt") | _words("function_words.txt")
    while len(words) > 1 and (words[0] in loose or _NUMBER.fullmatch(words[0])):
        words.pop(0)
    return " ".join(words)


def indefinite(label: str) -> bool:
    """Whether a label only counts or quantifies what it names: nobody can be told by it.

    >>> indefinite("two Marovian officials"), indefinite("Marovian soldiers")
    (True, False)
    """
    first = re.findall(r"\w+", label.casefold())[:1]
    loose = _words("quantity_words.txt") | _words("vague_words.txt")
    return any(word in loose or _NUMBER.fullmatch(word) for word in first)


@lru_cache(maxsize=65536)
def content_words(text: str) -> frozenset[str]:
    """The words of a text that carry meaning.

    >>> sorted(content_words("The talks on a truce"))
    ['talks', 'truce']
    """
    return frozenset(fold(text).split()) - _words("function_words.txt")


def generic(name: str) -> bool:
    """Whether a folded name is made of words any country's institution may carry.

    >>> generic("ministry of defence"), generic("lake institute")
    (True, False)
    """
    return not set(name.split()) - _words("generic_words.txt") - _words("function_words.txt")


@cache
def _words(file: str) -> frozenset[str]:
    text = (Path(__file__).parent / file).read_text("utf-8")
    rows = (row.split("#")[0].split() for row in text.splitlines())
    return frozenset(word for row in rows for word in row)
