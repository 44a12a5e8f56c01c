"""Which statements are the same words of the same speaker, told by more than one article.

They are linked, never merged: each article's telling stays a statement of its own.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final, NamedTuple

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


class Quoted(NamedTuple):
    """A statement of enough words to be known again: they and what kind of telling it is, the
    article's first day, whether it is direct speech, and who speaks, as articles can be compared
    by."""

    iri: str
    published: str | None
    words: tuple[str, str]
    quoted: bool
    speaker: str | None


def quoted(said: Iterable[StatementFacts], parties: Parties) -> Iterator[Quoted]:
    """Those statements that have words enough."""
    for one in said:
        words = fold(one.words)
        if words.count(" ") >= LEAST_WORDS - 1:
            speaker = parties.token(one.speaker) if one.speaker is not None else None
            kind = "" if one.quoted else one.act
            yield Quoted(one.iri, one.published, (words, kind), one.quoted, speaker)


def link_quotations(told: Iterable[Quoted]) -> Iterator[Link]:
    """One link for each statement but the earliest of those that tell the same words."""
    ordered = sorted(told, key=lambda one: (one.words, age(one)))
    for _, group in groupby(ordered, key=lambda one: one.words):
        yield from _links(list(group))


def overruled_quotations(
    found: Iterable[Link], known: Collection[str], judgements: Iterable[Identity]
) -> Iterator[Link]:
    """The links after people's word on statements, which comes first; theirs are added.

    ``known`` are all statements (terms).
    """
    judged = [one for one in judgements if all(f"<{end}>" in known for end in one.pair)]
    spoken = {one.pair for one in judged if not one.contested}
    yield from (one for one in found if pair_of(one) not in spoken)
    yield from map(link, judged)


def _links(alike: Sequence[Quoted]) -> Iterator[Link]:
    if len(alike) < 2:
        return
    known: dict[str, Quoted] = {}
    unknown = [one for one in alike if one.speaker is None and one.quoted]
    for one in alike:
        if one.speaker is not None:
            first = known.setdefault(one.speaker, one)
            if first is not one:
                yield _link(one, first, QUOTATION if one.quoted else WORDS)
    if len(known) == 1:
        anchor = next(iter(known.values()))
        yield from (_link(one, anchor, ONE_UNKNOWN) for one in unknown)


def _link(one: Quoted, first: Quoted, match: Match) -> Link:
    return Link(one.iri[1:-1], first.iri[1:-1], "same", match.score, match.reason)
