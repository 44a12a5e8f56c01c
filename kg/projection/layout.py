"""Where nodes stand, the same on every machine.

Small graphs are laid out by force (Fruchterman & Reingold 1991), large ones on a spiral in which
neighbours follow each other. networkx's own layouts sum in an order that depends on the
processor, and a force layout magnifies the last bit; here every sum runs in one fixed order, and
only the operations that IEEE 754 rounds exactly are used (no sine, no power).
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from kg.projection.model import Edge, Node, Projection

FORCED: Final = 500
"""Up to so many nodes are laid out by force; beyond, on a spiral."""

SPACING: Final = 80.0
"""Units between neighbours."""

ROUNDS: Final = 60
_GRAVITY: Final = 0.3
_PLASTIC: Final = (0.7548776662466927, 0.5698402909980532)
_GOLDEN: Final = (-0.7373688780783197, 0.6754902942615238)
"""Cosine and sine of the golden angle."""

Points = NDArray[np.float64]


def positions(graph: Projection) -> Projection:
    """The projection with ``x``, ``y`` (two decimals) and ``degree`` filled."""
    at = {node.iri: number for number, node in enumerate(graph.nodes)}
    ends = np.array([(at[e.source], at[e.target]) for e in graph.edges], int).reshape(-1, 2)
    degree = np.bincount(ends.ravel(), minlength=len(at))
    few = len(at) <= FORCED
    points = _forced(len(at), ends) if few else _spiral(graph.nodes, graph.edges)
    placed = zip(graph.nodes, np.round(points, 2).tolist(), degree.tolist(), strict=True)
    # Adding 0.0 turns -0.0, which is written otherwise, into 0.0.
    nodes = [replace(node, x=x + 0.0, y=y + 0.0, degree=n) for node, (x, y), n in placed]
    return replace(graph, nodes=tuple(nodes))


def _forced(count: int, ends: NDArray[np.int_]) -> Points:
    """Nodes push each other away, edges pull, and all is drawn a little to the middle."""
    side = SPACING * np.sqrt(max(count, 1))
    steps = np.arange(1, count + 1)[:, None] * np.array(_PLASTIC)
    points: Points = (steps - np.floor(steps) - 0.5) * side
    pairs = np.unique(np.sort(ends[ends[:, 0] != ends[:, 1]], axis=1), axis=0)
    for turn in range(ROUNDS if count > 1 else 0):
        reach = side / 4 * (1 - turn / ROUNDS)
        move = _push(points) + _pull(points, pairs) - _GRAVITY * points
        length = np.sqrt(move[:, 0] * move[:, 0] + move[:, 1] * move[:, 1])
        points = points + move * (np.minimum(length, reach) / np.maximum(length, 1e-9))[:, None]
    return points


def _push(points: Points) -> Points:
    """Away from every other node, the nearer the stronger.

    The sum runs over the first axis of the array: row after row is added, in that order.
    """
    dx = points[None, :, 0] - points[:, None, 0]
    dy = points[None, :, 1] - points[:, None, 1]
    strength = SPACING * SPACING / np.maximum(dx * dx + dy * dy, 1.0)
    return np.stack([(dx * strength).sum(axis=0), (dy * strength).sum(axis=0)], axis=1)


def _pull(points: Points, pairs: NDArray[np.int_]) -> Points:
    """Towards every neighbour, the farther the stronger."""
    first, second = pairs[:, 0], pairs[:, 1]
    gap = points[second] - points[first]
    length = np.sqrt(gap[:, 0] * gap[:, 0] + gap[:, 1] * gap[:, 1])
    force = gap * (length / SPACING)[:, None]
    found = np.zeros_like(points)
    for axis in (0, 1):
        toward = np.bincount(first, force[:, axis], len(points))
        found[:, axis] = toward - np.bincount(second, force[:, axis], len(points))
    return found


def _spiral(nodes: Sequence[Node], edges: Sequence[Edge]) -> Points:
    """A sunflower: each hub is followed by its neighbours and theirs, then the next hub."""
    order = _walk(nodes, edges)
    points: Points = np.zeros((len(nodes), 2))
    cosine, sine = _GOLDEN
    x, y = 1.0, 0.0
    for number, node in enumerate(order):
        radius = SPACING * float(np.sqrt(number))
        points[node] = x * radius, y * radius
        x, y = x * cosine - y * sine, x * sine + y * cosine
    return points


def _walk(nodes: Sequence[Node], edges: Sequence[Edge]) -> list[int]:
    """The nodes' numbers, breadth first from the most connected."""
    at = {node.iri: number for number, node in enumerate(nodes)}
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(len(nodes)))
    graph.add_edges_from((at[edge.source], at[edge.target]) for edge in edges)
    seen: dict[int, None] = {}
    for hub in sorted(graph, key=lambda one: (-graph.degree[one], one)):
        if hub not in seen:
            seen[hub] = None
            seen.update((after, None) for _, after in nx.bfs_edges(graph, hub))
    return list(seen)
