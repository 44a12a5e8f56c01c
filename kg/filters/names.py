"""Names compared word by word: in any case, without accents, whole words only."""

import re
import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import cache, lru_cache
from typing import Final

from kg import terms

CLOSE: Final = 0.7
"""How alike two names must be (0 to 1) for one to be a suggestion for the other."""

_LETTERS: Final = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "ı": "i", "ə": "a"}
)


class _Bases(dict[int, int | None]):
    """Every letter as itself, and combining ones as nothing; each looked at once."""

    def __missing__(self, letter: int) -> int | None:
        found = None if unicodedata.combining(chr(letter)) else letter
        self[letter] = found
        return found


_BASES: Final = _Bases()
_WORD: Final = re.compile(r"[^\W_]+")
_LATIN: Final = (range(0xC0, 0x530), range(0x1E00, 0x1F00))
_EDGE: Final = r"[^\p{L}\p{N}]"


@lru_cache(maxsize=65536)
def words(text: str) -> tuple[str, ...]:
    """The words of a name as they are compared.

    >>> words("Zoë Łem-Orsova, the Prosecutor’s Office")
    ('zoe', 'lem', 'orsova', 'the', 'prosecutor', 's', 'office')
    """
    return tuple(_WORD.findall(text.lower() if text.isascii() else _plain(text)))


def holds(term: str, name: str) -> str:
    """The SPARQL test whether a term has all words of a name; false for a name without words."""
    found = dict.fromkeys(words(name))
    tests = [f'REGEX(STR({term}), {terms.literal(_pattern(word))}, "i")' for word in found]
    return " && ".join(tests) or "false"


def phrase(term: str, wanted: Iterable[str], *, begins: bool = False) -> str:
    """The SPARQL test whether a term has these words, one after the other.

    With ``begins`` the last of them may go on.
    """
    between = f"{_EDGE}+".join(map(_letters, wanted))
    end = "" if begins else f"({_EDGE}|$)"
    return f'REGEX(STR({term}), {terms.literal(f"(^|{_EDGE}){between}{end}")}, "i")'


def near(name: str, known: Iterable[str], most: int = 5) -> list[str]:
    """The known names that are written most like this one, the likeliest first.

    >>> near("Tollen", ["Mira Tolen", "Anto Reva", "Tolvesk"])
    ['Mira Tolen']
    """
    wanted = words(name)
    scored = [(_likeness(wanted, words(one)), one) for one in dict.fromkeys(known)]
    close = sorted((-score, one) for score, one in scored if score >= CLOSE)
    return [one for _, one in close[:most]]


def _likeness(wanted: tuple[str, ...], known: tuple[str, ...]) -> float:
    """How alike two names are: as wholes, or the one word that is wanted and the best of them."""
    pairs = [(" ".join(wanted), " ".join(known))]
    if len(wanted) == 1:
        pairs += [(wanted[0], word) for word in known]
    return max(_ratio(*pair) for pair in pairs)


def _ratio(one: str, other: str) -> float:
    """How alike two texts are; 0 for what cheaper bounds say is not close."""
    matcher = SequenceMatcher(None, one, other)
    if matcher.real_quick_ratio() < CLOSE or matcher.quick_ratio() < CLOSE:
        return 0.0
    return matcher.ratio()


def _pattern(word: str) -> str:
    """A regular expression for a word with or without accents, between anything but letters."""
    return f"(^|{_EDGE}){_letters(word)}({_EDGE}|$)"


def _letters(word: str) -> str:
    """A regular expression for a word with or without accents."""
    return "".join(
        "(?:ss|ß)" if letter == "ß" else _variants().get(letter, letter) + r"\p{M}*"
        for letter in word.replace("ss", "ß")
    )


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.casefold()).translate(_LETTERS)
    return letters.translate(_BASES)


@cache
def _variants() -> dict[str, str]:
    """Each letter with its accented ones, as a class of a regular expression."""
    found: dict[str, str] = {}
    for letter in (chr(code) for codes in _LATIN for code in codes):
        plain = _plain(letter)
        if len(plain) == 1 and plain != letter:
            found[plain] = found.get(plain, plain) + letter
    return {plain: f"[{letters}]" for plain, letters in found.items()}
