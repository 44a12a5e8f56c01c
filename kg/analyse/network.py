"""The model file: sentences in, labels, trees and names out.

The file holds the weights as 8-bit integers; they are unpacked to 32-bit floats when it is
loaded, and all arithmetic is in floats, on one thread. Which sentences run together follows from
the list that is given and nothing else; callers give the sentences of one text, so that a text
always gets the same result.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from onnxruntime.capi.onnxruntime_pybind11_state import Fail, RuntimeException

from kg.analyse.names import NameLabels
from kg.analyse.pieces import Encoded, Word, WordPieces, feed
from kg.analyse.trees import best_tree

Floats = NDArray[np.float32]

_BUDGET: Final = 768
OUTPUTS: Final = ("upos", "xpos", "feats", "ner", "arc", "q", "rb1", "rh", "rb2")


@dataclass(frozen=True, slots=True)
class Parsed:
    """One sentence as the model sees it, one entry a word.

    ``heads`` are 0 for the root, else 1 + the index of the head; ``names`` are BIO labels.
    """

    upos: tuple[str, ...]
    xpos: tuple[str, ...]
    feats: tuple[str, ...]
    heads: tuple[int, ...]
    relations: tuple[str, ...]
    names: tuple[str, ...]

    def is_perfect_auxiliary(self, index: int) -> bool:
        """Is this word the auxiliary of a past participle ("he's left"; not "he's seen by")?"""
        head = self.heads[index]
        return self.relations[index] == "aux" and head > 0 and self.xpos[head - 1] == "VBN"


class Network:
    """The model in a folder that holds ``w8.onnx``, ``labels.json`` and ``vocab.txt``."""

    def __init__(self, folder: Path) -> None:
        labels = json.loads((folder / "labels.json").read_text("utf-8"))
        self._upos, self._xpos, self._feats = labels["upos"], labels["xpos"], labels["feats"]
        self._relations: list[str] = labels["rel"]
        self._root = self._relations.index("root")
        self._names = NameLabels(labels["ner"])
        self._session = _session(folder / "w8.onnx")
        self.pieces = WordPieces(folder / "vocab.txt")

    def parse(
        self, sentences: Sequence[Sequence[Word]], glued: Sequence[Sequence[bool]]
    ) -> list[Parsed]:
        """Labels and trees of sentences of at least one word, each within the limit of pieces."""
        encoded = [
            self.pieces.encode(words, stuck) for words, stuck in zip(sentences, glued, strict=True)
        ]
        parsed: dict[int, Parsed] = {}
        for batch in _batches(encoded):
            scores = self.scores(feed([encoded[index] for index in batch]))
            for row, index in enumerate(batch):
                one = {name: part[row] for name, part in scores.items()}
                parsed[index] = self._decode(one, len(sentences[index]))
        return [parsed[index] for index in range(len(encoded))]

    def scores(self, inputs: Mapping[str, NDArray[np.generic]]) -> dict[str, Floats]:
        """The raw outputs by name for the inputs that ``pieces.feed`` makes.

        B sentences, N words: ``upos``, ``xpos``, ``feats``, ``ner`` [B, N, labels]; ``arc``
        [B, N, N + 1], column 0 the root. Relation r of word n under head h scores
        ``q[n, r] @ rh[h] + rb1[n, r] + rb2[h, r]``. Raises MemoryError.
        """
        try:
            found = self._session.run(OUTPUTS, dict(inputs))
        except (Fail, RuntimeException) as error:
            if "alloc" in str(error):
                raise MemoryError(str(error)) from error
            raise
        return dict(zip(OUTPUTS, found, strict=True))

    def _decode(self, padded: Mapping[str, Floats], size: int) -> Parsed:
        """One sentence of ``size`` words out of its padded outputs."""
        raw = {name: part[: size + (name in {"rh", "rb2"})] for name, part in padded.items()}
        heads = best_tree(raw["arc"][:, : size + 1])
        return Parsed(
            upos=_best(raw["upos"], self._upos),
            xpos=_best(raw["xpos"], self._xpos),
            feats=_best(raw["feats"], self._feats),
            heads=tuple(heads.tolist()),
            relations=_best(self._relation_scores(raw, heads), self._relations),
            names=tuple(self._names.decode(raw["ner"])),
        )

    def _relation_scores(self, raw: Mapping[str, Floats], heads: NDArray[np.int64]) -> Floats:
        """Scores [words, relations] of each word's arc to its head; ``root`` for the root alone."""
        scores = np.einsum("nrk,nk->nr", raw["q"], raw["rh"][heads])
        scores = scores + raw["rb1"] + raw["rb2"][heads]
        at_root = heads == 0
        scores[:, self._root] = np.where(at_root, np.inf, -np.inf)
        return np.asarray(scores, np.float32)


def _batches(encoded: Sequence[Encoded]) -> Iterator[list[int]]:
    """Sentences of like length together, within a budget of padded pieces."""
    batch: list[int] = []
    for index in sorted(range(len(encoded)), key=lambda index: len(encoded[index].pieces)):
        if batch and (len(batch) + 1) * len(encoded[index].pieces) > _BUDGET:
            yield batch
            batch = []
        batch.append(index)
    if batch:
        yield batch


def _best(scores: Floats, labels: Sequence[str]) -> tuple[str, ...]:
    return tuple(labels[index] for index in scores.argmax(axis=1))


def _session(file: Path) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.add_session_config_entry("session.disable_quant_qdq", "1")
    return onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])
