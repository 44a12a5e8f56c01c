"""Nodes, edges and the graph they make, and the columns every format writes of them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import MISSING, dataclass, fields
from operator import attrgetter
from typing import Any, Final

import networkx as nx

Value = str | int | float
Row = tuple[Value | None, ...]
"""A node or an edge as the values of its fields, in their order."""

KINDS: Final = (
    *("person", "organization", "state", "group", "document", "actor"),
    *("statement", "event", "place", "article", "outlet"),
)
"""Kinds of node, in the order they are written. An ``actor`` is one of no narrower kind."""


@dataclass(frozen=True, slots=True)
class Node:
    """One thing of the view. What is not known is empty.

    ``type`` is an actor's class, a statement's act or an event's type. ``earliest`` and
    ``latest`` are ISO days, inclusive; ``sources`` counts the articles that tell of it,
    ``source_list`` names them. ``x`` and ``y`` are units of the drawing (y grows downwards),
    ``degree`` counts its edges, ``community`` is the number of its group (0 the largest),
    ``centrality`` its PageRank as a part of the highest one (0 to 1).
    """

    iri: str
    kind: str
    label: str
    url: str
    type: str = ""
    mode: str = ""
    country: str = ""
    sector: str = ""
    edtf: str = ""
    earliest: str = ""
    latest: str = ""
    published: str = ""
    factuality: str = ""
    status: str = ""
    precision: str = ""
    confidence: float | None = None
    review: str = "machine"
    sources: int = 0
    source_list: str = ""
    text: str = ""
    x: float = 0.0
    y: float = 0.0
    degree: int = 0
    community: int = 0
    centrality: float = 0.0


@dataclass(frozen=True, slots=True)
class Edge:
    """One statement, event or role between two nodes (IRIs), and the words that say it.

    ``kind`` is an act, an event type or a role; ``role`` says what the target is to the
    statement or event. ``url`` is the record's IRI. A date is the statement's or event's own;
    ``published`` is the article's, where there is one article.
    """

    id: str
    source: str
    target: str
    kind: str
    label: str
    url: str
    role: str = ""
    weight: int = 1
    edtf: str = ""
    earliest: str = ""
    latest: str = ""
    published: str = ""
    factuality: str = ""
    status: str = ""
    confidence: float | None = None
    review: str = "machine"
    sources: int = 0
    source_list: str = ""
    quotation: str = ""


NODE_COLUMNS: Final[Mapping[str, str]] = {
    "iri": "string",
    "url": "string",
    "kind": "string",
    "type": "string",
    "mode": "string",
    "country": "string",
    "sector": "string",
    "edtf": "string",
    "earliest": "string",
    "latest": "string",
    "published": "string",
    "factuality": "string",
    "status": "string",
    "precision": "string",
    "confidence": "double",
    "review": "string",
    "sources": "integer",
    "source_list": "string",
    "text": "string",
    "degree": "integer",
    "community": "integer",
    "centrality": "double",
}
"""Columns of a node next to its id, label and position → integer, double or string."""

EDGE_COLUMNS: Final[Mapping[str, str]] = {
    "interaction": "string",
    "role": "string",
    "url": "string",
    "edtf": "string",
    "earliest": "string",
    "latest": "string",
    "published": "string",
    "factuality": "string",
    "status": "string",
    "confidence": "double",
    "review": "string",
    "sources": "integer",
    "source_list": "string",
    "quotation": "string",
}
"""Columns of an edge next to its id, ends, label and weight. ``interaction`` is its kind."""

NODE_FIELDS: Final = tuple(one.name for one in fields(Node))
EDGE_FIELDS: Final = tuple(one.name for one in fields(Edge))
"""What a row of each holds."""

_NODE_ROW: Final = attrgetter(*NODE_FIELDS)
_EDGE_ROW: Final = attrgetter(*EDGE_FIELDS)

_NODE_VALUES: Final = (tuple(NODE_COLUMNS), attrgetter(*NODE_COLUMNS))
_EDGE_VALUES: Final = (
    tuple(EDGE_COLUMNS),
    attrgetter(*("kind" if name == "interaction" else name for name in EDGE_COLUMNS)),
)
_NODE_EMPTY: Final[Row] = tuple(
    "" if one.default is MISSING else one.default for one in fields(Node)
)
_EDGE_EMPTY: Final[Row] = tuple(
    "" if one.default is MISSING else one.default for one in fields(Edge)
)
"""What stands in a row for nothing."""

SEPARATOR: Final = " | "
"""Between the sources in ``source_list``."""

LISTED: Final = 50
"""So many sources are named in ``source_list``, the earliest; ``sources`` counts them all."""


def values(item: Node | Edge) -> Iterator[tuple[str, Value]]:
    """(column, value) of a node or an edge, columns without a value left out."""
    columns, told = _NODE_VALUES if isinstance(item, Node) else _EDGE_VALUES
    for name, value in zip(columns, told(item), strict=True):
        if value is not None and value != "":
            yield name, value


def row(item: Node | Edge) -> Row:
    """A node or an edge as a row; an empty text is nothing, U+0000 in one is U+FFFD.

    SQLite, and many a program that opens a file, takes U+0000 for the end of a text.
    """
    found: Row = (_NODE_ROW if isinstance(item, Node) else _EDGE_ROW)(item)
    return tuple(_held(one) if isinstance(one, str) else one for one in found)


def _held(text: str) -> str | None:
    return text.replace("\0", "\ufffd") or None


def node_of(values: Row) -> Node:
    """The node of a row."""
    return Node(*_told(values, _NODE_EMPTY))


def edge_of(values: Row) -> Edge:
    """The edge of a row."""
    return Edge(*_told(values, _EDGE_EMPTY))


def _told(values: Row, empty: Row) -> Iterator[Any]:
    return (other if one is None else one for one, other in zip(values, empty, strict=True))


@dataclass(frozen=True, slots=True)
class Projection:
    """A graph ready to be drawn: nodes by kind and IRI, edges by their ends, each once."""

    preset: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]

    @classmethod
    def of(cls, preset: str, nodes: Iterable[Node], edges: Iterable[Edge]) -> "Projection":
        """The projection of these, put in order; of an edge given twice, one."""
        unique = {edge.id: edge for edge in edges}
        return cls(
            preset,
            tuple(sorted(nodes, key=lambda one: (KINDS.index(one.kind), one.iri))),
            tuple(sorted(unique.values(), key=lambda one: (one.source, one.target, one.id))),
        )

    def to_networkx(self) -> "nx.MultiDiGraph[str]":
        """The same as a networkx graph."""
        return networkx_of(self.preset, self.nodes, self.edges)


def networkx_of(
    preset: str, nodes: Iterable[Node], edges: Iterable[Edge]
) -> "nx.MultiDiGraph[str]":
    """A networkx graph: nodes by IRI, edges keyed by id, no empty attributes."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(projection=preset)
    for node in nodes:
        graph.add_node(node.iri, label=node.label, x=node.x, y=node.y, **dict(values(node)))
    for edge in edges:
        told = {"label": edge.label, "weight": edge.weight, **dict(values(edge))}
        graph.add_edge(edge.source, edge.target, key=edge.id, **told)
    return graph
