"""An answer to a query by the types of what is in it: places on a map, dates on a line, a graph.

A table always stands; a view is there where the answer has what it draws. Geometry is WKT
(``geo:wktLiteral``), a date is EDTF or an XML Schema date, a graph is what CONSTRUCT gives, or the
columns ``source`` and ``target``.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import pyoxigraph as ox

from api import wording
from api.drawing import Drawing, drawing
from api.map import Spot, chart
from api.tables import curie
from api.templating import leads, local, shortened
from api.timeline import Moment, panels
from kg import edtf
from kg.projection import Edge, Node, Projection
from kg.projection.filling import positions
from kg.store.base import Answer
from kg.vocab import PREFIXES

VIEWS: Final = ("table", "map", "timeline", "graph")
MOST: Final = 150
"""Rows drawn: more cannot be read, nor fit a page."""

WKT: Final = f"{PREFIXES['geo']}wktLiteral"
ENDS: Final = (("earliest", "latest"), ("from", "to"), ("start", "end"))
DATES: Final = re.compile(r"date|when|day|edtf|published|earliest", re.I)
NAMES: Final = ("label", "name", "headline", "who", "what", "where", "place", "title")
TIES: Final = (("source", "target"), ("s", "o"), ("from", "to"))
_NUMBER: Final = re.compile(r"-?\d+(?:\.\d+)?")
_NAMED: Final = tuple(
    PREFIXES[prefix] + name
    for prefix, name in (("rdfs", "label"), ("schema", "headline"), ("ck", "content"))
)

Row = Mapping[str, Mapping[str, Any]]


def of_table(answer: Answer) -> dict[str, Any]:
    """View → what it draws, of a SELECT answer in SPARQL JSON."""
    rows: list[Row] = json.loads(answer.body).get("results", {}).get("bindings", [])[:MOST]
    found = {
        "map": chart(list(_spots(rows))),
        "timeline": panels(list(_moments(rows))),
        "graph": drawing(positions(_ties(rows))),
    }
    return {name: drawn for name, drawn in found.items() if drawn}


def of_graph(turtle: bytes) -> dict[str, Drawing]:
    """The drawing of a graph that CONSTRUCT or DESCRIBE gave; nothing of literals alone."""
    drawn = drawing(positions(_triples(turtle)))
    return {"graph": drawn} if drawn else {}


def _spots(rows: Sequence[Row]) -> Iterator[Spot]:
    for row in rows:
        for term in row.values():
            if term.get("datatype") == WKT and (shape := _shape(term["value"])):
                yield Spot(_name(row), _page(row), 1, **shape)
                break


def _shape(wkt: str) -> dict[str, Any]:
    """A point or an extent; what is neither is not drawn."""
    numbers = [float(number) for number in _NUMBER.findall(wkt.rpartition(">")[2])]
    longitudes, latitudes = numbers[::2], numbers[1::2]
    if wkt.lstrip().upper().endswith("EMPTY") or not latitudes:
        return {}
    if len(numbers) == 2:
        return {"point": (latitudes[0], longitudes[0])}
    sides = min(latitudes), min(longitudes), max(latitudes), max(longitudes)
    return {"extent": sides}


def _moments(rows: Sequence[Row]) -> Iterator[Moment]:
    for row in rows:
        if found := _days(row):
            first, last, words = found
            yield Moment(first, last, _name(row), _page(row), words)


def _days(row: Row) -> tuple[Any, Any, str] | None:
    """The first and last day that a row tells of, and how a person says so."""
    for one, other in ENDS:
        if one in row and other in row:
            first, last = (_bounds(row[name]["value"]) for name in (one, other))
            if first and last and first[0] <= last[1]:
                return first[0], last[1], wording.when(f"{first[0]}/{last[1]}")
    for name, term in row.items():
        if term["type"] == "literal" and DATES.search(name) and (found := _bounds(term["value"])):
            return *found, wording.when(
                term["value"][:10] if "T" in term["value"] else term["value"]
            )
    return None


def _bounds(text: str) -> tuple[Any, Any] | None:
    try:
        first, last = edtf.bounds(text.partition("T")[0])
    except ValueError:
        return None
    return (first, last) if first and last else None


def _ties(rows: Sequence[Row]) -> Projection:
    """The graph that columns of ends tell of."""
    names: dict[str, str] = {}
    edges: list[Edge] = []
    for row in rows:
        pair = next((pair for pair in TIES if pair[0] in row and pair[1] in row), None)
        if pair is None or row[pair[0]]["type"] == row[pair[1]]["type"] == "literal":
            continue
        ends = [row[name]["value"] for name in pair]
        for name, end in zip(pair, ends, strict=True):
            label = row.get(f"{name}_label") or row.get(f"{name}Label")
            names.setdefault(end, label["value"] if label else curie(end))
        said = next((row[one]["value"] for one in ("label", "kind", "p") if one in row), pair[1])
        edges.append(_edge(len(edges), ends[0], ends[1], said))
    return _projection(names, edges)


def _triples(turtle: bytes) -> Projection:
    """Triples between things; words of a thing are its name."""
    names: dict[str, str] = {}
    edges: list[Edge] = []
    for quad in ox.parse(turtle, format=ox.RdfFormat.TURTLE):
        one, way, other = quad.subject, quad.predicate.value, quad.object
        if isinstance(other, ox.Literal):
            if way in _NAMED:
                names[one.value] = other.value
        elif way != f"{PREFIXES['rdf']}type" and len(edges) < MOST:
            for end in (one.value, other.value):
                names.setdefault(end, curie(end))
            edges.append(_edge(len(edges), one.value, other.value, way))
    used = {end for edge in edges for end in (edge.source, edge.target)}
    return _projection({iri: name for iri, name in names.items() if iri in used}, edges)


def _edge(number: int, source: str, target: str, said: str) -> Edge:
    label = curie(said)
    return Edge(f"e{number}", source, target, label.rpartition(":")[2], label, source)


def _projection(names: Mapping[str, str], edges: Sequence[Edge]) -> Projection:
    nodes = (Node(iri, "actor", shortened(name), iri) for iri, name in names.items())
    return Projection.of("answer", nodes, edges)


def _name(row: Row) -> str:
    """What a row is called: the column that names things, else the first words in it."""
    words = [
        term["value"]
        for _, term in sorted(row.items(), key=lambda pair: pair[0] not in NAMES)
        if term["type"] == "literal" and term.get("datatype") != WKT and not _bounds(term["value"])
    ]
    return shortened(words[0]) if words else next(curie(one["value"]) for one in row.values())


def _page(row: Row) -> str:
    """Where a row leads: to the first thing in it that has a page."""
    iris = (term["value"] for term in row.values() if term["type"] == "uri")
    return next((local(iri) for iri in iris if leads(iri)), "#answer")
