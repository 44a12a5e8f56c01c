"""The part of the view that some records need, fetched level by level: a few queries a page."""

from collections.abc import Iterable, Mapping, Sequence

from kg.sparql import describe
from kg.store.base import Queryable


class Graph:
    """Things and what is said of them, as far as fetched. Names are prefixed (``ck:act``)."""

    def __init__(self, queryable: Queryable) -> None:
        self.queryable = queryable
        self._nodes: dict[str, dict[str, tuple[str, ...]]] = {}
        self._asked: set[tuple[str, str]] = set()

    def fetch(self, things: Iterable[str], names: Sequence[str]) -> None:
        """Read these properties of these things, where that has not been done."""
        wanted = {
            thing: None
            for thing in things
            if any((thing, name) not in self._asked for name in names)
        }
        self._asked.update((thing, name) for thing in wanted for name in names)
        for thing, node in describe(self.queryable, wanted, names).items():
            self._nodes.setdefault(thing, {}).update(node)

    def note(self, thing: str, name: str, *values: str) -> None:
        """Keep what is known of a thing otherwise."""
        self._nodes.setdefault(thing, {})[name] = values

    def all(self, thing: str, *names: str) -> tuple[str, ...]:
        """What the thing has by any of these properties, without repeats."""
        node: Mapping[str, tuple[str, ...]] = self._nodes.get(thing, {})
        return tuple(dict.fromkeys(value for name in names for value in node.get(name, ())))

    def one(self, thing: str, name: str) -> str | None:
        """The first value of a property, or nothing."""
        return next(iter(self.all(thing, name)), None)

    def over(self, things: Iterable[str], *names: str) -> list[str]:
        """Everything that any of these things leads to by these properties, once."""
        return list(dict.fromkeys(value for thing in things for value in self.all(thing, *names)))
