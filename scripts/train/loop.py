"""The training loop: one network, all heads at once, on the processor."""

import logging
import random
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional
from torch.optim import AdamW
from torch.optim.lr_scheduler import LambdaLR

from scripts.train.batches import (
    MISSING,
    Batch,
    Example,
    collate,
    recased,
    shuffled_batches,
)
from scripts.train.distil import Lesson
from scripts.train.network import ParserNetwork, Scores

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Plan:
    """How to train: passes over the data, seed, learning rates, share of warming steps.

    ``recased`` is the share of sentences shown in capitals or Title Case; ``lesson`` is a teacher,
    whose states the examples carry.
    """

    epochs: float
    seed: int
    encoder_rate: float = 2.5e-4
    head_rate: float = 1.5e-3
    warming: float = 0.06
    clip: float = 2.0
    recased: float = 0.12
    lesson: Lesson | None = None


def train(network: ParserNetwork, items: Sequence[Example], plan: Plan) -> None:
    """Train in place; the embeddings of the pieces stay as they are."""
    network.encoder.word.weight.requires_grad_(False)
    source = random.Random(plan.seed)
    batches = shuffled_batches(items, source)
    total = max(1, round(len(batches) * plan.epochs))
    optimiser = _optimiser(network, plan)
    warm = max(1, round(total * plan.warming))
    schedule = LambdaLR(optimiser, lambda step: _rate(step, warm, total))
    network.train()
    losses: list[float] = []
    for step in range(total):
        if not batches:
            batches = shuffled_batches(items, source)
        batch = collate(recased(batches.pop(), source, plan.recased))
        losses.append(_step(network, batch, optimiser, plan))
        schedule.step()
        if (step + 1) % 100 == 0 or step + 1 == total:
            log.info(
                "step %d of %d: loss %.3f", step + 1, total, sum(losses[-100:]) / len(losses[-100:])
            )
    network.eval()


def loss(network: ParserNetwork, scores: Scores, batch: Batch) -> Tensor:
    """The weighted loss of all heads, a word; names count by the words that carry them."""
    total = torch.zeros(())
    annotated = batch.targets["head"] >= 0
    words = annotated.sum()
    if words:
        arcs = _entropy(scores.arcs + batch.head_mask[:, None, :], batch.targets["head"])
        parts = (
            arcs
            + 0.7 * _relation_loss(network, scores, batch, annotated)
            + 0.3 * _entropy(scores.tags["upos"], batch.targets["upos"])
            + 0.3 * _entropy(scores.tags["xpos"], batch.targets["xpos"])
            + 0.2 * _entropy(scores.tags["feats"], batch.targets["feats"])
        )
        total = total + parts / words
    named = (batch.targets["ner"] >= 0).sum()
    if named:
        total = total + _entropy(scores.tags["ner"], batch.targets["ner"]) / named.clamp(min=200)
    return total


def _step(network: ParserNetwork, batch: Batch, optimiser: AdamW, plan: Plan) -> float:
    inputs = batch.inputs
    states = network.encoder(inputs["ids"], inputs["shp"], inputs["mask"])
    scores = network.read(states, inputs["first"], inputs["last"], inputs["wshape"])
    total = loss(network, scores, batch)
    if plan.lesson is not None:
        total = total + plan.lesson.loss(network, batch, states, scores)
    optimiser.zero_grad(set_to_none=True)
    total.backward()
    torch.nn.utils.clip_grad_norm_(network.parameters(), plan.clip)
    optimiser.step()
    return float(total.detach())


def _relation_loss(
    network: ParserNetwork, scores: Scores, batch: Batch, annotated: Tensor
) -> Tensor:
    """The loss of the relations, each scored at the right head."""
    heads = batch.targets["head"].clamp(min=0).unsqueeze(2)
    at_head = torch.gather(scores.heads, 1, heads.expand(-1, -1, scores.heads.shape[2]))
    found = network.relation_scores(scores.dependents[annotated], at_head[annotated])
    return _entropy(found, batch.targets["rel"][annotated])


def _entropy(scores: Tensor, targets: Tensor) -> Tensor:
    return functional.cross_entropy(
        scores.reshape(-1, scores.shape[-1]),
        targets.reshape(-1),
        ignore_index=MISSING,
        reduction="sum",
    )


def _optimiser(network: ParserNetwork, plan: Plan) -> AdamW:
    """AdamW with a lower rate for what was trained before."""
    fresh = {"encoder.casing.weight"}
    groups: dict[bool, list[Tensor]] = {True: [], False: []}
    for name, parameter in network.named_parameters():
        if parameter.requires_grad:
            groups[name.startswith("encoder.") and name not in fresh].append(parameter)
    return AdamW(
        [
            {"params": groups[True], "lr": plan.encoder_rate},
            {"params": groups[False], "lr": plan.head_rate},
        ],
        betas=(0.9, 0.98),
        weight_decay=0.01,
    )


def _rate(step: int, warm: int, total: int) -> float:
    """Up in a line, then down in a line to zero."""
    return min((step + 1) / warm, max(0.0, (total - step) / max(1, total - warm)))
