"""Who is joined to whom: the neighbours of every node, held as two arrays."""

from collections import deque
from collections.abc import Sequence

import numpy as np

from kg.projection.sheet import Ends


class Around:
    """The neighbours of ``count`` nodes, edges taken both ways.

    ``degree`` counts neighbours once each; a node that leads to itself counts twice.

    >>> around = Around(3, np.array([[0, 1], [2, 1], [1, 0]], np.int32))
    >>> around(1), around.path(0, 2), around.degree.tolist()
    ([0, 2], [0, 1, 2], [1, 2, 1])
    """

    def __init__(self, count: int, ends: Ends) -> None:
        # Both directions of the first edge, of the second …: neighbours come in that order.
        both = np.stack([ends, ends[:, ::-1]], axis=1).reshape(-1, 2)
        keys = both[:, 0].astype(np.int64) * max(count, 1) + both[:, 1]
        _, first = np.unique(keys, return_index=True)
        both = both[np.sort(first)]
        order = np.argsort(both[:, 0], kind="stable")
        self._neighbours = both[order, 1]
        self._start = np.searchsorted(both[order, 0], np.arange(count + 1))
        loops = np.bincount(ends[ends[:, 0] == ends[:, 1], 0], minlength=count) > 0
        self.degree = np.diff(self._start) + loops

    def __call__(self, node: int) -> list[int]:
        """The neighbours of a node, in the order of the edges that join them."""
        found: list[int] = self._neighbours[self._start[node] : self._start[node + 1]].tolist()
        return found

    def path(self, source: int, target: int) -> Sequence[int]:
        """The nodes of a shortest path, both ends included; empty where there is none.

        Of several, the one that is found first in the order of edges.
        """
        before = {source: source}
        ahead = deque([source])
        while ahead and target not in before:
            node = ahead.popleft()
            for other in self(node):
                if other not in before:
                    before[other] = node
                    ahead.append(other)
        return _back(before, source, target) if target in before else ()


def _back(before: dict[int, int], source: int, target: int) -> list[int]:
    found = [target]
    while found[-1] != source:
        found.append(before[found[-1]])
    return found[::-1]
