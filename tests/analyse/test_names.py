from itertools import product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from kg.analyse.names import NameLabels

LABELS = ["O", "B-PERSON", "I-PERSON", "B-ORG", "I-ORG"]


def is_whole(labels: tuple[str, ...]) -> bool:
    pairs = zip(("O", *labels), labels, strict=False)
    return all(not b.startswith("I-") or a[2:] == b[2:] for a, b in pairs)


@given(
    st.integers(1, 4).flatmap(
        lambda n: arrays(np.float32, (n, len(LABELS)), elements=st.integers(-9, 9).map(float))
    )
)
def test_the_best_whole_names_are_found(scores: np.ndarray) -> None:
    def total(labels: tuple[str, ...]) -> float:
        return float(sum(scores[i, LABELS.index(label)] for i, label in enumerate(labels)))

    found = tuple(NameLabels(LABELS).decode(scores))
    every = [labels for labels in product(LABELS, repeat=len(scores)) if is_whole(labels)]
    assert is_whole(found)
    assert total(found) == max(map(total, every))
