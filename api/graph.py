"""``/graph``: a projection around a selection, as JSON with positions and as a drawing.

Of a graph larger than ``limit`` nodes the most connected are shown; how many there are in all
stands beside them. Positions are those of the exports.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from api.drawing import drawing
from api.face import as_json, face, parameters, wants_html
from kg.errors import BadFilter
from kg.export import selection as filters_of
from kg.filters import Filters
from kg.projection import PRESETS, Edge, Node, Projection, known, project
from kg.projection.model import values

blueprint = Blueprint("graph", __name__)

LIMIT: Final = 300
MOST: Final = 2000
KINDS: Final = ("statements", "events")
DRAWN: Final = 120
"""Nodes on the page where the request does not say: more cannot be read, nor fit 100 KB."""

LISTED: Final = 50
"""Edges in the table below the drawing."""


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


@blueprint.get("/graph")
def graph() -> ResponseReturnValue:
    """Nodes and edges with positions, or their drawing."""
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
