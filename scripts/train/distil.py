"""What a student learns from its teacher: its states, and its scores of every word.

Hinton, Vinyals and Dean, "Distilling the Knowledge in a Neural Network" (2015); the states as in
Jiao et al., "TinyBERT" (EMNLP Findings 2020). The teacher scores what no person annotated too:
names in documents without names, trees in those without trees; and it reads every sentence as it
was written, so that a student that is shown it in capitals learns what the letters no longer say.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from scripts.train.batches import Batch, Example, collate
from scripts.train.network import ParserNetwork, Scores

_TAGS = {"upos": 0.3, "xpos": 0.3, "feats": 0.2, "ner": 1.0}
"""The weight of each labelling; arcs weigh 1, relations 0.7, as in the loss of the annotation."""


def with_states(teacher: ParserNetwork, items: Sequence[Example], size: int = 16) -> list[Example]:
    """The examples with the teacher's states; in the order of their length."""
    ordered = sorted(items, key=lambda one: len(one.encoded.pieces))
    taught: list[Example] = []
    for start in range(0, len(ordered), size):
        batch = ordered[start : start + size]
        inputs = collate(batch).inputs
        with torch.no_grad():
            states = teacher.encoder(inputs["ids"], inputs["shp"], inputs["mask"]).numpy()
        taught += [
            replace(one, states=row[: len(one.encoded.pieces)].astype(np.float16))
            for one, row in zip(batch, states, strict=True)
        ]
    return taught


@dataclass(frozen=True, slots=True)
class Lesson:
    """A teacher, and how much its states weigh beside its scores."""

    teacher: ParserNetwork
    states: float = 3.0

    def loss(self, network: ParserNetwork, batch: Batch, states: Tensor, scores: Scores) -> Tensor:
        """How far states and scores are from the teacher's, a word."""
        if batch.states is None:
            return torch.zeros(())
        inputs = batch.inputs
        words = batch.head_mask[:, 1:] == 0
        with torch.no_grad():
            taught = self.teacher.read(
                batch.states, inputs["first"], inputs["last"], inputs["wshape"]
            )
            heads = (taught.arcs + batch.head_mask[:, None, :]).argmax(-1)
        total = self.states * _distance(states, batch.states, inputs["mask"])
        total = total + _divergence(
            (scores.arcs + batch.head_mask[:, None, :])[words],
            (taught.arcs + batch.head_mask[:, None, :])[words],
        )
        total = total + 0.7 * _divergence(
            _relations(network, scores, heads, words),
            _relations(self.teacher, taught, heads, words),
        )
        for kind, weight in _TAGS.items():
            kinds = _divergence(scores.tags[kind][words], taught.tags[kind][words])
            total = total + weight * kinds
        return total


def _relations(network: ParserNetwork, scores: Scores, heads: Tensor, words: Tensor) -> Tensor:
    at = heads.unsqueeze(2).expand(-1, -1, scores.heads.shape[2])
    return network.relation_scores(
        scores.dependents[words], torch.gather(scores.heads, 1, at)[words]
    )


def _distance(own: Tensor, taught: Tensor, mask: Tensor) -> Tensor:
    """Mean squared distance over pieces and dimensions."""
    return (((own - taught) ** 2).mean(-1) * mask).sum() / mask.sum()


def _divergence(own: Tensor, taught: Tensor) -> Tensor:
    """Kullback-Leibler divergence of scores [words, choices] from a teacher's, a word."""
    return functional.kl_div(
        functional.log_softmax(own, -1),
        functional.log_softmax(taught, -1),
        reduction="batchmean",
        log_target=True,
    )
