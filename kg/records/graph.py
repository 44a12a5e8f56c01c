"""The part of the view that some records need, fetched level by level: a few queries a page."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from kg.sparql import Node, describe, leading
from kg.store.base import Queryable

EVIDENCE: Final = ("oa:start", "oa:end", "oa:exact")
_NOTHING: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType({})


class Graph:
    """Things and what is said of them, as far as fetched. Names are prefixed (``ck:act``)."""

    def __init__(self, queryable: Queryable) -> None:
        self.queryable = queryable
        self._nodes: dict[str, dict[str, tuple[str, ...]]] = {}
        self._asked: dict[frozenset[str], set[str]] = {}

    def __len__(self) -> int:
        return len(self._nodes)

    def fetch(self, things: Iterable[str], names: Sequence[str]) -> None:
        """Read these properties of these things, where that has not been done."""
        asked = self._asked.setdefault(frozenset(names), set())
        more = [one for known, one in self._asked.items() if known.issuperset(names)]
        wanted = [thing for thing in dict.fromkeys(things) if not any(thing in one for one in more)]
        asked.update(wanted)
        for thing, node in self._read(wanted, names).items():
            self._nodes.setdefault(thing, {}).update(node)

    def _read(self, things: Sequence[str], names: Sequence[str]) -> Mapping[str, Node]:
        return describe(self.queryable, things, names)

    def quote(self, pieces: Iterable[str]) -> None:
        """Read where pieces of evidence stand, and their words."""
        self.fetch(pieces, EVIDENCE)

    def lead(self, things: Sequence[str], name: str) -> None:
        """Read what leads to these things by a property: ``^name`` of each."""
        back = f"^{name}"
        asked = self._asked.setdefault(frozenset([back]), set())
        wanted = [one for one in dict.fromkeys(things) if one not in asked]
        asked.update(wanted)
        found: dict[str, list[str]] = {one: [] for one in wanted}
        for one, thing in leading(self.queryable, wanted, name):
            found[one].append(thing)
        for one, leads in found.items():
            self.note(one, back, *sorted(leads))

    def span(self, piece: str) -> tuple[int, int, str | None]:
        """Where a piece of evidence starts and ends, and its words."""
        start, end = self.one(piece, "oa:start"), self.one(piece, "oa:end")
        return int(start or 0), int(end or 0), self.one(piece, "oa:exact")

    def note(self, thing: str, name: str, *values: str) -> None:
        """Keep what is known of a thing otherwise."""
        self._nodes.setdefault(thing, {})[name] = values

    def node(self, thing: str) -> Mapping[str, tuple[str, ...]]:
        """All that is known of a thing."""
        return self._nodes.get(thing, _NOTHING)

    def all(self, thing: str, *names: str) -> tuple[str, ...]:
        """What the thing has by any of these properties, without repeats."""
        node = self._nodes.get(thing, _NOTHING)
        if len(names) == 1:
            return node.get(names[0], ())
        return tuple(dict.fromkeys(value for name in names for value in node.get(name, ())))

    def one(self, thing: str, name: str) -> str | None:
        """The first value of a property, or nothing."""
        found = self._nodes.get(thing, _NOTHING).get(name)
        return found[0] if found else None

    def over(self, things: Iterable[str], *names: str) -> list[str]:
        """Everything that any of these things leads to by these properties, once."""
        return list(dict.fromkeys(value for thing in things for value in self.all(thing, *names)))
