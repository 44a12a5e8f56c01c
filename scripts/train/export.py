"""The trained network as the files that ``kg.analyse`` reads.

``w8.onnx`` holds every large matrix as 8-bit integers with one scale a row or column, followed by
DequantizeLinear: a quarter of the size, and float arithmetic once it is loaded.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import helper, numpy_helper
from torch import Tensor, nn

from kg.analyse.network import OUTPUTS
from scripts.train.network import ParserNetwork

INTERFACE: Final = "1"
"""Raised when the inputs, outputs or labels of the model change their meaning."""
_INPUTS: Final = ("ids", "shp", "mask", "first", "last", "wshape")
_LARGE: Final = 4096


class _Flat(nn.Module):
    """The network with its outputs as the model file names them, relations for every head."""

    def __init__(self, network: ParserNetwork) -> None:
        super().__init__()
        self.network = network

    def forward(self, *inputs: Tensor) -> tuple[Tensor, ...]:
        scores = self.network(*inputs)
        return (
            *(scores.tags[kind] for kind in ("upos", "xpos", "feats", "ner")),
            scores.arcs,
            self.network.relation_queries(scores.dependents),
            self.network.relation_bias(scores.dependents),
            scores.heads,
            self.network.head_bias(scores.heads),
        )


def export(
    network: ParserNetwork, labels: Mapping[str, Sequence[str]], vocabulary: Path, out: Path
) -> None:
    """Write w8.onnx, labels.json, vocab.txt and version.txt into a folder."""
    out.mkdir(parents=True, exist_ok=True)
    weights = out / "w8.onnx"
    _write_onnx(network, weights)
    model = onnx.load(weights)
    pack(model)
    onnx.save(model, weights)
    digest = hashlib.sha256(weights.read_bytes()).hexdigest()
    (out / "version.txt").write_text(f"{INTERFACE}+{digest[:8]}\n", "ascii")
    (out / "labels.json").write_text(json.dumps(dict(labels)), "utf-8")
    (out / "vocab.txt").write_bytes(vocabulary.read_bytes())


def pack(model: Any) -> None:
    """Replace every large float matrix of an ONNX model by integers and their scales."""
    tables = {node.input[0] for node in model.graph.node if node.op_type == "Gather"}
    kept, nodes = [], []
    for tensor in model.graph.initializer:
        values = numpy_helper.to_array(tensor)
        if values.dtype != np.float32 or values.ndim != 2 or values.size < _LARGE:
            kept.append(tensor)
            continue
        axis = 0 if tensor.name in tables else 1
        integers, scales = quantise(values, axis)
        parts = {"q": integers, "s": scales, "z": np.zeros(scales.shape, np.int8)}
        kept += [
            numpy_helper.from_array(part, f"{tensor.name}_{key}") for key, part in parts.items()
        ]
        names = [f"{tensor.name}_{key}" for key in parts]
        nodes.append(helper.make_node("DequantizeLinear", names, [tensor.name], axis=axis))
    graph = list(model.graph.node)
    del model.graph.node[:], model.graph.initializer[:]
    model.graph.node.extend(nodes + graph)
    model.graph.initializer.extend(kept)


def quantise(
    values: NDArray[np.float32], axis: int
) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """8-bit integers and their scales along an axis: values ≈ integers × scales."""
    scales = np.abs(values).max(axis=1 - axis, keepdims=True) / 127
    scales[scales == 0] = 1
    integers = np.clip(np.rint(values / scales), -127, 127).astype(np.int8)
    return integers, scales.reshape(-1).astype(np.float32)


def _write_onnx(network: ParserNetwork, file: Path) -> None:
    network.eval()
    pieces, words = torch.full((2, 9), 100), torch.ones((2, 5), dtype=torch.int64)
    example = (pieces, torch.ones_like(pieces), torch.ones(2, 9), words, words, words)
    axes = {name: {0: "B", 1: "T"} for name in _INPUTS[:3]}
    axes |= {name: {0: "B", 1: "N"} for name in (*_INPUTS[3:], *OUTPUTS)}
    axes |= {"arc": {0: "B", 1: "N", 2: "M"}, "rh": {0: "B", 1: "M"}, "rb2": {0: "B", 1: "M"}}
    torch.onnx.export(
        _Flat(network).eval(),
        example,
        str(file),
        input_names=list(_INPUTS),
        output_names=list(OUTPUTS),
        dynamic_axes=axes,
        opset_version=17,
        dynamo=False,
    )
