"""Which statements are the same words of the same speaker, told by more than one article.

They are linked, never merged: each article's telling stays a statement of its own.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final

from kg.judgements import Identity
from kg.link.cluster import Match, age
from kg.link.facts import StatementFacts
from kg.link.parties import Parties
from kg.link.people import link, pair_of
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


def overruled_quotations(
    found: Iterable[Link], statements: Iterable[StatementFacts], said: Iterable[Identity]
) -> Iterator[Link]:
    """The links after people's word on statements, which comes first; theirs are added."""
    known = {one.iri for one in statements}
    judged = [one for one in said if {f"<{end}>" for end in one.pair} <= known]
    spoken = {one.pair for one in judged if not one.contested}
    yield from (one for one in found if pair_of(one) not in spoken)
    yield from map(link, judged)


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
