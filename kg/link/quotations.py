"""Which statements are the same words of the same speaker, told by more than one article.

They are linked, never merged: each article's telling stays a statement of its own.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final

from kg.link.cluster import Match, age
from kg.link.facts import StatementFacts
from kg.link.parties import Parties
from kg.link.words import fold
from kg.model import Link

LEAST_WORDS: Final = 6
QUOTATION: Final = Match(0.95, "the same quotation of the same speaker")
ONE_UNKNOWN: Final = Match(0.8, "the same quotation, one speaker unknown")
WORDS: Final = Match(0.85, "the same words and act of the same speaker, in indirect speech")


def link_quotations(said: Sequence[StatementFacts], parties: Parties) -> Iterator[Link]:
    """One link for each statement but the earliest of those that tell the same words."""
    keyed = sorted(_keyed(said), key=lambda pair: (pair[0], age(pair[1])))
    for _, group in groupby(keyed, key=lambda pair: pair[0]):
        yield from _links([one for _, one in group], parties)


def _keyed(said: Iterable[StatementFacts]) -> Iterator[tuple[tuple[str, str], StatementFacts]]:
    for one in said:
        words = fold(one.words)
        if words.count(" ") >= LEAST_WORDS - 1:
            yield (words, "" if one.quoted else one.act), one


def _links(alike: Sequence[StatementFacts], parties: Parties) -> Iterator[Link]:
    if len(alike) < 2:
        return
    known: dict[str, StatementFacts] = {}
    unknown = [one for one in alike if one.speaker is None and one.quoted]
    for one in alike:
        if one.speaker is not None:
            first = known.setdefault(parties.token(one.speaker), one)
            if first is not one:
                yield _link(one, first, QUOTATION if one.quoted else WORDS)
    if len(known) == 1:
        anchor = next(iter(known.values()))
        yield from (_link(one, anchor, ONE_UNKNOWN) for one in unknown)


def _link(one: StatementFacts, first: StatementFacts, match: Match) -> Link:
    return Link(one.iri[1:-1], first.iri[1:-1], "same", match.score, match.reason)
