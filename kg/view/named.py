"""Actors and places linked anew where something changed: with those that share a key or a tie.

What becomes of a key depends on the keys that ties lead to from it, and on those that people
joined it to; members of one key differ only in age. So a name that a hundred thousand articles
have costs what its few keys do.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from kg.judgements import Identity
from kg.link.cluster import Clusters, Key, Profile, gather
from kg.link.facts import ArticleFacts
from kg.link.people import overruled
from kg.view.entities import canonical, label_in
from kg.view.kinds import Aged, Kind, Relinked, Spoken, aged, keyed, put_in, take_out
from kg.view.ties import Ties

Age = tuple[str, str]

TOGETHER: Final = 2_000
"""Members that are linked at a time, unless one name alone has more."""


def relink(
    ties: Ties,
    kind: Kind,
    old: Sequence[ArticleFacts],
    new: Sequence[ArticleFacts],
    spoken: Spoken,
) -> Relinked:
    """Put the things of changed articles in the place of what they held, and link them."""
    here = _ThingsAround(ties, kind)
    gone = [thing for one in old for thing in kind.things(one)]
    come = [thing for one in new for thing in kind.things(one)]
    joined = here.joined(spoken.before)
    start = {here.key(thing) for thing in (*gone, *come)} | here.keys(spoken.ends)
    wide = here.closed(start, joined)
    firsts = {key: here.first(key) for key in wide}
    take_out(ties, kind, old)
    put_in(ties, kind, new)
    joined += here.joined(spoken.now)
    wide = here.closed(wide, joined)
    here.link(wide, firsts, {key for pair in joined for key in pair}, spoken.now, come)
    here.found.subjects.update(thing.iri for thing in gone)
    return here.found


def relink_all(ties: Ties, kind: Kind, judgements: Sequence[Identity]) -> Iterator[Relinked]:
    """Link all things of a kind that were put in, some keys at a time."""
    joined = _ThingsAround(ties, kind).joined(judgements)
    judged = {key for pair in joined for key in pair}
    linked: set[str] = set()
    for keys in _by_keys(ties, kind):
        here = _ThingsAround(ties, kind)
        wide = here.closed(keys - linked, joined)
        linked |= wide - keys
        here.link(wide, dict.fromkeys(wide), judged, judgements, ())
        yield here.found


def _by_keys(ties: Ties, kind: Kind) -> Iterator[set[str]]:
    """All keys of a kind, in portions of about so many members."""
    last, text = "", "SELECT key, count(*) FROM member WHERE key > ? AND kind = ? GROUP BY key"
    while rows := ties.rows(f"{text} ORDER BY key LIMIT {TOGETHER}", last, kind.name):
        last = rows[-1][0]
        keys: set[str] = set()
        members = 0
        for key, count in rows:
            if members + count > TOGETHER and keys:
                yield keys
                keys, members = set(), 0
            keys.add(key)
            members += count
        yield keys


class _ThingsAround:
    """The things of a kind around what changed."""

    def __init__(self, ties: Ties, kind: Kind) -> None:
        self.ties = ties
        self.kind = kind
        self.found = Relinked()

    def key(self, thing: Any) -> str:
        return keyed(self.kind.key_of(thing))

    def keys(self, things: Iterable[str]) -> set[str]:
        """The keys of things (terms), of those that are there."""
        return set(self._keys(things).values())

    def _keys(self, things: Iterable[str]) -> dict[str, str]:
        found = self.ties.of_each(
            "SELECT iri, key FROM member WHERE kind = ? AND iri IN {}",
            {self.ties.short(thing) for thing in things},
            self.kind.name,
        )
        return {self.ties.long(iri): key for iri, key in found}

    def joined(self, judgements: Iterable[Identity]) -> list[tuple[str, str]]:
        """The pairs of keys of which somebody says something."""
        pairs = [(f"<{one.subject}>", f"<{one.object}>") for one in judgements]
        keys = self._keys(end for pair in pairs for end in pair)
        return [(keys[one], keys[other]) for one, other in pairs if one in keys and other in keys]

    def closed(self, keys: Iterable[str], joined: Iterable[tuple[str, str]]) -> set[str]:
        """The keys, and all that ties or people lead to from them."""
        beside: dict[str, set[str]] = {}
        for one, other in joined:
            beside.setdefault(one, set()).add(other)
            beside.setdefault(other, set()).add(one)
        found: set[str] = set()
        waiting = set(keys)
        while waiting:
            found |= waiting
            near = {other for key in waiting for other in beside.get(key, ())}
            near.update(key for (key,) in self.ties.of_each(_NEAR, waiting))
            waiting = near - found
        return found

    def first(self, key: str) -> str | None:
        """The age of the earliest member of a key."""
        text = "SELECT age FROM member WHERE key = ? AND kind = ? ORDER BY age LIMIT 1"
        found = self.ties.rows(text, key, self.kind.name)
        return found[0][0] if found else None

    def link(
        self,
        wide: Iterable[str],
        before: Mapping[str, str | None],
        judged: set[str],
        judgements: Sequence[Identity],
        come: Sequence[Any],
    ) -> None:
        """Have the members of these keys lead where they belong, and find their links.

        ``before`` are the ages of the first members of those keys that changed, of then.
        """
        firsts = {key: first for key in wide if (first := self.first(key))}
        keys = {tuple(json.loads(key)): key for key in firsts}
        tied = self.ties.of_each("SELECT key, how, kind, words FROM tie WHERE key IN {}", firsts)
        groups, matches = self.kind.grouped(
            keys, [(tuple(json.loads(key)), (how, of, words)) for key, how, of, words in tied]
        )
        plain = [one for one in groups if judged.isdisjoint(keys[key] for key in one)]
        disputed = [one for one in groups if not judged.isdisjoint(keys[key] for key in one)]
        members = self._touched(plain, firsts, before, come)
        members |= {key: self._all(key) for group in disputed for key in group}
        by_key = {key: self._profile(key, ages) for key, ages in members.items()}
        ages = {self._iri(one): self._split(one) for some in members.values() for one in some}
        self.found.subjects.update(ages)
        self.found.links += gather(plain, ages, by_key, matches).links
        for group in plain:
            first = min(firsts[keys[key]] for key in group)
            self._lead([keys[key] for key in group], self._node(self._iri(first)))
        if disputed:
            things = [Aged(self._iri(one), self._day(one)) for one in _ages(members, disputed)]
            clusters = overruled(gather(disputed, ages, by_key, matches), things, judgements)
            self.found.links += clusters.links
            self._lead_each(clusters)

    def _touched(
        self,
        groups: Iterable[Sequence[Key]],
        firsts: Mapping[str, str],
        before: Mapping[str, str | None],
        come: Sequence[Any],
    ) -> dict[Key, set[str]]:
        """The members of keys (as ages) whose links may differ: those that came, the first ones,
        and all of a key that has another first one than before."""
        new: dict[str, set[str]] = {}
        for thing in come:
            new.setdefault(self.key(thing), set()).add(aged(self.ties, thing))
        found = {}
        for key in (key for group in groups for key in group):
            text = keyed(key)
            if before.get(text, firsts[text]) != firsts[text]:
                found[key] = self._all(key)
            else:
                found[key] = {firsts[text]} | new.get(text, set())
        return found

    def _all(self, key: Key) -> set[str]:
        text = "SELECT age FROM member WHERE key = ? AND kind = ?"
        return {one for (one,) in self.ties.rows(text, keyed(key), self.kind.name)}

    def _profile(self, key: Key, ages: Iterable[str]) -> Profile:
        return Profile(key, tuple(map(self._iri, sorted(ages))), self.kind.alike(key))

    def _iri(self, one: str) -> str:
        return self.ties.long(one.partition(" ")[2])

    def _split(self, one: str) -> Age:
        published, _, iri = one.partition(" ")
        return published, iri

    def _day(self, one: str) -> str | None:
        published = self._split(one)[0]
        return None if published == "~" else published

    def _node(self, first: str) -> str:
        """Where the cluster of this first member leads."""
        text = "SELECT node, text FROM member LEFT JOIN said ON said = id WHERE iri = ?"
        [(node, words)] = self.ties.rows(text, self.ties.short(first))
        if words is None:  # put in just now, and still its own
            return str(node)
        label = label_in(words)
        return self.ties.short(canonical(self.ties.base, self.kind.name, first, label))

    def _lead(self, keys: Sequence[str], node: str) -> None:
        """Have all members of keys lead to a node."""
        text = "UPDATE member SET node = ? WHERE key = ? AND kind = ? AND node != ?"
        self.ties.put(text, ((node, key, self.kind.name, node) for key in keys))

    def _lead_each(self, clusters: Clusters) -> None:
        for members in clusters.members:
            node = self._node(members[0])
            text = "UPDATE member SET node = ? WHERE iri = ? AND node != ?"
            self.ties.put(text, ((node, self.ties.short(one), node) for one in members))


def _ages(members: Mapping[Key, set[str]], groups: Iterable[Sequence[Key]]) -> Iterator[str]:
    return (one for group in groups for key in group for one in sorted(members[key]))


_NEAR: Final = """
SELECT DISTINCT other.key FROM tie one
JOIN tie other ON other.kind = one.kind AND other.words = one.words
WHERE (one.how = 'outside') = (other.how = 'outside') AND one.key IN {}
"""
