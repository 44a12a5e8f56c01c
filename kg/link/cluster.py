"""Clusters of things that are one, and the links that say why. Independent of input order."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from kg.model import Link

Key = tuple[str, ...]
Tie = tuple[str, str, str]
"""How, of which kind and by which words two things with different keys may be one."""


class Match(NamedTuple):
    """Why two things are taken for one, and how sure the rule is (0 to 1)."""

    score: float
    reason: str


class Thing(Protocol):
    """Anything an article graph names: its IRI (a term) and the article's day."""

    @property
    def iri(self) -> str:
        """The IRI as a term."""

    @property
    def published(self) -> str | None:
        """The first day the article may be of (ISO 8601)."""


@dataclass(frozen=True, slots=True)
class Profile:
    """Things alike in all that linking looks at, earliest published first."""

    key: Key
    members: tuple[str, ...]
    alike: Match


@dataclass(frozen=True, slots=True)
class Clusters:
    """Each cluster's members (terms), the representative first; links as IRIs."""

    members: tuple[tuple[str, ...], ...]
    links: tuple[Link, ...]


Matches = Mapping[Key, Mapping[Key, Match]]
"""Which profiles match, written both ways round."""


def age(thing: Thing) -> tuple[str, str]:
    """Sort key: earliest published first, undated last, ties by IRI."""
    return thing.published or "~", thing.iri


def profiles(
    things: Iterable[tuple[Key, Thing]], alike: Mapping[Key, Match]
) -> tuple[dict[Key, Profile], dict[str, tuple[str, str]]]:
    """Things by key, and the age of every thing."""
    grouped: dict[Key, list[tuple[str, str]]] = {}
    ages: dict[str, tuple[str, str]] = {}
    for key, thing in things:
        ages[thing.iri] = age(thing)
        grouped.setdefault(key, []).append(ages[thing.iri])
    found = {
        key: Profile(key, tuple(iri for _, iri in sorted(members)), alike[key])
        for key, members in grouped.items()
    }
    return found, ages


def components(keys: Iterable[Key], matches: Matches) -> list[list[Key]]:
    """Keys joined by matches, each component sorted, components sorted."""
    left = set(keys)
    found = []
    for key in sorted(left):
        if key in left:
            found.append(sorted(_reach(key, matches, left)))
    return found


def _reach(start: Key, matches: Matches, left: set[Key]) -> Iterator[Key]:
    left.discard(start)
    waiting = [start]
    while waiting:
        key = waiting.pop()
        yield key
        near = [other for other in matches.get(key, ()) if other in left]
        left.difference_update(near)
        waiting.extend(near)


def gather(
    groups: Iterable[Sequence[Key]],
    known: Mapping[str, tuple[str, str]],
    by_key: Mapping[Key, Profile],
    matches: Matches,
) -> Clusters:
    """Clusters from groups of profile keys, with one link for each member but the first."""
    members: list[tuple[str, ...]] = []
    links: list[Link] = []
    for group in groups:
        inside = [by_key[key] for key in group]
        ordered = sorted((iri for one in inside for iri in one.members), key=known.__getitem__)
        members.append(tuple(ordered))
        if len(ordered) > 1:
            links.extend(_links(inside, ordered[0], matches))
    return Clusters(tuple(sorted(members)), tuple(links))


def _links(group: Sequence[Profile], representative: str, matches: Matches) -> Iterator[Link]:
    """Every member linked to the representative, or to a member that leads there."""
    by_key = {profile.key: profile for profile in group}
    root = next(profile for profile in group if representative in profile.members)
    reached = {root.key}
    waiting = [root]
    while waiting:
        profile = waiting.pop(0)
        anchor = profile.members[0]
        yield from (_link(member, anchor, profile.alike) for member in profile.members[1:])
        near = matches.get(profile.key, {})
        for key in sorted(near, key=lambda key: (-near[key].score, key)):
            if key in by_key and key not in reached:
                reached.add(key)
                waiting.append(by_key[key])
                yield _link(by_key[key].members[0], anchor, near[key])


def _link(member: str, anchor: str, match: Match) -> Link:
    return Link(member[1:-1], anchor[1:-1], "same", match.score, match.reason)
