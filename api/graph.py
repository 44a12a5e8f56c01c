"""``/graph``: a projection around a selection, as JSON with positions and as a drawing.

Of a graph larger than ``limit`` nodes the most connected are shown; how many there are in all
stands beside them. Positions are those of the exports.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Annotated, Any, Final, TypedDict

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from api import parameters as p
from api.drawing import drawing
from api.face import as_json, face, parameters, wants_html
from api.routes import page, route
from kg.errors import BadFilter
from kg.export import selection as filters_of
from kg.filters import Filters
from kg.projection import PRESETS, Edge, Node, Projection, known, project
from kg.projection.model import EDGE_COLUMNS, NODE_COLUMNS, values
from kg.schema import Mark, Schema, one_of

blueprint = Blueprint("graph", __name__)

LIMIT: Final = 300
MOST: Final = 2000
KINDS: Final = ("statements", "events")
DRAWN: Final = 120
"""Nodes on the page where the request does not say: more cannot be read, nor fit 100 KB."""

NODE: Final = {"id": "string", "label": "string", "x": "double", "y": "double"}
EDGE: Final = {
    **{"id": "string", "source": "string", "target": "string", "label": "string"},
    "weight": "integer",
}
"""What every node and edge has, before its columns."""
SIZE: Final[Schema] = {"type": "integer", "minimum": 1, "maximum": MOST, "default": LIMIT}
_JSON_TYPES: Final = {"string": "string", "integer": "integer", "double": "number"}

LISTED: Final = 50
"""Edges in the table below the drawing."""


def _item(columns: Mapping[str, str], required: Mapping[str, str]) -> Schema:
    """A node or edge: what is not known of the columns is left out."""
    known = {**required, **columns}
    return {
        "properties": {name: {"type": _JSON_TYPES[kind]} for name, kind in known.items()},
        "required": list(required),
        "additionalProperties": False,
    }


class Filter(TypedDict):
    """A filter and one of its values."""

    name: str
    value: str


class Size(TypedDict):
    """How large the whole graph is."""

    nodes: int
    edges: int


class Graph(TypedDict):
    """A projection around a selection; of a large one the most connected nodes."""

    projection: Annotated[str, one_of(*PRESETS)]
    of: Annotated[str, one_of(*KINDS)]
    filters: list[Filter]
    nodes: list[Annotated[dict[str, Any], Mark(lambda: _item(NODE_COLUMNS, NODE))]]
    edges: list[Annotated[dict[str, Any], Mark(lambda: _item(EDGE_COLUMNS, EDGE))]]
    total: Size


@dataclass(frozen=True, slots=True)
class Selection:
    """What a graph or an export is made of: the filters, the projection, the largest size."""

    filters: Filters
    projection: str
    limit: int | None


def selection(*apart: str) -> Selection:
    """What the request selects. Raises BadFilter, NotFound with what is allowed."""
    asked = parameters()
    of = _once(asked, "of")
    if of not in (None, *KINDS):
        raise BadFilter(f"of={of!r} is not allowed; allowed: {', '.join(KINDS)}")
    preset = known(_once(asked, "projection") or next(iter(PRESETS)))
    filters = filters_of(parameters("projection", "limit", *apart))
    return Selection(filters, preset, _limit(_once(asked, "limit")))


def selecting() -> Iterator[p.Parameter]:
    """What a graph or an export takes: the projection, and the filters of either kind."""
    yield p.query("projection", "What nodes and edges stand for.", p.listed(PRESETS))
    yield p.query("of", "Which filters apply: those of statements or of events.", p.listed(KINDS))
    yield from {one["name"]: one for kind in KINDS for one in p.selecting(kind)}.values()


@route(
    blueprint,
    "/graph",
    answers=page(Graph),
    parameters=(selecting, p.query("limit", "Nodes, the most connected.", SIZE), p.PAGE),
    failures=(400, 404, 406, 503),
    tag="graph",
    example="projection=actor-event&limit=20",
)
def graph() -> ResponseReturnValue:
    """Nodes and edges of a projection around a selection, with positions."""
    html = wants_html()
    chosen = selection()
    whole = project(face().store, chosen.filters, chosen.projection)
    shown = most_connected(whole, chosen.limit or (DRAWN if html else LIMIT))
    if html:
        return _page(chosen, whole, shown)
    return as_json(
        {
            "projection": chosen.projection,
            "of": chosen.filters.kind,
            "filters": [{"name": name, "value": value} for name, value in chosen.filters.pairs()],
            "nodes": [node_record(one) for one in shown.nodes],
            "edges": [edge_record(one) for one in shown.edges],
            "total": {"nodes": len(whole.nodes), "edges": len(whole.edges)},
        }
    )


def node_record(node: Node) -> dict[str, Any]:
    """A node as JSON; what is not known is left out."""
    return {"id": node.iri, "label": node.label, "x": node.x, "y": node.y, **dict(values(node))}


def edge_record(edge: Edge) -> dict[str, Any]:
    """An edge as JSON; what is not known is left out."""
    return {
        "id": edge.id,
        "source": edge.source,
        "target": edge.target,
        "label": edge.label,
        "weight": edge.weight,
        **dict(values(edge)),
    }


def most_connected(whole: Projection, limit: int) -> Projection:
    """The graph of the ``limit`` nodes with the most edges, and the edges between them."""
    if len(whole.nodes) <= limit:
        return whole
    ranked = sorted(whole.nodes, key=lambda one: (-one.degree, one.iri))[:limit]
    kept = {one.iri for one in ranked}
    return replace(
        whole,
        nodes=tuple(one for one in whole.nodes if one.iri in kept),
        edges=tuple(one for one in whole.edges if one.source in kept and one.target in kept),
    )


def _page(chosen: Selection, whole: Projection, shown: Projection) -> str:
    names = {node.iri: node.label for node in shown.nodes}
    return render_template(
        "graph.html",
        kind=chosen.filters.kind,
        projection=chosen.projection,
        presets=list(PRESETS),
        drawn=drawing(shown),
        listed=[(names[e.source], e, names[e.target]) for e in shown.edges[:LISTED]],
        shown=shown,
        whole=whole,
    )


def _once(given: Mapping[str, list[str]], name: str) -> str | None:
    found = given.get(name, [])
    if len(found) > 1:
        raise BadFilter(f"{name} is given {len(found)} times; give it once")
    return found[0].strip() or None if found else None


def _limit(text: str | None) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= MOST):
        raise BadFilter(f"limit={text!r} is not allowed; allowed: a whole number from 1 to {MOST}")
    return int(text)
