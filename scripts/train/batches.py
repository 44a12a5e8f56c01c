"""Annotated sentences as tensors."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn.utils.rnn import pad_sequence

from kg.analyse.pieces import Encoded, WordPieces, feed
from scripts.train.treebank import Sentence

MISSING: Final = -100
"""The target of a word that is not annotated: no loss comes from it."""
NAME_LABELS: Final = ("O", "B-PERSON", "I-PERSON", "B-ORG", "I-ORG", "B-LOC", "I-LOC")
_LONGEST: Final = 256
_PIECES: Final = 1400
_NEIGHBOURHOOD: Final = 1024

Labels = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Example:
    """One sentence: the model's inputs, and the target of every word for every head.

    ``recased`` are the inputs of the sentence in capitals and in Title Case, as telexes and
    headlines are written; ``states`` [pieces, width] are a teacher's, or nothing.
    """

    encoded: Encoded
    targets: Mapping[str, Sequence[int]]
    recased: tuple[Encoded, ...] = ()
    states: NDArray[np.float16] | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """Padded inputs by the network's names, targets by head [B, N], and ``-1e4`` per padded head.

    ``states`` [B, T, width]: a teacher's for every piece, zero where there is none.
    """

    inputs: Mapping[str, Tensor]
    targets: Mapping[str, Tensor]
    head_mask: Tensor
    states: Tensor | None = None


def labels_of(sentences: Sequence[Sentence]) -> dict[str, list[str]]:
    """Every label that occurs, sorted, by head; ``ner`` is fixed."""
    layers = {"upos": "upos", "xpos": "xpos", "feats": "feats", "rel": "relations"}
    found = {
        key: sorted({label for one in sentences for label in getattr(one, layer)})
        for key, layer in layers.items()
    }
    return found | {"ner": list(NAME_LABELS)}


def examples(sentences: Sequence[Sentence], labels: Labels, pieces: WordPieces) -> list[Example]:
    """The sentences of at most 256 pieces, ready for batches."""
    index = {key: {label: at for at, label in enumerate(values)} for key, values in labels.items()}
    return [
        one
        for sentence in sentences
        for one in [_example(sentence, index, pieces)]
        if len(one.encoded.pieces) <= _LONGEST
    ]


def shuffled_batches(items: Sequence[Example], source: random.Random) -> list[list[Example]]:
    """Batches of sentences of like length, within a budget of padded pieces, in random order."""
    mixed = source.sample(items, len(items))
    batches: list[list[Example]] = []
    for start in range(0, len(mixed), _NEIGHBOURHOOD):
        near = sorted(
            mixed[start : start + _NEIGHBOURHOOD], key=lambda one: len(one.encoded.pieces)
        )
        batch: list[Example] = []
        for one in near:
            if batch and len(one.encoded.pieces) * (len(batch) + 1) > _PIECES:
                batches.append(batch)
                batch = []
            batch.append(one)
        batches.append(batch)
    source.shuffle(batches)
    return batches


def collate(batch: Sequence[Example]) -> Batch:
    """The tensors of a batch."""
    sizes = [len(one.encoded.first) for one in batch]
    head_mask = torch.full((len(batch), max(sizes) + 1), -1e4)
    for row, size in enumerate(sizes):
        head_mask[row, : size + 1] = 0.0
    return Batch(
        inputs={
            name: torch.from_numpy(array)
            for name, array in feed([one.encoded for one in batch]).items()
        },
        targets={
            key: torch.tensor(
                [
                    [*one.targets[key], *[MISSING] * (max(sizes) - size)]
                    for one, size in zip(batch, sizes, strict=True)
                ]
            )
            for key in batch[0].targets
        },
        head_mask=head_mask,
        states=_states([one.states for one in batch if one.states is not None]),
    )


def recased(batch: Sequence[Example], source: random.Random, share: float) -> list[Example]:
    """The batch with a share of its sentences in capitals or Title Case."""
    return [
        replace(one, encoded=source.choice(one.recased))
        if one.recased and source.random() < share
        else one
        for one in batch
    ]


def _states(rows: Sequence[NDArray[np.float16]]) -> Tensor | None:
    tensors = [torch.from_numpy(row) for row in rows]
    return pad_sequence(tensors, batch_first=True).float() if tensors else None


def _example(
    sentence: Sentence, index: Mapping[str, Mapping[str, int]], pieces: WordPieces
) -> Example:
    def encoded(words: Sequence[str]) -> Encoded:
        return pieces.encode([pieces.word(word) for word in words], sentence.glued)

    plain = encoded(sentence.words)
    others = [encoded([change(word) for word in sentence.words]) for change in (str.upper, _titled)]
    return Example(
        encoded=plain,
        targets=_targets(sentence, index),
        recased=tuple(one for one in others if len(one.pieces) == len(plain.pieces)),
    )


def _titled(word: str) -> str:
    """A word as a headline in Title Case has it: short function words stay small."""
    return word if len(word) < 4 else word[0].upper() + word[1:]


def _targets(sentence: Sentence, index: Mapping[str, Mapping[str, int]]) -> dict[str, list[int]]:
    layers: dict[str, Sequence[str]] = {
        "upos": sentence.upos,
        "xpos": sentence.xpos,
        "feats": sentence.feats,
        "rel": sentence.relations,
        "ner": sentence.names,
    }
    missing = [MISSING] * len(sentence.words)
    found = {
        key: [index[key].get(label, MISSING) for label in values] or missing
        for key, values in layers.items()
    }
    return found | {"head": list(sentence.heads) or missing}
