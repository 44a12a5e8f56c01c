"""Where nodes stand, the same on every machine.

Small graphs are laid out by force (Fruchterman & Reingold 1991), large ones on a spiral in which
neighbours follow each other. networkx's own layouts sum in an order that depends on the
processor, and a force layout magnifies the last bit; here every sum runs in one fixed order, and
only the operations that IEEE 754 rounds exactly are used (no sine, no power).
"""

from collections import deque
from collections.abc import Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kg.projection.around import Around
from kg.projection.sheet import Ends

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


def placed(count: int, ends: Ends) -> Points:
    """Where each of ``count`` nodes stands, two decimals."""
    points = _forced(count, ends) if count <= FORCED else _spiral(count, ends)
    # Adding 0.0 turns -0.0, which is written otherwise, into 0.0.
    found: Points = np.round(points, 2) + 0.0
    return found


def _forced(count: int, ends: Ends) -> Points:
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


def _pull(points: Points, pairs: Ends) -> Points:
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


def _spiral(count: int, ends: Ends) -> Points:
    """A sunflower: each hub is followed by its neighbours and theirs, then the next hub."""
    points: Points = np.zeros((count, 2))
    cosine, sine = _GOLDEN
    x, y = 1.0, 0.0
    for number, node in enumerate(_walk(count, ends)):
        radius = SPACING * float(np.sqrt(number))
        points[node] = x * radius, y * radius
        x, y = x * cosine - y * sine, x * sine + y * cosine
    return points


def _walk(count: int, ends: Ends) -> Iterator[int]:
    """The nodes' numbers, breadth first from the most connected."""
    around = Around(count, ends)
    seen = bytearray(count)
    for hub in np.lexsort((np.arange(count), -around.degree)).tolist():
        ahead = deque([] if seen[hub] else [hub])
        seen[hub] = 1
        while ahead:
            node = ahead.popleft()
            yield node
            for other in around(node):
                if not seen[other]:
                    seen[other] = 1
                    ahead.append(other)
