from itertools import product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from kg.analyse.trees import best_tree


def is_tree(heads: tuple[int, ...]) -> bool:
    """One child of the root, and every word reaches the root."""
    if heads.count(0) != 1:
        return False
    for word in range(1, len(heads) + 1):
        node, steps = word, 0
        while node and steps <= len(heads):
            node, steps = heads[node - 1], steps + 1
        if node:
            return False
    return True


def score(arcs: np.ndarray, heads: tuple[int, ...]) -> float:
    return float(sum(arcs[word, head] for word, head in enumerate(heads)))


small = st.integers(1, 4).flatmap(
    lambda n: arrays(np.float64, (n, n + 1), elements=st.integers(-8, 8).map(float))
)


@given(small)
def test_no_tree_scores_higher(arcs: np.ndarray) -> None:
    size = len(arcs)
    every = [heads for heads in product(range(size + 1), repeat=size) if is_tree(heads)]
    found = tuple(best_tree(arcs).tolist())
    assert is_tree(found)
    assert score(arcs, found) == max(score(arcs, heads) for heads in every)


@given(
    st.integers(1, 60).flatmap(
        lambda n: arrays(np.float32, (n, n + 1), elements=st.floats(-50, 50, width=32))
    )
)
def test_every_result_is_a_tree(arcs: np.ndarray) -> None:
    assert is_tree(tuple(best_tree(arcs).tolist()))


def test_equal_heads_go_to_the_lowest_index() -> None:
    assert best_tree(np.zeros((1, 2))).tolist() == [0]
    arcs = np.array([[9.0, 0, 0, 0], [0, 5, 0, 5], [0, 5, 5, 0]])
    assert best_tree(arcs).tolist() == [0, 1, 1]


def test_a_long_cycle_is_broken() -> None:
    size = 300
    arcs = np.zeros((size, size + 1))
    for word in range(size):
        arcs[word, (word + 1) % size + 1] = 10.0
    arcs[7, 0] = 9.0
    heads = best_tree(arcs).tolist()
    assert is_tree(tuple(heads))
    assert heads[7] == 0
