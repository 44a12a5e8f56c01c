"""Who leads a country: "President Yoweri Museveni" is Uganda's where the text names none."""

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import Final

from kg.extract.actors.drafts import Draft, Scene
from kg.extract.lexicon import rows

HEADS: Final = frozenset({"president", "prime minister", "premier", "chancellor"})
"""Posts that a country has one of."""
NUMERALS: Final = frozenset({"II", "III", "IV", "VI"})
_ARTICLE: Final = re.compile(r"^(?:al|el|as|ad)-")
_TWICE: Final = re.compile(r"(.)\1+")


@dataclass(frozen=True, slots=True)
class Leader:
    """A row of ``leaders.tsv``: folded names, and whether the office was held."""

    family: frozenset[str]
    given: frozenset[str]
    country: str
    held: bool

    def is_meant(self, words: set[str]) -> bool:
        """Whether a name of these words is this one's."""
        others = words - self.family
        return bool(others & self.given) if others else self.held and words == self.family


def read(scene: Scene) -> None:
    """Give heads of state and government whose country the text leaves out the one they lead."""
    for draft in scene.register.of_kind("Person"):
        if draft.country is None and draft.post_kinds & HEADS and not _serves(draft):
            draft.country = country_of(draft.name or "")


def _serves(draft: Draft) -> bool:
    """ "The club's president": a body's, and no country's."""
    return any(post.organization for post in draft.posts)


def country_of(name: str) -> str | None:
    """The one country that a leader of this name is of; a family name alone has to be one's own.

    >>> country_of("Yoweri Museveni"), country_of("Mugabe"), country_of("Ada Museveni")
    ('UG', 'ZW', None)
    """
    words = {_fold(word) for word in name.split()}
    known = (leader for word in words for leader in _leaders().get(word, ()))
    found = {leader.country for leader in known if leader.is_meant(words)}
    return found.pop() if len(found) == 1 else None


@cache
def _leaders() -> dict[str, list[Leader]]:
    """Folded family name → who bear it."""
    found: dict[str, list[Leader]] = defaultdict(list)
    for row in rows("leaders.tsv"):
        words = set(row["name"].split()) - NUMERALS
        capitals = {word for word in words if _is_family(word)}
        family, given = ({_fold(word) for word in part} for part in (capitals, words - capitals))
        leader = Leader(
            frozenset(family), frozenset(given), row["country"], row["office"] == "held"
        )
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
