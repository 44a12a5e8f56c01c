"""The model file: one sentence in, labels, tree and names out.

The file holds the weights as 8-bit integers; they are unpacked to 32-bit floats when it is
loaded, and all arithmetic is in floats. One thread and one sentence a run: then the result
depends on nothing but the sentence.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from kg.analyse.names import NameLabels
from kg.analyse.pieces import Word, WordPieces
from kg.analyse.trees import best_tree

Floats = NDArray[np.float32]

_OUTPUTS: Final = ("upos", "xpos", "feats", "ner", "arc", "q", "rb1", "rh", "rb2")


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

    def parse(self, words: Sequence[Word], glued: Sequence[bool]) -> Parsed:
        """Labels and tree of one sentence of at least one word, within the limit of pieces."""
        feed = self.pieces.encode(words, glued).feed()
        raw = dict(zip(_OUTPUTS, self._session.run(_OUTPUTS, feed), strict=True))
        heads = best_tree(raw["arc"][0])
        return Parsed(
            upos=_best(raw["upos"][0], self._upos),
            xpos=_best(raw["xpos"][0], self._xpos),
            feats=_best(raw["feats"][0], self._feats),
            heads=tuple(heads.tolist()),
            relations=_best(self._relation_scores(raw, heads), self._relations),
            names=tuple(self._names.decode(raw["ner"][0])),
        )

    def _relation_scores(self, raw: dict[str, Floats], heads: NDArray[np.int64]) -> Floats:
        """Scores [words, relations] of each word's arc to its head; ``root`` for the root alone."""
        scores = np.einsum("nrk,nk->nr", raw["q"][0], raw["rh"][0][heads])
        scores = scores + raw["rb1"][0] + raw["rb2"][0][heads]
        at_root = heads == 0
        scores[:, self._root] = np.where(at_root, np.inf, -np.inf)
        return np.asarray(scores, np.float32)


def _best(scores: Floats, labels: Sequence[str]) -> tuple[str, ...]:
    return tuple(labels[index] for index in scores.argmax(axis=1))


def _session(file: Path) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.add_session_config_entry("session.disable_quant_qdq", "1")
    return onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])
