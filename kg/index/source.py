"""The graph as an index reads it: very much at a time, and no more of it than need be.

The IRI of a piece of evidence says where it stands (RFC 5147), and the text there is its quotation,
as ``kg verify`` sees to: so one text serves for all that is quoted of it, and half of what a view
says need not be read. A piece whose text is not there is read as it stands in the graph.

Most of the time that an engine takes goes into writing out what it found, so things and properties
come back as numbers.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from kg import terms
from kg.records.graph import Graph
from kg.sparql import FEW, Node, lexical, told
from kg.store.base import Queryable
from kg.vocab import term

_BODY: Final = "schema:articleBody"
_PLACE: Final = "#char="
_AT_ONCE: Final = 400
"""Things that one query asks for: of more brackets it would be read token by token."""
_MOST: Final = 100_000
"""Things that are kept for those that are read next: less than 100 MB."""


class Source(Graph):
    """A graph that is read for very many records, one after the other."""

    def __init__(self, queryable: Queryable) -> None:
        super().__init__(queryable)
        self._spans: dict[str, tuple[int, int, str]] = {}

    def __len__(self) -> int:
        return super().__len__() + len(self._spans)

    def kept(self) -> "Source":
        """Itself, or an empty one in its place where it has grown large."""
        return self if len(self) < _MOST else Source(self.queryable)

    def quote(self, pieces: Iterable[str]) -> None:
        """See ``Graph.quote``."""
        wanted = [one for one in dict.fromkeys(pieces) if one not in self._spans]
        self.fetch(dict.fromkeys(_article(one) for one in wanted if _PLACE in one), (_BODY,))
        super().quote([one for one in wanted if not self._quoted(one)])

    def span(self, piece: str) -> tuple[int, int, str | None]:
        """See ``Graph.span``."""
        return self._spans.get(piece) or super().span(piece)

    def _quoted(self, piece: str) -> bool:
        text = self.one(_article(piece), _BODY)
        start, _, end = piece.rpartition(_PLACE)[2].partition(",")
        if text is None or not (start.isdecimal() and end.isdecimal() and int(end) <= len(text)):
            return False
        self._spans[piece] = int(start), int(end), text[int(start) : int(end)]
        return True

    def _read(self, things: Sequence[str], names: Sequence[str]) -> Mapping[str, Node]:
        if len(names) <= FEW:
            return super()._read(things, names)
        found: dict[str, Node] = {}
        for start in range(0, len(things), _AT_ONCE):
            found |= _numbered(self.queryable, things[start : start + _AT_ONCE], names)
        return found


def _article(piece: str) -> str:
    return piece.partition(_PLACE)[0]


def _numbered(
    queryable: Queryable, things: Sequence[str], names: Sequence[str]
) -> Mapping[str, Node]:
    """See ``kg.sparql.describe``."""
    given = " ".join(f"({terms.iri(one)} {at})" for at, one in enumerate(things))
    which = "-1"
    for at, name in reversed(list(enumerate(names))):
        which = f"IF(?p = {term(name)}, {at}, {which})"
    text = (
        f"SELECT ?at ?name ?o {{ VALUES (?s ?at) {{ {given} }} ?s ?p ?o "
        f"BIND({which} AS ?name) FILTER(?name >= 0) }}"
    )
    nodes: list[dict[str, list[str]]] = [{} for _ in things]
    for thing, name, said in told(queryable, text):
        nodes[int(thing)].setdefault(name, []).append(said)
    return {
        one: {names[int(name)]: lexical(said) for name, said in node.items()}
        for one, node in zip(things, nodes, strict=True)
        if node
    }
