"""A projection as numbers a page can draw: nodes with names, curves from rim to rim.

What a node or an edge is shows in its shape, and not in its colour alone.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from api.labels import Dot, Label, labels
from api.strings import TEXTS
from kg.projection import Edge, Node, Projection

WIDTH: Final = 1000.0
MARGIN: Final = 70.0
LABEL_SIZE: Final = 13.0
FEW: Final = 80
"""Nodes that fit a drawing of less height."""

_SQUARE: Final = ((-0.85, -0.85), (0.85, -0.85), (0.85, 0.85), (-0.85, 0.85))
_WIDE: Final = ((-1.1, -0.7), (1.1, -0.7), (1.1, 0.7), (-1.1, 0.7))
OUTLINES: Final[Mapping[str, tuple[tuple[float, float], ...]]] = {
    "organization": _SQUARE,
    "state": ((-1, 0), (-0.5, -0.87), (0.5, -0.87), (1, 0), (0.5, 0.87), (-0.5, 0.87)),
    "group": ((-1, -0.85), (1, -0.85), (0, 1)),
    "document": ((-0.6, -0.8), (1.1, -0.8), (0.6, 0.8), (-1.1, 0.8)),
    "statement": _WIDE,
    "event": ((0, -1.15), (1.15, 0), (0, 1.15), (-1.15, 0)),
    "place": ((0, -1), (1, 0.85), (-1, 0.85)),
    "outlet": ((0, -1.05), (1, -0.3), (0.62, 0.88), (-0.62, 0.88), (-1, -0.3)),
    "article": _WIDE,
}
"""Corners of the nodes of a kind, in radii; persons, and those of no known kind, are circles."""

HEADS: Final[Mapping[str, str]] = {
    **dict.fromkeys(("request", "ask", "order"), "asks"),
    **dict.fromkeys(("deny", "reject"), "denies"),
    **dict.fromkeys(("agree", "consult", "support", "cooperate", "aid"), "agrees"),
}
"""The heads of arrows that are not the usual one, by the kind of edge in small letters."""


@dataclass(frozen=True, slots=True)
class DrawnNode:
    """A node with a name where there is room; ``outline`` is SVG path data, empty for a circle."""

    node: Node
    x: float
    y: float
    radius: float
    outline: str
    label: Label | None


@dataclass(frozen=True, slots=True)
class DrawnEdge:
    """Edges of one kind between two nodes as one curve; ``path`` is SVG path data.

    ``head`` names that of its arrow, empty for the usual one.
    """

    edges: tuple[Edge, ...]
    path: str
    title: str
    head: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """A graph in a frame ``WIDTH`` wide and ``height`` high."""

    nodes: tuple[DrawnNode, ...]
    edges: tuple[DrawnEdge, ...]
    height: float


def drawing(graph: Projection) -> Drawing | None:
    """The drawing of a projection; nothing of an empty one."""
    if not graph.nodes:
        return None
    height, at = _frame(graph)
    size = 1.0 if len(graph.nodes) <= FEW else 0.6
    dots = [Dot(*at[one.iri], _radius(one, size), one.label) for one in graph.nodes]
    order = sorted(range(len(dots)), key=lambda n: (-graph.nodes[n].degree, n))
    found = labels([dots[n] for n in order], size=LABEL_SIZE, width=WIDTH, height=height)
    named = dict(zip(order, found, strict=True))
    nodes = tuple(
        DrawnNode(node, dot.x, dot.y, dot.radius, _outline(node.kind, dot), named[n])
        for n, (node, dot) in enumerate(zip(graph.nodes, dots, strict=True))
    )
    circles = {node.iri: dot for node, dot in zip(graph.nodes, dots, strict=True)}
    return Drawing(nodes, tuple(_curves(graph, circles)), height)


def _frame(graph: Projection) -> tuple[float, dict[str, tuple[float, float]]]:
    """The height of the drawing, and where each node stands in it."""
    xs, ys = [one.x for one in graph.nodes], [one.y for one in graph.nodes]
    wide, tall = max(max(xs) - min(xs), 1.0), max(max(ys) - min(ys), 1.0)
    highest = 600 if len(graph.nodes) <= FEW else 900
    scale = min((WIDTH - 2 * MARGIN) / wide, highest / tall, 2.2)
    left = (WIDTH - wide * scale) / 2
    at = {
        one.iri: (
            round(left + (one.x - min(xs)) * scale, 1),
            round(MARGIN / 2 + (one.y - min(ys)) * scale, 1),
        )
        for one in graph.nodes
    }
    return round(tall * scale + MARGIN, 1), at


def _radius(node: Node, size: float) -> float:
    return round(min(5 + 1.6 * math.sqrt(node.degree), 16) * size, 1)


def _outline(kind: str, dot: Dot) -> str:
    """The corners of a node that is no circle."""
    corners = (
        f"{dot.x + x * dot.radius:.1f} {dot.y + y * dot.radius:.1f}"
        for x, y in OUTLINES.get(kind, ())
    )
    found = "L".join(corners)
    return f"M{found}z" if found else ""


def _curves(graph: Projection, circles: Mapping[str, Dot]) -> Iterator[DrawnEdge]:
    """One curve for each pair and kind, bent so that kinds do not cover each other."""
    pairs: dict[tuple[str, str], dict[str, list[Edge]]] = {}
    for edge in graph.edges:
        pairs.setdefault((edge.source, edge.target), {}).setdefault(edge.kind, []).append(edge)
    for (source, target), kinds in pairs.items():
        both_ways = (target, source) in pairs
        for number, edges in enumerate(kinds.values()):
            bend = 14.0 * (number + both_ways) if number or both_ways else 0.0
            path = _path(circles[source], circles[target], bend)
            head = HEADS.get(edges[0].kind.lower(), "")
            yield DrawnEdge(tuple(edges), path, _title(circles, edges), head)


def _path(one: Dot, other: Dot, bend: float) -> str:
    """From the rim of one circle to the rim of the other; a loop where they are the same."""
    if one == other:
        top, r = one.y - one.radius, one.radius
        return (
            f"M{one.x - 3:.1f} {top:.1f}C{one.x - 3 * r:.1f} {top - 4 * r:.1f} "
            f"{one.x + 3 * r:.1f} {top - 4 * r:.1f} {one.x + 3:.1f} {top:.1f}"
        )
    dx, dy = other.x - one.x, other.y - one.y
    length = math.hypot(dx, dy) or 1.0
    ux, uy = dx / length, dy / length
    x1, y1 = one.x + ux * one.radius, one.y + uy * one.radius
    x2, y2 = other.x - ux * (other.radius + 4), other.y - uy * (other.radius + 4)
    if not bend:
        return f"M{x1:.0f} {y1:.0f}L{x2:.0f} {y2:.0f}"
    mx, my = (x1 + x2) / 2 - uy * bend * 1.6, (y1 + y2) / 2 + ux * bend * 1.6
    return f"M{x1:.0f} {y1:.0f}Q{mx:.0f} {my:.0f} {x2:.0f} {y2:.0f}"


def _title(names: Mapping[str, Dot], edges: list[Edge]) -> str:
    """Who, what and whom, and how often."""
    number = sum(edge.weight for edge in edges)
    source, target = names[edges[0].source].name, names[edges[0].target].name
    if number > 1:
        given = {"source": source, "label": edges[0].label, "target": target, "number": number}
        return str(TEXTS["graph"]["times"].format(**given).unescape())
    return f"{source} → {edges[0].label} → {target}"
