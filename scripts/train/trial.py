"""The weights of a six-layer model file as a teacher.

An exported model keeps biases and tables by name, and its large matrices, under names that say
nothing, in the order of their use. This reads a ``w8.onnx`` of the trial: 8-bit matrices with one
scale a row or column.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper
from torch import Tensor

from scripts.train.network import WHOLE, ParserNetwork

Floats = NDArray[np.float32]

_LAYER: Final = {"o": "mixed", "ln1": "after_attention", "i": "widen", "f": "narrow"} | {
    "ln2": "after_inner"
}
_HEADS: Final = {
    "wcase": "word_casing",
    "tagm.1": "tag_layer.1",
    "upos": "tags.upos",
    "xpos": "tags.xpos",
    "feats": "tags.feats",
    "nerm.1": "name_layer.1",
    "ner": "names",
    "ad.1": "arc_dependent.1",
    "ah.1": "arc_head.1",
    "rd.1": "relation_dependent.1",
    "rh.1": "relation_head.1",
    "rb1": "relation_bias",
    "ln": "encoder.norm",
    "word": "encoder.word",
    "pos": "encoder.position",
    "case": "encoder.casing",
}
_AFTER_LAYERS: Final = (
    *("tag_layer.1", "tags.upos", "tags.xpos", "tags.feats", "name_layer.1", "names"),
    *("arc_dependent.1", "arc_head.1", "arc", "arc_bias"),
    *("relation_dependent.1", "relation_head.1", "relation", "relation_bias", "head_bias"),
)
"""The matrices of the heads in the order in which the file uses them."""


def teacher(file: Path, labels: Mapping[str, int]) -> ParserNetwork:
    """The network of a ``w8.onnx`` of the trial, in evaluation mode."""
    model = onnx.load(file)
    values = _unpacked(model)
    network = ParserNetwork(len(values["n.word.weight"]), labels, WHOLE)
    state = {name: torch.from_numpy(value.copy()) for name, value in _named(model, values)}
    kinds = network.state_dict()["encoder.kind.weight"]
    network.load_state_dict(state | {"encoder.kind.weight": torch.stack([_kind(values), kinds[1]])})
    network.eval()
    return network


def _unpacked(model: Any) -> dict[str, Floats]:
    """Every stored array by the name that the graph uses it under."""
    stored = {one.name: numpy_helper.to_array(one) for one in model.graph.initializer}
    for node in model.graph.node:
        if node.op_type == "DequantizeLinear":
            integers, scales = (stored[name] for name in node.input[:2])
            by_row = node.attribute[0].i == 0
            stored[node.output[0]] = integers * (scales[:, None] if by_row else scales)
    return {name: np.asarray(value, np.float32) for name, value in stored.items()}


def _named(model: Any, values: Mapping[str, Floats]) -> Iterator[tuple[str, Floats]]:
    """Our parameters' names and values."""
    uses = [name for node in model.graph.node if node.op_type == "MatMul" for name in node.input]
    matrices = [values[name] for name in uses if name in values]
    for layer in range(WHOLE.layers):
        own = f"encoder.layers.{layer}"
        query, key, value, *rest = matrices[6 * layer : 6 * layer + 6]
        yield f"{own}.attention.weight", np.concatenate([query, key, value], 1).T
        biases = [values[f"n.layers.{layer}.{kind}.bias"] for kind in "qkv"]
        yield f"{own}.attention.bias", np.concatenate(biases)
        for name, matrix in zip(("mixed", "widen", "narrow"), rest, strict=True):
            yield f"{own}.{name}.weight", matrix.T
        for theirs, ours in _LAYER.items():
            yield from _kept(values, f"n.layers.{layer}.{theirs}", f"{own}.{ours}")
    for name, matrix in zip(_AFTER_LAYERS, matrices[6 * WHOLE.layers :], strict=True):
        yield (name, matrix) if name == "arc" else (f"{name}.weight", matrix.T)
    for theirs, ours in _HEADS.items():
        yield from _kept(values, f"n.{theirs}", ours)
    yield "root", next(value for value in values.values() if value.shape[:2] == (1, 1))[0, 0]


def _kept(values: Mapping[str, Floats], theirs: str, ours: str) -> Iterator[tuple[str, Floats]]:
    for part in ("weight", "bias"):
        if f"{theirs}.{part}" in values:
            yield f"{ours}.{part}", values[f"{theirs}.{part}"]


def _kind(values: Mapping[str, Floats]) -> Tensor:
    """The embedding of the first sentence's kind: the only vector that is added without a name."""
    return torch.from_numpy(next(v for name, v in values.items() if "Add_" in name).copy())
