"""Who has led a country, by family name."""

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import Final

from kg.extract.lexicon import rows

NUMERALS: Final = frozenset({"II", "III", "IV", "VI"})
_ARTICLE: Final = re.compile(r"^(?:al|el|as|ad)-")
_TWICE: Final = re.compile(r"(.)\1+")


@dataclass(frozen=True, slots=True)
class Leader:
    """A row of ``leaders.tsv``: folded names, and the offices held."""

    family: frozenset[str]
    given: frozenset[str]
    country: str
    offices: frozenset[str]

    def is_meant(self, words: set[str], offices: set[str]) -> bool:
        """Whether a name of these words is this one's, who is said to hold one of the offices."""
        others = words - self.family
        if others:
            return bool(others & self.given)
        return bool(offices & self.offices) and words == self.family


def country_of(name: str, offices: set[str]) -> str | None:
    """The one country that a leader of this name is of; a family name alone needs the office, too.

    >>> [country_of(name, {"president"}) for name in ("Paul Kagame", "Mugabe", "Ada Mugabe")]
    ['RW', 'ZW', None]
    """
    words = {_fold(word) for word in name.split()}
    known = (leader for word in words for leader in _leaders().get(word, ()))
    found = {leader.country for leader in known if leader.is_meant(words, offices)}
    return found.pop() if len(found) == 1 else None


def led(family: str) -> bool:
    """Whether somebody of that family name has led a country.

    >>> led("Mugabe"), led("Ada")
    (True, False)
    """
    return _fold(family) in _leaders()


@cache
def _leaders() -> dict[str, list[Leader]]:
    """Folded family name → who bear it."""
    found: dict[str, list[Leader]] = defaultdict(list)
    for row in rows("leaders.tsv"):
        words = set(row["name"].split()) - NUMERALS
        capitals = {word for word in words if _is_family(word)}
        family, given = ({_fold(word) for word in part} for part in (capitals, words - capitals))
        offices = frozenset(row["office"].split("|"))
        leader = Leader(frozenset(family), frozenset(given), row["country"], offices)
        for word in family:
            found[word].append(leader)
    return found


def _is_family(word: str) -> bool:
    return len(word) > 1 and not word.endswith(".") and _ARTICLE.sub("", word).isupper()


def _fold(word: str) -> str:
    """Without case, accents, article and double letters, which transcriptions differ in.

    >>> _fold("al-Assad"), _fold("ASAD")
    ('asad', 'asad')
    """
    plain = unicodedata.normalize("NFKD", word.lower())
    letters = "".join(one for one in _ARTICLE.sub("", plain) if one.isalpha())
    return _TWICE.sub(r"\1", letters)
