"""A projection as numbers a page can draw: circles with names, curves from rim to rim."""

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


@dataclass(frozen=True, slots=True)
class DrawnNode:
    """A node as a circle with a name where there is room."""

    node: Node
    x: float
    y: float
    radius: float
    label: Label | None


@dataclass(frozen=True, slots=True)
class DrawnEdge:
    """Edges of one kind between two nodes as one curve; ``path`` is SVG path data."""

    edges: tuple[Edge, ...]
    path: str
    title: str


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
        DrawnNode(node, dot.x, dot.y, dot.radius, named[n])
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
            yield DrawnEdge(tuple(edges), path, _title(circles, edges))


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
