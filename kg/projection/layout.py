"""Where nodes stand: the same on every machine, and nearly the same in the next view.

Every node has a seat by its IRI. From there it is drawn to its neighbours, then pushed and pulled
by force (Fruchterman & Reingold 1991), in steps too small to turn the picture round: what changes
in a graph moves what is near it, and a map that a reader knows stays that map. Of a large graph
the most connected are laid out so, each other one near the most connected of its neighbours.

networkx's own layouts sum in an order that depends on the processor, and a force layout magnifies
the last bit; here every sum runs in one fixed order, and only the operations that IEEE 754 rounds
exactly are used (no sine, no power).
"""

from collections.abc import Iterable
from hashlib import sha256
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kg.projection.sheet import Ends

FORCED: Final = 500
"""Up to so many nodes, or so many of the most connected, are laid out by force."""

SPACING: Final = 80.0
"""Units between neighbours."""

ROUNDS: Final = 60
DRAWN: Final = 20
"""Rounds in which nodes are drawn to their neighbours before there is force."""
LAYERS: Final = 64
"""So far from the most connected a node stands by its neighbours; beyond, around all of them."""
_OWN: Final = 0.1
"""How much of a node's own seat there is in its place before there is force."""
_SPREAD: Final = 0.3
"""Of the side of the drawing: how far from its middle nodes then stand, in the mean."""
_STEP: Final = 0.025
"""Of the side of the drawing: the longest step that force makes."""
_GRAVITY: Final = 0.3
_DISC: Final = 0.3183098861837907
"""1 / π: a disc of one unit of area has a radius whose square is this."""
_LUMPED: Final = 50
"""Of so many nodes half of the lump that edges draw them into is evened out."""

Points = NDArray[np.float64]


def seats(iris: Iterable[str]) -> Points:
    """The seat of each node, by its IRI alone: in a square from -1 to 1."""
    keys = b"".join(sha256(iri.encode()).digest()[:8] for iri in iris)
    found: Points = np.frombuffer(keys, ">u4").reshape(-1, 2) / 2.0**31 - 1.0
    return found


def placed(seat: Points, ends: Ends) -> Points:
    """Where each node stands, two decimals."""
    points = _forced(seat, ends) if len(seat) <= FORCED else _outward(seat, ends)
    # Adding 0.0 turns -0.0, which is written otherwise, into 0.0.
    found: Points = np.round(points, 2) + 0.0
    return found


def _forced(seat: Points, ends: Ends) -> Points:
    """Nodes push each other away, edges pull, and all is drawn a little to the middle."""
    side = SPACING * np.sqrt(max(len(seat), 1))
    pairs = np.unique(np.sort(ends[ends[:, 0] != ends[:, 1]], axis=1), axis=0)
    points: Points = _near(seat, pairs) * side * _SPREAD
    for turn in range(ROUNDS if len(seat) > 1 else 0):
        reach = side * _STEP * (1 - turn / ROUNDS)
        move = _push(points) + _pull(points, pairs) - _GRAVITY * points
        points = points + move * (np.minimum(_length(move), reach) / _above(_length(move)))[:, None]
    return _even(points)


def _even(points: Points) -> Points:
    """The same directions from the middle, with as much room there as at the rim.

    Many edges draw a graph into a lump; the more nodes there are, the more it is evened out.
    """
    count, length = len(points), _length(points)
    place = np.empty(count)
    place[np.argsort(length, kind="stable")] = np.arange(count)
    even = SPACING * np.sqrt((place + 0.5) * _DISC)
    much = count / (count + _LUMPED)
    # What is wide already stays as wide: neighbours keep their distance.
    wide = np.maximum(_sum(even), _sum(length))
    away = much * even * (wide / _above(_sum(even)))
    away = away + (1 - much) * length * (wide / _above(_sum(length)))
    found: Points = points * (away / _above(length))[:, None]
    return found


