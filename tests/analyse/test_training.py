"""From annotations to a model file that the analyser reads; needs the extra ``train``."""

import random
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch", reason="training needs: pip install 'conflict-kg[train]'")
pytest.importorskip("onnx", reason="training needs: pip install 'conflict-kg[train]'")

import torch

from kg.analyse.network import Network
from kg.analyse.pieces import WordPieces, feed
from kg.analyse.tables import MODEL_FOLDER
from scripts.train.batches import MISSING, collate, examples, labels_of, recased
from scripts.train.distil import Lesson, with_states
from scripts.train.export import export, quantise
from scripts.train.loop import Plan, loss, train
from scripts.train.network import SMALL, WHOLE, ParserNetwork, Shape
from scripts.train.shrink import shrunk
from scripts.train.treebank import Sentence

PIECES = WordPieces(MODEL_FOLDER / "vocab.txt")
TREES = [
    Sentence(
        words=("Troops", "fled", "."),
        spaces=(True, False, True),
        upos=("NOUN", "VERB", "PUNCT"),
        xpos=("NNS", "VBD", "."),
        feats=("Number=Plur", "_", "_"),
        heads=(2, 0, 2),
        relations=("nsubj", "root", "punct"),
    ),
    Sentence(words=("Ada", "Quill", "left"), names=("B-PERSON", "I-PERSON", "O")),
]
LABELS = labels_of(TREES)


def network(shape: Shape = SMALL) -> ParserNetwork:
    torch.manual_seed(3)
    sizes = {key: len(values) for key, values in LABELS.items()}
    made = ParserNetwork(PIECES.size, sizes, shape)
    made.eval()
    return made


def test_words_without_annotation_have_no_target() -> None:
    batch = collate(examples(TREES, LABELS, PIECES))
    assert batch.targets["head"].tolist() == [[2, 0, 2], [MISSING] * 3]
    assert batch.targets["ner"].tolist() == [[MISSING] * 3, [1, 2, 0]]
    assert batch.head_mask.tolist() == [[0.0] * 4, [0.0] * 4]


def test_training_lowers_the_loss_and_repeats() -> None:
    items = examples(TREES * 4, LABELS, PIECES)
    batch = collate(items)
    first, second = network(), network()
    before = loss(first, first(**batch.inputs), batch).item()
    for one in (first, second):
        torch.manual_seed(5)
        train(one, items, Plan(epochs=6, seed=2))
    assert loss(first, first(**batch.inputs), batch).item() < before
    assert all(map(torch.equal, first.state_dict().values(), second.state_dict().values()))


def test_a_sentence_is_shown_in_capitals_and_in_title_case() -> None:
    troops, name = examples(TREES, LABELS, PIECES)
    assert [one.word_shapes.tolist() for one in troops.recased] == [[3, 3, 18], [2, 2, 18]]
    assert [one.pieces.tolist() for one in name.recased] == [name.encoded.pieces.tolist()] * 2
    batch = recased([troops] * 40, random.Random(1), 0.5)
    assert {tuple(one.encoded.word_shapes) for one in batch} == {
        (2, 1, 18),
        (3, 3, 18),
        (2, 2, 18),
    }


def test_a_student_comes_closer_to_its_teacher() -> None:
    teacher = network(WHOLE)
    items = with_states(teacher, examples(TREES * 4, LABELS, PIECES))
    student = shrunk(teacher, items)
    assert len(student.encoder.layers) == SMALL.layers
    lesson, batch = Lesson(teacher), collate(items)

    def far() -> float:
        inputs = batch.inputs
        states = student.encoder(inputs["ids"], inputs["shp"], inputs["mask"])
        return float(lesson.loss(student, batch, states, student(**inputs)))

    before = far()
    train(student, items, Plan(epochs=12, seed=2, lesson=lesson))
    assert far() < before


def test_a_teacher_is_no_further_from_itself_than_rounding() -> None:
    teacher = network(WHOLE)
    batch = collate(with_states(teacher, examples(TREES, LABELS, PIECES)))
    assert batch.states is not None
    inputs = batch.inputs
    states = teacher.encoder(inputs["ids"], inputs["shp"], inputs["mask"])
    found = teacher.read(states, inputs["first"], inputs["last"], inputs["wshape"])
    assert Lesson(teacher).loss(teacher, batch, states, found).item() < 1e-4


def test_integers_keep_a_matrix_to_half_a_step() -> None:
    values = np.random.default_rng(1).normal(size=(80, 60)).astype(np.float32)
    for axis in (0, 1):
        integers, scales = quantise(values, axis)
        back = integers * (scales[:, None] if axis == 0 else scales)
        assert np.abs(back - values).max() <= scales.max() / 2 + 1e-6


@pytest.mark.filterwarnings("ignore")
def test_the_exported_file_answers_as_the_network(tmp_path: Path) -> None:
    model = network()
    export(model, LABELS, MODEL_FOLDER / "vocab.txt", tmp_path)
    (item, other) = examples(TREES, LABELS, PIECES)
    loaded = Network(tmp_path)
    words = [[PIECES.word(word) for word in one.words] for one in TREES]
    parsed = loaded.parse(words, [one.glued for one in TREES])
    assert [len(one.upos) for one in parsed] == [3, 3]
    assert [one.relations.count("root") for one in parsed] == [1, 1]
    raw = loaded.scores(feed([item.encoded, other.encoded]))
    with torch.no_grad():
        scores = model(**collate([item, other]).inputs)
    assert np.allclose(raw["arc"], scores.arcs.numpy(), atol=0.05)
    assert np.allclose(raw["upos"], scores.tags["upos"].numpy(), atol=0.05)
