"""What people say of identity, over what the linker found: same and different.

A person's word comes before any rule's. Things are joined along links, people's first, then the
linker's from the surest down and from the earliest told; a link that would bring together two
things of which people say that they are different is left out. So a thing that was set apart takes
along what only it leads to, and everything else stays where it was.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final

from kg.judgements import Identity
from kg.link.cluster import Clusters, Thing, age
from kg.model import Link

SURE: Final = 1.0
"""The score of a person's link."""

Ages = Mapping[str, tuple[str, str]]
Fits = Callable[[str, str], bool]


def overruled(
    found: Clusters,
    things: Sequence[Thing],
    judgements: Iterable[Identity],
    *,
    fits: Fits = lambda one, other: True,
) -> Clusters:
    """The clusters after people's word on the things in them.

    ``judgements`` may be of others as well. ``fits`` says of two things (terms) whether they can
    be one at all; where not, a "same" waits.
    """
    ages = {thing.iri: age(thing) for thing in things}
    judged = [one for one in judgements if {_term(end) for end in one.pair} <= ages.keys()]
    judged = [one for one in judged if not one.same or fits(*map(_term, one.pair))]
    if not judged:
        return found
    holding = [one for one in judged if not one.contested]
    touched, rest = _parted(found.members, holding)
    inside = {member for members in touched for member in members}
    machine = [one for one in found.links if _term(one.subject) in inside]
    home = _joined(inside, machine, holding, ages)
    groups = {id(group): group for group in home.values()}
    members = [tuple(sorted(group, key=ages.__getitem__)) for group in groups.values()]
    spoken = {one.pair for one in holding}
    kept = [
        one
        for one in found.links
        if _term(one.subject) not in inside
        or (home[_term(one.subject)] is home[_term(one.object)] and pair_of(one) not in spoken)
    ]
    return Clusters(tuple(sorted([*rest, *members])), (*kept, *map(link, judged)))


def link(one: Identity) -> Link:
    """What a person says of two things, as a link."""
    judgement = "same" if one.same else "different"
    return Link(
        *(one.subject, one.object, judgement, SURE, one.why, one.by),  # type: ignore[arg-type]
        contested=one.contested,
    )


def joined_by_people(judgements: Iterable[Identity]) -> frozenset[str]:
    """The things (terms) that somebody holds to be the same as others, unless that is contested."""
    return frozenset(
        _term(end) for one in judgements if one.same and not one.contested for end in one.pair
    )


def _parted(
    clusters: Sequence[tuple[str, ...]], judgements: Sequence[Identity]
) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
    """The clusters that people's word touches, and the others."""
    ends = {_term(end) for one in judgements for end in one.pair}
    touched = [members for members in clusters if not ends.isdisjoint(members)]
    return touched, [members for members in clusters if ends.isdisjoint(members)]


def _joined(
    things: Iterable[str], machine: Sequence[Link], judgements: Sequence[Identity], ages: Ages
) -> dict[str, list[str]]:
    """Thing → the group that it is in (one list for all of a group)."""
    home = {thing: [thing] for thing in things}
    apart = sorted({tuple(map(_term, one.pair)) for one in judgements if not one.same})
    for first, second in (*_by_people(judgements), *_by_rules(machine, ages)):
        small, large = sorted((home[first], home[second]), key=len)
        kept_apart = any(
            (home[one] is small and home[other] is large)
            or (home[one] is large and home[other] is small)
            for one, other in apart
        )
        if small is not large and not kept_apart:
            large.extend(small)
            home.update(dict.fromkeys(small, large))
    return home


def _by_people(judgements: Iterable[Identity]) -> Iterator[tuple[str, str]]:
    pairs = sorted({one.pair for one in judgements if one.same})
    yield from ((_term(one), _term(other)) for one, other in pairs)


def _by_rules(links: Iterable[Link], ages: Ages) -> Iterator[tuple[str, str]]:
    """The linker's joins, surest first, then those of what was told first."""

    def rank(ends: tuple[str, str], score: float) -> tuple[object, ...]:
        older, younger = sorted(ages[end] for end in ends)
        return -score, younger, older

    ranked = [((_term(one.subject), _term(one.object)), one.score) for one in links]
    yield from (ends for ends, _ in sorted(ranked, key=lambda pair: rank(*pair)))


def pair_of(one: Link) -> tuple[str, str]:
    """The two things of a link, in one order."""
    return min(one.subject, one.object), max(one.subject, one.object)


def _term(iri: str) -> str:
    return f"<{iri}>"
