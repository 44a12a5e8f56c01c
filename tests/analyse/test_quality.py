"""Floors under the figures of the model card; the treebank's dev part was not trained on."""

from pathlib import Path

import pytest

from kg.analyse import Analyser
from kg.analyse.network import Network
from kg.analyse.tables import MODEL_FOLDER
from scripts.train.score import gold_token_scores, raw_text_scores
from scripts.train.treebank import Sentence, read_conllu


@pytest.fixture(scope="module")
def dev(treebank: Path) -> list[Sentence]:
    return list(read_conllu(treebank / "dev.conllu"))


def test_figures_on_given_words(dev: list[Sentence]) -> None:
    """dev.conllu: 55 documents of English-EWT and GUM, 26,087 words."""
    scores = gold_token_scores(Network(MODEL_FOLDER), dev)
    floors = {"upos": 97.2, "feats": 95.2, "lemma": 97.8, "uas": 91.4, "las": 88.7, "names": 76.5}
    assert {key: scores[key] for key in floors if scores[key] < floors[key]} == {}


def test_figures_on_raw_text(analyser: Analyser, dev: list[Sentence]) -> None:
    """The edited genres of dev.conllu; letters, reviews and chat have sentences without stops."""
    edited = [
        sentence
        for sentence in dev
        if not any(
            genre in sentence.document for genre in ("newsgroup", "email", "answers", "reviews")
        )
    ]
    scores = raw_text_scores(analyser, edited)
    assert scores["tokens"] > 99.0
    assert scores["sentences"] > 96.0
