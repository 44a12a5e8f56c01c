"""How words are usually written: lower case, capitalised, in capitals."""

import gzip
import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from kg.analyse.tables import LISTS, rows, words

LIST: Final = "casing.tsv"
_CODES: Final = frozenset(word.lower() for word in words(LIST, "code"))
_TITLES: Final = words(LIST, "title")
_PREFIXES: Final = tuple(row[0] for row in rows("prefixes.tsv") if len(row[0]) > 1)
_SUFFIXES: Final = ("ed", "d", "ing", "s", "es", "al", "ly", "ist", "ists", "ment", "ness", "less")
_ACRONYM: Final = 5
"""Letters up to which a word that nobody can speak is an acronym."""
_SPOKEN: Final = re.compile(
    r"(?:[^aeiouy]|qu|[bcdfgkpt][rlh]|s[chklmnptw]h?|s[cpt]r|[tdg]w|zh|ll|gh)?"
    r"[aeiouy]+(?:[^aeiouy]{1,4}[aeiouy]+)*(?:[^aeiouy]{0,2}|rts|nts|nch|ngs)"
)


@cache
def _usual() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    text = gzip.decompress((LISTS / "words.txt.gz").read_bytes()).decode()
    for line in text.splitlines():
        if not line.startswith("#"):
            found[line.lower()] = (*found.get(line.lower(), ()), line)
    return found


def forms(word: str) -> tuple[str, ...]:
    """How a word given in small letters is written: ``war``, ``NATO``, ``bush`` and ``Bush``.

    What no list knows is a name, or an acronym where it is short and cannot be spoken.

    >>> forms("war"), forms("nato"), forms("lane"), forms("karsa"), forms("fpkr")
    (('war',), ('NATO',), ('Lane', 'lane'), ('Karsa',), ('FPKR',))
    """
    if word in _CODES:
        return (word.upper(),)
    listed = _usual().get(word)
    if listed is not None:
        return listed
    if any(_usual().get(stem, ())[-1:] == (stem,) for stem in _stems(word)):
        return (word,)
    spoken = len(word) > _ACRONYM or word in _TITLES or (_SPOKEN.fullmatch(word) and len(word) > 3)
    return (word.capitalize() if spoken else word.upper(),)


def is_common(word: str) -> bool:
    """Whether a word in small letters is an ordinary one, and no name as well.

    >>> is_common("war"), is_common("lane"), is_common("karsa")
    (True, False, False)
    """
    return forms(word) == (word,)


def _stems(word: str) -> Iterator[str]:
    """What a word may be made of: "counterinsurgency", "headquartered"."""
    yield from (
        word.removeprefix(p) for p in _PREFIXES if len(word) > len(p) + 4 and word.startswith(p)
    )
    yield from (
        word.removesuffix(s) for s in _SUFFIXES if len(word) > len(s) + 4 and word.endswith(s)
    )
