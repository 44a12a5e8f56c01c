"""Who stands where among the others: how many edges, in which group, how much in the middle.

Groups are those of Blondel et al. 2008 (Louvain), with gains of modularity compared as whole
numbers and nodes visited in their order; ranks are PageRank (Page et al. 1999), edges taken both
ways. Both are the same on every machine, as networkx's are not: its Louvain draws an order and
changes between releases, its PageRank adds up in an order that depends on the processor.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kg.projection.sheet import Ends

DAMPING: Final = 0.85
ROUNDS: Final = 60
"""Rounds of PageRank: what is left then is a ten-thousandth."""

PASSES: Final = 20
"""The most times that all nodes are visited on one level."""

Numbers = NDArray[np.int64]


def degrees(count: int, ends: Ends) -> Numbers:
    """How many edges each of ``count`` nodes has; one that leads back counts twice."""
    return np.bincount(ends.ravel(), minlength=count).astype(np.int64)


def centrality(count: int, ends: Ends) -> NDArray[np.float64]:
    """The PageRank of each node as a part of the highest, four decimals."""
    degree = np.maximum(degrees(count, ends), 1)
    one, other = ends[:, 0], ends[:, 1]
    found: NDArray[np.floating] = np.ones(count)
    for _ in range(ROUNDS):
        given = found / degree
        # bincount adds one after the other, in the order of the edges.
        taken = np.bincount(other, given[one], count) + np.bincount(one, given[other], count)
        found = (1 - DAMPING) + DAMPING * taken
    parts: NDArray[np.float64] = np.round(found / max(float(found.max(initial=0.0)), 1e-9), 4)
    return parts


def communities(count: int, ends: Ends) -> Numbers:
    """The group of each node, 0 the largest; a node without edges is one of its own."""
    belongs = np.arange(count)
    level = _Level.of(np.bincount(ends.ravel(), minlength=count), ends, np.ones(len(ends), int))
    while (moved := _moved(level)) is not None:
        belongs = moved[belongs]
        level = level.joined(moved)
    return _by_size(belongs)


@dataclass(frozen=True, slots=True)
class _Level:
    """Nodes with their whole weight, and their neighbours: of node n from ``start[n]`` on."""

    weight: Numbers
    start: Numbers
    neighbour: Numbers
    shared: Numbers

    @classmethod
    def of(cls, weight: Numbers, ends: NDArray[np.integer], shared: Numbers) -> "_Level":
        """The level of edges with a weight each; parallel ones are one, loops none."""
        count = max(len(weight), 1)
        apart = ends[:, 0] != ends[:, 1]
        there = np.concatenate([ends[apart], ends[apart][:, ::-1]]).astype(np.int64)
        keys, which = np.unique(there[:, 0] * count + there[:, 1], return_inverse=True)
        summed = np.zeros(len(keys), np.int64)
        np.add.at(summed, which, np.concatenate([shared[apart]] * 2))
        start = np.searchsorted(keys // count, np.arange(len(weight) + 1))
        return cls(weight, start, keys % count, summed)

    def joined(self, group: Numbers) -> "_Level":
        """The level above, a node for each group."""
        count = int(group.max(initial=-1)) + 1
        weight = np.zeros(count, np.int64)
        np.add.at(weight, group, self.weight)
        source = np.repeat(np.arange(len(self.weight)), np.diff(self.start))
        once = source < self.neighbour
        ends = np.stack([group[source[once]], group[self.neighbour[once]]], axis=1)
        return _Level.of(weight, ends, self.shared[once])


def _moved(level: _Level) -> Numbers | None:
    """The group of each node once none gains by another; None where none ever did.

    After the first pass only those are visited again of whom a neighbour went elsewhere.
    """
    weight, start = level.weight.tolist(), level.start.tolist()
    whole = sum(weight)
    group, total = list(range(len(weight))), list(weight)
    ahead, changed = bytearray(b"\1") * len(weight), False
    for _ in range(PASSES):
        node = ahead.find(1)
        if node < 0:
            break
        while node >= 0:
            ahead[node] = 0
            part = slice(start[node], start[node + 1])
            near, own = level.neighbour[part].tolist(), group[node]
            shared: dict[int, int] = {}
            for other, how in zip(near, level.shared[part].tolist(), strict=True):
                to = group[other]
                shared[to] = shared.get(to, 0) + how
            total[own] -= weight[node]
            best = _best(shared, own, weight[node], whole, total)
            total[best] += weight[node]
            if best != own:
                changed, group[node] = True, best
                for other in near:
                    ahead[other] |= group[other] != best
            node = ahead.find(1, node + 1)
    return np.unique(group, return_inverse=True)[1].astype(np.int64) if changed else None


def _best(shared: dict[int, int], own: int, mine: int, whole: int, total: list[int]) -> int:
    """Where a node gains most: in its own group, else of equals in the one of the lowest number."""
    best, gain = own, shared.get(own, 0) * whole - mine * total[own]
    for one, how in shared.items():
        now = how * whole - mine * total[one]
        if now > gain or (now == gain and one < best != own):
            best, gain = one, now
    return best


def _by_size(belongs: Numbers) -> Numbers:
    """Groups numbered by their size, the largest first; of equals the one of the first node."""
    _, first, belongs, sizes = np.unique(
        belongs, return_index=True, return_inverse=True, return_counts=True
    )
    order = np.lexsort((first, -sizes))
    place = np.empty(len(order), np.int64)
    place[order] = np.arange(len(order))
    found: Numbers = place[belongs]
    return found
