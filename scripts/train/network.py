"""The network: a small BERT encoder with heads for tags, features, names and a tree.

Encoder: all-MiniLM-L6-v2 (22 M parameters, Apache-2.0) or a part of it, plus an embedding of
casing classes that starts at zero. Tree: biaffine arcs and relations (Dozat and Manning, "Deep
Biaffine Attention for Neural Dependency Parsing", ICLR 2017). Shapes below: B sentences, T pieces,
N words.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

CASING_CLASSES: Final = 20
_WIDTH: Final = 384
_ATTENTION_HEADS: Final = 12
_POSITIONS: Final = 512
_WORD_CASING: Final = 32
_RELATION: Final = 128
_BERT: Final = {
    "mixed": "attention.output.dense",
    "after_attention": "attention.output.LayerNorm",
    "widen": "intermediate.dense",
    "narrow": "output.dense",
    "after_inner": "output.LayerNorm",
}


@dataclass(frozen=True, slots=True)
class Shape:
    """The size of an encoder: its layers, and the inner width of each."""

    layers: int
    inner: int


WHOLE: Final = Shape(layers=6, inner=1536)
"""All of all-MiniLM-L6-v2: the teacher."""
SMALL: Final = Shape(layers=4, inner=768)
"""A student of it, with less than half of the arithmetic."""


@dataclass(frozen=True, slots=True)
class Scores:
    """What the network says of a batch.

    ``tags``: upos, xpos, feats and ner, each [B, N, labels]; ``arcs`` [B, N, N + 1], column 0 the
    root; ``dependents`` [B, N, 128] and ``heads`` [B, N + 1, 128] for ``relation_scores``.
    """

    tags: Mapping[str, Tensor]
    arcs: Tensor
    dependents: Tensor
    heads: Tensor


class Layer(nn.Module):
    """One transformer layer, normalised after each block."""

    def __init__(self, inner: int) -> None:
        super().__init__()
        self.attention = nn.Linear(_WIDTH, 3 * _WIDTH)
        self.mixed = nn.Linear(_WIDTH, _WIDTH)
        self.after_attention = nn.LayerNorm(_WIDTH, 1e-12)
        self.widen, self.narrow = nn.Linear(_WIDTH, inner), nn.Linear(inner, _WIDTH)
        self.after_inner = nn.LayerNorm(_WIDTH, 1e-12)
        self.drop = nn.Dropout(0.1)

    def forward(self, states: Tensor, mask: Tensor) -> Tensor:
        """States [B, T, width]; ``mask`` [B, 1, 1, T] is added to the attention scores."""
        states = self.after_attention(states + self.drop(self.mixed(self._attend(states, mask))))
        inner = self.narrow(functional.gelu(self.widen(states)))
        return self.after_inner(states + self.drop(inner))

    def _attend(self, states: Tensor, mask: Tensor) -> Tensor:
        size, length, width = states.shape
        depth = width // _ATTENTION_HEADS
        parts = self.attention(states).view(size, length, 3, _ATTENTION_HEADS, depth)
        query, key, value = parts.permute(2, 0, 3, 1, 4).unbind(0)
        scores = query @ key.transpose(2, 3) / math.sqrt(depth)
        weights = torch.softmax(scores + mask, -1)
        return (self.drop(weights) @ value).transpose(1, 2).reshape(size, length, width)


class Encoder(nn.Module):
    """Piece ids and casing classes to contextual states."""

    def __init__(self, pieces: int, shape: Shape) -> None:
        super().__init__()
        self.word = nn.Embedding(pieces, _WIDTH)
        self.position = nn.Embedding(_POSITIONS, _WIDTH)
        self.kind = nn.Embedding(2, _WIDTH)
        self.casing = nn.Embedding(CASING_CLASSES, _WIDTH)
        nn.init.zeros_(self.casing.weight)
        self.norm = nn.LayerNorm(_WIDTH, 1e-12)
        self.drop = nn.Dropout(0.1)
        self.layers = nn.ModuleList(Layer(shape.inner) for _ in range(shape.layers))

    def forward(self, ids: Tensor, casing: Tensor, mask: Tensor) -> Tensor:
        """States [B, T, width]; ``mask`` [B, T] is 1.0 where there is a piece."""
        states = self.word(ids) + self.position.weight[: ids.shape[1]] + self.kind.weight[0]
        states = self.drop(self.norm(states + self.casing(casing)))
        added = ((1.0 - mask) * -10000.0)[:, None, None, :]
        for layer in self.layers:
            states = layer(states, added)
        return states

    def load_bert(self, weights: Path) -> None:
        """Take the weights of a BERT checkpoint of this size; a missing one is an error."""
        bert = {key.removeprefix("bert."): value for key, value in load_file(weights).items()}
        own = self.state_dict()
        for name, theirs in _bert_names(len(self.layers)):
            for part in ("weight", "bias"):
                if f"{name}.{part}" in own:
                    own[f"{name}.{part}"].copy_(bert[f"{theirs}.{part}"])
        for layer in range(len(self.layers)):
            for part in ("weight", "bias"):
                place = f"encoder.layer.{layer}.attention.self"
                kinds = [bert[f"{place}.{kind}.{part}"] for kind in ("query", "key", "value")]
                own[f"layers.{layer}.attention.{part}"].copy_(torch.cat(kinds))


class ParserNetwork(nn.Module):
    """The encoder, and heads over the first and last piece of every word."""

    def __init__(self, pieces: int, labels: Mapping[str, int], shape: Shape) -> None:
        super().__init__()
        self.encoder = Encoder(pieces, shape)
        self.word_casing = nn.Embedding(CASING_CLASSES, _WORD_CASING)
        width = 2 * _WIDTH + _WORD_CASING
        self.root = nn.Parameter(torch.zeros(width))
        self.tag_layer, self.name_layer = _layer(width, 384), _layer(width, 256)
        self.tags = nn.ModuleDict(
            {kind: nn.Linear(384, labels[kind]) for kind in ("upos", "xpos", "feats")}
        )
        self.names = nn.Linear(256, labels["ner"])
        self.arc_dependent, self.arc_head = _layer(width, _WIDTH), _layer(width, _WIDTH)
        self.arc = nn.Parameter(torch.empty(_WIDTH, _WIDTH).normal_(0, 1 / _WIDTH))
        self.arc_bias = nn.Linear(_WIDTH, 1, bias=False)
        self.relation_dependent, self.relation_head = (
            _layer(width, _RELATION),
            _layer(width, _RELATION),
        )
        self.relation = nn.Linear(_RELATION, labels["rel"] * _RELATION, bias=False)
        nn.init.normal_(self.relation.weight, 0, 1 / _RELATION)
        self.relation_bias = nn.Linear(_RELATION, labels["rel"])
        self.head_bias = nn.Linear(_RELATION, labels["rel"], bias=False)

    def forward(  # noqa: PLR0917 (the exporter passes the model's six inputs in order)
        self, ids: Tensor, shp: Tensor, mask: Tensor, first: Tensor, last: Tensor, wshape: Tensor
    ) -> Scores:
        """Scores of a batch; the inputs are those of ``kg.analyse.pieces.feed``."""
        return self.read(self.encoder(ids, shp, mask), first, last, wshape)

    def read(self, states: Tensor, first: Tensor, last: Tensor, wshape: Tensor) -> Scores:
        """Scores from the encoder's states [B, T, width]."""
        words = torch.cat([_pick(states, first), _pick(states, last), self.word_casing(wshape)], -1)
        root = self.root.expand(words.shape[0], 1, -1)
        with_root = torch.cat([root, words], 1)
        tagged = self.tag_layer(words)
        tags = {kind: head(tagged) for kind, head in self.tags.items()}
        return Scores(
            tags=tags | {"ner": self.names(self.name_layer(words))},
            arcs=self._arcs(words, with_root),
            dependents=self.relation_dependent(words),
            heads=self.relation_head(with_root),
        )

    def relation_queries(self, dependents: Tensor) -> Tensor:
        """[…, relations, 128]: its product with a head's vector scores the relations."""
        return self.relation(dependents).view(*dependents.shape[:-1], -1, _RELATION)

    def relation_scores(self, dependents: Tensor, heads: Tensor) -> Tensor:
        """[pairs, relations] for pairs of vectors [pairs, 128]."""
        scores = (self.relation_queries(dependents) @ heads.unsqueeze(2)).squeeze(2)
        return scores + self.relation_bias(dependents) + self.head_bias(heads)

    def _arcs(self, words: Tensor, with_root: Tensor) -> Tensor:
        heads = self.arc_head(with_root)
        pairs = self.arc_dependent(words) @ self.arc @ heads.transpose(1, 2)
        return pairs + self.arc_bias(heads).transpose(1, 2)


def _layer(width: int, size: int) -> nn.Sequential:
    return nn.Sequential(nn.Dropout(0.25), nn.Linear(width, size), nn.GELU(), nn.Dropout(0.25))


def _pick(states: Tensor, positions: Tensor) -> Tensor:
    """The states [B, N, width] at some positions [B, N]."""
    return torch.gather(states, 1, positions.unsqueeze(2).expand(-1, -1, states.shape[2]))


def _bert_names(layers: int) -> list[tuple[str, str]]:
    names = [
        ("word", "embeddings.word_embeddings"),
        ("position", "embeddings.position_embeddings"),
        ("kind", "embeddings.token_type_embeddings"),
        ("norm", "embeddings.LayerNorm"),
    ]
    for layer in range(layers):
        names += [
            (f"layers.{layer}.{own}", f"encoder.layer.{layer}.{theirs}")
            for own, theirs in _BERT.items()
        ]
    return names
