"""``/graph``: a projection around a selection, as JSON with positions and as a drawing.

Of a graph larger than ``limit`` nodes the most connected are shown, or those around some nodes,
or a path between two; how many there are in all stands beside them. The graph is drawn once for
each view (``kg.projection.shelf``): positions are those of the exports, in every part of it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Annotated, Any, Final, TypedDict

from flask import Blueprint, Response, make_response, render_template
from flask.typing import ResponseReturnValue

from api import drawn
from api import parameters as p
from api.drawing import drawing
from api.face import as_json, parameters, wants_html
from api.routes import page, route
from kg.errors import BadFilter
from kg.export import selection as filters_of
from kg.filters import Filters
from kg.limits import at_most
from kg.projection import PRESETS, Edge, Node, Projection, Sheet, known, parts
from kg.projection.model import EDGE_COLUMNS, NODE_COLUMNS, values
from kg.projection.model import KINDS as NODE_KINDS
from kg.schema import Mark, Schema, one_of

blueprint = Blueprint("graph", __name__)

LIMIT: Final = 300
MOST: Final = 2000
KINDS: Final = ("statements", "events")
MOST_EDGES: Final = 5000
"""Edges that are answered at the most."""
DRAWN: Final = 120
"""Nodes on the page where the request does not say: more cannot be read, nor fit 100 KB."""

NAMED: Final = tuple(one for one in NODE_KINDS if one != "actor")
"""Kinds of node that the page tells apart."""

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
    """A projection around a selection; of a large one the most connected nodes.

    ``between`` counts the edges between these nodes; of more than 5000 a part is here.
    ``whole`` is false where a large graph is still to be drawn: what is around the nodes asked for
    is then made of the newest statements and events that they have a part in, and positions, ranks
    and ``total`` are of that. Ask again.
    """

    projection: Annotated[str, one_of(*PRESETS)]
    of: Annotated[str, one_of(*KINDS)]
    filters: list[Filter]
    nodes: list[Annotated[dict[str, Any], Mark(lambda: _item(NODE_COLUMNS, NODE))]]
    edges: list[Annotated[dict[str, Any], Mark(lambda: _item(EDGE_COLUMNS, EDGE))]]
    total: Size
    between: int
    whole: bool


@dataclass(frozen=True, slots=True)
class Selection:
    """What a graph or an export is made of: the filters, the projection, the largest size.

    ``around`` are the nodes whose neighbours are shown, ``path`` two between which a way is.
    """

    filters: Filters
    projection: str
    limit: int | None
    around: tuple[str, ...] = ()
    path: tuple[str, ...] = ()


def selection(*apart: str) -> Selection:
    """What the request selects. Raises BadFilter, NotFound with what is allowed."""
    asked = parameters()
    of = _once(asked, "of")
    if of not in (None, *KINDS):
        raise BadFilter(f"of={of!r} is not allowed; allowed: {', '.join(KINDS)}")
    preset = known(_once(asked, "projection") or next(iter(PRESETS)))
    filters = filters_of(parameters("projection", "limit", *apart))
    return Selection(filters, preset, _limit(_once(asked, "limit")))


def _shown() -> Selection:
    """What the request wants to see of it."""
    asked = parameters()
    around, path = (tuple(filter(None, asked.get(name, ()))) for name in ("around", "path"))
    if len(path) not in (0, 2):
        raise BadFilter(f"path is given {len(path)} times; give it twice, from whom and to whom")
    if around and path:
        raise BadFilter("around and path are given; give one of them")
    return replace(selection("around", "path"), around=around, path=path)


def selecting() -> Iterator[p.Parameter]:
    """What a graph or an export takes: the projection, and the filters of either kind."""
    yield p.query("projection", "What nodes and edges stand for.", p.listed(PRESETS))
    yield p.query("of", "Which filters apply: those of statements or of events.", p.listed(KINDS))
    yield from {one["name"]: one for kind in KINDS for one in p.selecting(kind)}.values()


def nodes(name: str, description: str) -> p.Parameter:
    """A parameter that names nodes, perhaps several."""
    listed = {"type": "array", "items": p.STRING}
    return {**p.query(name, description, listed), "style": "form", "explode": True}


@route(
    blueprint,
    "/graph",
    answers=page(Graph),
    parameters=(
        selecting,
        nodes("around", "Nodes whose neighbours are shown too, by their full IRI."),
        nodes("path", "Two nodes, by their full IRI: a shortest path between them."),
        p.query("limit", "Nodes, the most connected.", SIZE),
        p.PAGE,
    ),
    failures=(400, 404, 406, 503),
    tag="graph",
    example="projection=actor-event&limit=20",
)
def graph() -> ResponseReturnValue:
    """Nodes and edges of a projection around a selection, with positions."""
    html = wants_html()
    chosen = _shown()
    asked = (chosen.filters, chosen.projection)
    near = drawn.around(*asked, chosen.around) if chosen.around else None
    sheet = near or drawn.sheet(*asked)
    try:
        part, size = _part(sheet, chosen, DRAWN if html else LIMIT), sheet.size
    finally:
        sheet.close()
    whole = near is None
    if html:
        return _once_only(_page(chosen, part.graph, size, whole=whole), whole)
    answer = as_json(
        {
            "projection": chosen.projection,
            "of": chosen.filters.kind,
            "filters": [{"name": name, "value": value} for name, value in chosen.filters.pairs()],
            "nodes": [node_record(one) for one in part.graph.nodes],
            "edges": [edge_record(one) for one in part.graph.edges],
            "total": {"nodes": size[0], "edges": size[1]},
            "between": part.between,
            "whole": whole,
        }
    )
    return _once_only(answer, whole)


def _once_only(answer: ResponseReturnValue, whole: bool) -> Response:
    """An answer that is not to be kept where it will be another one soon, of the same view."""
    response = make_response(answer)
    if not whole:
        response.headers["Cache-Control"] = "no-store"
    return response


def _part(sheet: Sheet, chosen: Selection, usual: int) -> parts.Part:
    limit = chosen.limit or usual
    if chosen.path:
        return parts.path(sheet, chosen.path[0], chosen.path[1], MOST_EDGES)
    if chosen.around:
        return parts.around(sheet, chosen.around, limit, MOST_EDGES)
    return parts.hubs(sheet, limit, MOST_EDGES)


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


def _page(chosen: Selection, shown: Projection, size: tuple[int, int], *, whole: bool) -> str:
    names = {node.iri: node.label for node in shown.nodes}
    return render_template(
        "graph.html",
        kind=chosen.filters.kind,
        projection=chosen.projection,
        presets=list(PRESETS),
        drawn=drawing(shown),
        listed=[(names[e.source], e, names[e.target]) for e in shown.edges[:LISTED]],
        shown=shown,
        kinds=[one for one in NAMED if one in {node.kind for node in shown.nodes}],
        total=size[0],
        whole=whole,
    )


def _once(given: Mapping[str, list[str]], name: str) -> str | None:
    found = given.get(name, [])
    if len(found) > 1:
        raise BadFilter(f"{name} is given {len(found)} times; give it once")
    return found[0].strip() or None if found else None


def _limit(text: str | None) -> int | None:
    return at_most(text, MOST) if text else None
