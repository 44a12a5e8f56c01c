"""Names folded to keys: case, accents, hyphens, apostrophes and "St." make no difference."""

import re
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Final

DATA: Final = Path(__file__).parents[1] / "gazetteer_data"

_LETTERS: Final = str.maketrans(
    {"ı": "i", "ə": "a", "ǝ": "a", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ß": "ss", "æ": "ae"}
    | {"œ": "oe", "þ": "th", "ħ": "h", "&": " and "}
    | dict.fromkeys("'’‘ʻʼ`ʿʾ´.", "")
)
_BREAKS: Final = re.compile(r"[^a-z0-9]+")
_WHOLE_WORDS: Final = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}
SMALL_TYPES: Final = frozenset(
    ["district", "county", "raion", "rayon", "borough", "parish", "municipality", "regency"]
)
"""Words that after a name say it is a division of the second level, where it has one."""
TYPES: Final = SMALL_TYPES | {
    *("province", "region", "oblast", "governorate", "state", "prefecture", "department"),
    *("canton", "territory", "voivodeship", "emirate", "krai", "republic", "division"),
}
"""Words that after a name say it is a division and no town."""
SETTLED: Final = frozenset(["city", "town", "village", "hamlet"])
"""Words that say of a name beside them that it is a settlement's: "the village of Victoria"."""
DIRECTIONS: Final = frozenset(
    [
        *("north", "south", "east", "west", "centre", "center", "central", "northern", "southern"),
        *("eastern", "western", "nord", "sud", "est", "ouest", "north west", "north east"),
        *(
            "south west",
            "south east",
            "northwest",
            "northeast",
            "southwest",
            "southeast",
            "capital",
        ),
        *("upper", "lower", "middle", "delta", "unity", "lakes", "littoral", "bay", "mon"),
        *("lac", "capital"),
    ]
)
"""Divisions' names that are words: they name a division only with its type ("Eastern Province")."""


@lru_cache(maxsize=16384)
def key(name: str) -> str:
    """The folded form that names are compared by; empty for a name without Latin letters.

    >>> key("Xankəndi"), key("Sana'a"), key("Port-au-Prince"), key("St. John’s")
    ('xankandi', 'sanaa', 'port au prince', 'saint johns')
    """
    folded = name.casefold().translate(_LETTERS)
    if not folded.isascii():
        decomposed = unicodedata.normalize("NFKD", folded)
        folded = "".join(mark for mark in decomposed if not unicodedata.combining(mark))
    words = _BREAKS.sub(" ", folded.translate(_LETTERS)).split()
    return " ".join(_WHOLE_WORDS.get(word, word) for word in words)


def is_code(name: str) -> bool:
    """Whether a name counts only as written: "US", "U.K.", "LoC" ("us" and "loc" are words).

    >>> is_code("U.S."), is_code("Chad")
    (True, False)
    """
    letters = name.replace(".", "").replace("&", "")
    return len(letters) <= 5 and sum(letter.isupper() for letter in letters) > 1


def code(name: str) -> str:
    """A code without its full stops and possessive.

    >>> code("U.S.'s")
    'US'
    """
    return name.removesuffix("'s").removesuffix("’s").replace(".", "")


def split_type(folded: str) -> tuple[str, str] | None:
    """A key without the word that says it is a division.

    >>> split_type("kherson oblast"), split_type("kherson"), split_type("county kerry")
    (('kherson', 'oblast'), None, ('kerry', 'county'))
    """
    base, _, last = folded.rpartition(" ")
    if base and last in TYPES:
        return base, last
    first, _, rest = folded.partition(" ")
    return (rest, "county") if rest and first in {"county", "co"} else None