def _near(seat: Points, pairs: Ends) -> Points:
    """Every node between its neighbours, a little at its seat; 1 from the middle in the mean."""
    count, points = len(seat), seat
    degree = np.bincount(pairs.ravel(), minlength=count)
    for _ in range(DRAWN):
        mean = _added(points, pairs) / np.maximum(degree, 1)[:, None]
        drawn = _OWN * seat + (1 - _OWN) * mean
        points = np.where(degree[:, None] > 0, drawn, seat)
    found: Points = points / _above(_sum(_length(points)) / max(count, 1))
    return found


def _added(points: Points, pairs: Ends) -> Points:
    """For each node the sum of its neighbours' places."""
    one, other, count = pairs[:, 0], pairs[:, 1], len(points)
    return np.stack(
        [
            np.bincount(one, axis[other], count) + np.bincount(other, axis[one], count)
            for axis in points.T
        ],
        axis=1,
    )


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


def _outward(seat: Points, ends: Ends) -> Points:
    """The most connected by force, each other node in the crowd around one of its neighbours.

    What none of these leads to stands around all of them, its own neighbours in crowds around it.
    """
    count = len(seat)
    degree = np.bincount(ends.ravel(), minlength=count)
    core = np.sort(np.lexsort((np.arange(count), -degree))[:FORCED])
    points = np.zeros((count, 2))
    points[core] = _core(core, seat, ends) * np.sqrt(count / FORCED)
    there = np.zeros(count, bool)
    there[core] = True
    both = np.concatenate([ends, ends[:, ::-1]])
    _crowd(points, there, seat, both, degree)
    _around(points, there, _peaks(there, both, degree), seat)
    _crowd(points, there, seat, both, degree)
    _around(points, there, ~there, seat)
    return points


def _core(core: NDArray[np.intp], seat: Points, ends: Ends) -> Points:
    number = np.full(len(seat), -1, np.int32)
    number[core] = np.arange(len(core))
    among = number[ends]
    return _forced(seat[core], among[(among >= 0).all(axis=1)])


def _crowd(
    points: Points, there: NDArray[np.bool_], seat: Points, both: Ends, degree: NDArray[np.intp]
) -> None:
    """Give those a place who have a neighbour with one, layer after layer."""
    for _ in range(LAYERS):
        near = both[there[both[:, 0]] & ~there[both[:, 1]]]
        order = np.lexsort((near[:, 0], -degree[near[:, 0]], near[:, 1]))
        who, first = np.unique(near[order, 1], return_index=True)
        if not len(who):
            return
        host = near[order[first], 0]
        wide = SPACING * np.sqrt(np.bincount(host, minlength=len(points))[host])
        points[who] = points[host] + _round(seat[who]) * wide[:, None]
        there[who] = True


def _peaks(there: NDArray[np.bool_], both: Ends, degree: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Of those without a place who is more connected than each neighbour; of equals the first."""
    found = ~there
    one, other = both.T
    higher = (degree[one] > degree[other]) | ((degree[one] == degree[other]) & (one < other))
    found[other[higher]] = False
    return found


def _around(points: Points, there: NDArray[np.bool_], who: NDArray[np.bool_], seat: Points) -> None:
    """Give these a place in a ring around all that have one."""
    inner = _length(points[there]).max(initial=0.0) + SPACING
    offset = _round(seat[who])
    length = _length(offset)
    area = np.count_nonzero(who) * SPACING * SPACING
    radius = np.sqrt(inner * inner + length * length * area)
    points[who] = offset * (radius / _above(length))[:, None]
    there |= who


def _round(seat: Points) -> Points:
    """The square of seats as a disc."""
    longest = np.abs(seat).max(axis=1)
    found: Points = seat * (longest / _above(_length(seat)))[:, None]
    return found


def _length(points: Points) -> Points:
    found: Points = np.sqrt(points[:, 0] * points[:, 0] + points[:, 1] * points[:, 1])
    return found


def _sum(numbers: Points) -> Points:
    """One after the other: numpy's own sum goes by the width of the processor."""
    return np.bincount(np.zeros(len(numbers), np.intp), numbers, 1).astype(np.float64)


def _above(length: Points) -> Points:
    """Never zero, to divide by."""
    return np.maximum(length, 1e-9)
