"""The best sequence of B-, I- and O labels (Viterbi over hard constraints)."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


class NameLabels:
    """Decoder for one list of labels such as ``O B-PERSON I-PERSON …``."""

    def __init__(self, labels: Sequence[str]) -> None:
        self._labels = tuple(labels)
        self._follows = np.array([[_may_follow(a, b) for b in labels] for a in labels])
        self._begins = np.array([_may_follow("O", label) for label in labels])

    def decode(self, scores: NDArray[np.floating]) -> list[str]:
        """The labels with the highest sum of ``scores[word, label]`` that form whole names."""
        best = scores.argmax(axis=1)
        if not (self._begins[best[0]] and self._follows[best[:-1], best[1:]].all()):
            best = self._viterbi(scores.astype(np.float64))
        return [self._labels[label] for label in best]

    def _viterbi(self, scores: NDArray[np.float64]) -> NDArray[np.int64]:
        total = np.where(self._begins, scores[0], -np.inf)
        allowed = np.where(self._follows, 0.0, -np.inf)
        back = np.zeros(scores.shape, np.int64)
        for step in range(1, len(scores)):
            reached = total[:, None] + allowed
            back[step] = reached.argmax(axis=0)
            total = reached.max(axis=0) + scores[step]
        path = np.zeros(len(scores), np.int64)
        path[-1] = total.argmax()
        for step in range(len(scores) - 1, 0, -1):
            path[step - 1] = back[step, path[step]]
        return path


def _may_follow(before: str, label: str) -> bool:
    return not label.startswith("I-") or before[2:] == label[2:]
