"""A smaller network out of a trained one: fewer layers, and of each the inner units that matter.

Which layers are kept, and the training that has to follow, are those of Sanh et al., "DistilBERT"
(2019); which inner units, by how much each adds to the output over some sentences, as in Michel et
al., "Are Sixteen Heads Really Better than One?" (NeurIPS 2019), but for the inner layers.
"""

from collections.abc import Sequence
from typing import Any, Final

import torch
from torch import Tensor

from scripts.train.batches import Example, collate
from scripts.train.network import SMALL, Layer, ParserNetwork

KEPT: Final = (0, 1, 3, 5)
"""The layers of the teacher that become the student's."""
_SAMPLE: Final = 24


def shrunk(network: ParserNetwork, items: Sequence[Example]) -> ParserNetwork:
    """A network of the small shape that starts from this one; ``items`` tell which units matter."""
    labels = {kind: head.out_features for kind, head in network.tags.items()}
    labels |= {"ner": network.names.out_features, "rel": network.relation_bias.out_features}
    student = ParserNetwork(network.encoder.word.num_embeddings, labels, SMALL)
    state = {
        name: value
        for name, value in network.state_dict().items()
        if not name.startswith("encoder.layers.")
    }
    with torch.no_grad():
        matter = _importance(network, items)
    for place, layer in enumerate(KEPT):
        units = matter[layer].topk(SMALL.inner).indices.sort().values
        state |= _layer_state(network.encoder.layers[layer], units, f"encoder.layers.{place}")
    student.load_state_dict(state)
    return student


def _layer_state(layer: Layer, units: Tensor, name: str) -> dict[str, Tensor]:
    state = dict(layer.state_dict())
    for part in ("widen.weight", "widen.bias"):
        state[part] = state[part][units]
    state["narrow.weight"] = state["narrow.weight"][:, units]
    return {f"{name}.{part}": value for part, value in state.items()}


def _importance(network: ParserNetwork, items: Sequence[Example]) -> list[Tensor]:
    """For each layer [inner]: mean size of a unit's output times the length of its weights."""
    sums = [torch.zeros(layer.widen.out_features) for layer in network.encoder.layers]

    def listen(index: int) -> Any:
        def hook(_module: object, inputs: tuple[Tensor, ...], _output: Tensor) -> None:
            sums[index].add_(inputs[0].abs().mean(dim=(0, 1)))

        return network.encoder.layers[index].narrow.register_forward_hook(hook)

    hooks = [listen(index) for index in range(len(sums))]
    for start in range(0, len(items), _SAMPLE):
        network(**collate(items[start : start + _SAMPLE]).inputs)
    for hook in hooks:
        hook.remove()
    return [
        total * layer.narrow.weight.norm(dim=0)
        for total, layer in zip(sums, network.encoder.layers, strict=True)
    ]
