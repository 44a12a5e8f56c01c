"""Words compared without case, accents, marks or blanks; and which of them carry meaning."""

import re
import unicodedata
from collections.abc import Iterator
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


@lru_cache(maxsize=65536)
def refers(text: str) -> frozenset[str]:
    """The nouns by which a text takes up something told before, or no noun.

    >>> sorted(refers("shelling the border town")), sorted(refers("attacks on civilians"))
    (['border', 'town'], [])
    """
    words = _WORD.findall(text.casefold())
    starts = [at + 1 for at, word in enumerate(words) if word in _DEFINITE]
    found = {word for at in starts for word in _phrase(words[at : at + 3])}
    return frozenset(found)


_DEFINITE: Final = frozenset(("the", "this", "that"))


def _phrase(words: list[str]) -> Iterator[str]:
    """Words up to the first that ends a noun phrase."""
    for word in words:
        if word in _words("function_words.txt"):
            return
        yield word


def place_nouns() -> frozenset[str]:
    """Nouns that stand for a place told before."""
    return _words("place_nouns.txt")


def event_nouns() -> frozenset[str]:
    """Nouns that stand for an event told before."""
    return _words("event_nouns.txt")


def band_words() -> frozenset[str]:
    """Words by which armed people are described, and no band is named."""
    return _words("band_words.txt")


def repeated(text: str) -> bool:
    """Whether a text speaks of what is done time and again.

    >>> repeated("repeatedly shelling the town")
    True
    """
    return bool(set(_WORD.findall(text.casefold())) & _words("repeated_words.txt"))


@lru_cache(maxsize=65536)
def land(label: str) -> str | None:
    """The one country or people a description of forces or an office names, if it names one.

    >>> land("Keshi army"), land("Kesh's Defence Ministry"), land("Kesh"), land("Orm Front")
    ('kesh', 'kesh', 'kesh', None)
    """
    loose = _words("quantity_words.txt") | _words("function_words.txt")
    loose |= _words("generic_words.txt")
    words = [word.split("'")[0] for word in label.replace("’", "'").split()]
    proper = [word for word in words if word[:1].isupper() and word.casefold() not in loose]
    if len(proper) != 1:
        return None
    stem = re.sub("(?<=....)(?:ese|ish|n|i)$", "", fold(proper[0]))
    return stem or None


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
