"""Annotated sentences as tensors."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import torch
from torch import Tensor

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
    """One sentence: the model's inputs, and the target of every word for every head."""

    encoded: Encoded
    targets: Mapping[str, Sequence[int]]


@dataclass(frozen=True, slots=True)
class Batch:
    """Padded inputs by the model's names, targets by head [B, N], and ``-1e4`` per padded head."""

    inputs: Mapping[str, Tensor]
    targets: Mapping[str, Tensor]
    head_mask: Tensor


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
    encoded = [
        (pieces.encode([pieces.word(word) for word in one.words], one.glued), one)
        for one in sentences
    ]
    return [
        Example(encoded=inputs, targets=_targets(one, index))
        for inputs, one in encoded
        if len(inputs.pieces) <= _LONGEST
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
    inputs = feed([one.encoded for one in batch])
    return Batch(
        inputs={name: torch.from_numpy(array) for name, array in inputs.items()},
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
    )


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
