"""The best dependency tree of arc scores: exact, with one root.

Chu and Liu (1965), Edmonds (1967): the maximum spanning arborescence. That exactly one word
hangs on the root is had by a charge on root arcs larger than any tree can win back
(Stanojević and Cohen, "A Root of a Problem", EMNLP 2021, describe the cost of doing otherwise).
"""

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float64]
Heads = NDArray[np.int64]


def best_tree(arcs: NDArray[np.floating]) -> Heads:
    """Head of every word, 0 for the root's child, else 1 + the index of the head.

    ``arcs[d, h]`` scores head h for word d; shape [n, n + 1], column 0 the root; n at least 1,
    every score finite. Of equal heads the one with the lowest index is taken.

    >>> best_tree(np.array([[1.0, 0.0, 5.0], [3.0, 6.0, 0.0]])).tolist()
    [2, 0]
    """
    size = arcs.shape[0]
    scores = np.full((size + 1, size + 1), -np.inf)
    scores[1:] = arcs
    np.fill_diagonal(scores, -np.inf)
    scores[1:] -= scores[1:].max(axis=1, keepdims=True)
    heads: Heads = scores.argmax(axis=1)
    if np.count_nonzero(heads[1:] == 0) == 1 and not _cyclic(heads):
        return heads[1:]
    finite = scores[1:][np.isfinite(scores[1:])]
    scores[1:, 0] -= 1.0 + size * -finite.min()
    return _arborescence(scores)[1:]


def _cyclic(heads: Heads) -> bool:
    """Whether some word does not lead to the root, node 0."""
    path = heads.tolist()
    colour = [0] * len(path)
    for start in range(1, len(path)):
        node = start
        while node > 0 and colour[node] == 0:
            colour[node] = start
            node = path[node]
        if node > 0 and colour[node] == start:
            return True
    return False


def _arborescence(scores: Scores) -> Heads:
    """Heads of the best arborescence; ``scores[d, h]`` is square, row 0 is not read."""
    graph = _Graph(scores)
    done = {0}
    for start in range(1, len(scores)):
        path = [start] if start in graph.members and start not in done else []
        while path and path[-1] not in done:
            head = graph.choose(path[-1])
            if head in path:
                at = path.index(head)
                path[at:] = [graph.contract(sorted(path[at:]))]
            else:
                path.append(head)
        done.update(path)
    return graph.expand()


class _Graph:
    """A graph whose cycles are contracted in place, as Gabow and others (1986) do.

    A cycle becomes one node, under the number of its first: row and column of that number stand
    for all its words, and ``dependent`` and ``head`` say which arc between words an entry means.
    """

    def __init__(self, scores: Scores) -> None:
        self.scores = scores
        self.dependent: Heads = np.indices(scores.shape)[0]
        self.head: Heads = np.indices(scores.shape)[1]
        self.arcs: dict[int, tuple[int, int]] = {}
        """Node → the arc between words that leads to it."""
        self.kept: dict[int, float] = {}
        self.members = {node: node for node in range(1, len(scores))}
        """Number of a node → its place in ``inside``: words first, then cycles in turn."""
        self.inside: list[tuple[tuple[int, tuple[int, int]], ...]] = [()] * len(scores)
        """The nodes of each cycle, and their arcs within it."""
        self.around: dict[int, int] = {}

    def choose(self, node: int) -> int:
        """The best head of a node, noted."""
        head = int(self.scores[node].argmax())
        self.kept[node] = float(self.scores[node, head])
        self.arcs[node] = int(self.dependent[node, head]), int(self.head[node, head])
        return head

    def contract(self, cycle: list[int]) -> int:
        """Make one node of a cycle: an arc into it costs the arc that it replaces."""
        first, nodes = cycle[0], np.array(cycle)
        every = np.arange(len(self.scores))
        gains = self.scores[nodes] - np.array([self.kept[node] for node in cycle])[:, None]
        enter, leave = nodes[gains.argmax(axis=0)], nodes[self.scores[:, nodes].argmax(axis=1)]
        self.scores[first], self.scores[:, first] = gains.max(axis=0), self.scores[every, leave]
        for ends in (self.dependent, self.head):
            ends[first], ends[:, first] = ends[enter, every], ends[every, leave]
        self.scores[nodes[1:]] = self.scores[:, nodes[1:]] = self.scores[first, first] = -np.inf
        self._note(cycle)
        return first

    def _note(self, cycle: list[int]) -> None:
        place = len(self.inside)
        found = tuple((self.members.pop(node), self.arcs[node]) for node in cycle)
        self.inside.append(found)
        self.around.update((member, place) for member, _ in found)
        self.members[cycle[0]] = place

    def expand(self) -> Heads:
        """The head of every word: where an arc enters a cycle, the cycle's own arc there goes."""
        heads = np.zeros(len(self.scores), np.int64)
        waiting = [(place, self.arcs[node]) for node, place in self.members.items()]
        while waiting:
            place, (word, head) = waiting.pop()
            heads[word] = head
            inner = word
            while inner != place:
                outer = self.around[inner]
                waiting.extend(one for one in self.inside[outer] if one[0] != inner)
                inner = outer
        return heads
