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
    if np.count_nonzero(heads[1:] == 0) == 1 and not _cycle(heads):
        return heads[1:]
    finite = scores[1:][np.isfinite(scores[1:])]
    scores[1:, 0] -= 1.0 + size * -finite.min()
    return _arborescence(scores)[1:]


def _cycle(heads: Heads) -> list[int]:
    """The nodes of one cycle among the heads (node 0 is the root), or nothing."""
    path = heads.tolist()
    colour = [0] * len(path)
    for start in range(1, len(path)):
        node = start
        while node > 0 and colour[node] == 0:
            colour[node] = start
            node = path[node]
        if node > 0 and colour[node] == start:
            return _around(path, node)
    return []


def _around(heads: list[int], start: int) -> list[int]:
    nodes = [start]
    while heads[nodes[-1]] != start:
        nodes.append(heads[nodes[-1]])
    return sorted(nodes)


def _arborescence(scores: Scores) -> Heads:
    """Heads of the best arborescence; ``scores[d, h]`` is square, row 0 is not read."""
    contractions: list[tuple[Heads, Heads, Heads, Heads]] = []
    heads = _greedy(scores)
    while cycle := _cycle(heads):
        inside = np.array(cycle)
        outside = np.setdiff1d(np.arange(len(heads)), inside)
        scores, enter, leave = _contract(scores, heads, inside, outside)
        contractions.append((heads, outside, enter, leave))
        heads = _greedy(scores)
    for whole, outside, enter, leave in reversed(contractions):
        heads = _expand(whole, heads, outside, enter, leave)
    return heads


def _greedy(scores: Scores) -> Heads:
    heads: Heads = scores.argmax(axis=1)
    heads[0] = 0
    return heads


def _contract(
    scores: Scores, heads: Heads, inside: Heads, outside: Heads
) -> tuple[Scores, Heads, Heads]:
    """The scores with the cycle as one last node, and which of its nodes each arc means.

    ``enter[h]`` is the node of the cycle that head ``outside[h]`` would enter at, ``leave[d]``
    the one that would be head of ``outside[d]``.
    """
    size = len(outside)
    kept = scores[inside, heads[inside]]
    smaller = np.full((size + 1, size + 1), -np.inf)
    smaller[:size, :size] = scores[np.ix_(outside, outside)]
    gains = scores[np.ix_(inside, outside)] - kept[:, None]
    losses = scores[np.ix_(outside, inside)]
    smaller[size, :size] = gains.max(axis=0)
    smaller[:size, size] = losses.max(axis=1)
    return smaller, inside[gains.argmax(axis=0)], inside[losses.argmax(axis=1)]


def _expand(heads: Heads, found: Heads, outside: Heads, enter: Heads, leave: Heads) -> Heads:
    """The heads of the full graph from those of the contracted one."""
    size = len(outside)
    whole = heads.copy()
    for node in range(1, size):
        head = found[node]
        whole[outside[node]] = leave[node] if head == size else outside[head]
    broken = found[size]
    whole[enter[broken]] = outside[broken]
    return whole
