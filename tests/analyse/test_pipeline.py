"""The default analyser on whole texts."""

import hashlib
import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import onnxruntime
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from kg.analyse import Analyser, load
from kg.analyse.tables import MODEL_FOLDER
from kg.errors import UnreadableSource

STORY = """Envoy urges inquiry into shelling of Orla

ORLA, Ruria (AP) — Envoy Ada Quill said on Monday that Rurian troops had struck a hospital in \
the border town of Orla,\xa0killing at least 12 civilians.

“We don’t accept this. There must be an inquiry!” she told reporters, accusing Gen. Bo Ray of a \
war crime. The U.S. has called for a “full” investigation.

Mr. Ray’s office denied it.  “Those were not our guns,” it wrote on Twitter.The talks go on.
"""
ODD = [
    "",
    "a",
    "\n",
    " \n\xa0\t",
    "\u200b",
    "😀",
    "x" * 10_000,
    "Он ушел.",
    "العربية",
    "\x00a\x00",
    "A B.\u2028C",
    "....",
    "”“",
    "-" * 300,
    "“" * 700,
    "and " * 700,
    ", ".join(["Orla"] * 700),
]


shared = cache(load)


def digest(doc: Doc) -> str:
    """A digest of everything the analyser fills."""
    rows = [
        (
            word.text,
            word.whitespace_,
            word.tag_,
            word.pos_,
            str(word.morph),
            word.lemma_,
            word.head.i,
            word.dep_,
            word.ent_iob_,
            word.ent_type_,
            word.is_sent_start,
        )
        for word in doc
    ]
    return hashlib.sha256(json.dumps(rows).encode()).hexdigest()


def check_shape(doc: Doc, text: str) -> None:
    """What every Doc promises: the text, sentences with one root each, heads inside them."""
    assert doc.text == text
    for sentence in doc.sents:
        roots = [word for word in sentence if word.head.i == word.i]
        assert len(roots) == 1
        assert roots[0].dep_ in ("root", "space")
        assert all(sentence.start <= word.head.i < sentence.end for word in sentence)
    for word in doc:
        assert word.dep_
        assert word.pos_
        assert (word.pos_ == "SPACE") == (word.dep_ == "space")
        if word.pos_ == "SPACE" and word.head.i != word.i:
            assert not list(word.children)
    assert {name.label_ for name in doc.ents} <= {"PERSON", "ORG", "LOC"}


def test_a_story_is_read(analyser: Analyser) -> None:
    doc = analyser.parse(STORY)
    check_shape(doc, STORY)
    said = next(word for word in doc if word.text == "said")
    subject = next(word for word in said.children if word.dep_ == "nsubj")
    assert "".join(word.text_with_ws for word in subject.subtree).strip() == "Envoy Ada Quill"
    content = next(word for word in said.children if word.dep_ == "ccomp")
    assert (content.text, content.lemma_) == ("struck", "strike")
    verbs = {word.lemma_ for word in doc if word.pos_ == "VERB"}
    assert {"urge", "say", "strike", "kill", "accept", "tell", "accuse", "call", "deny"} <= verbs
    names = {(name.text, name.label_) for name in doc.ents}
    assert {("Ada Quill", "PERSON"), ("Orla", "LOC"), ("Twitter", "ORG")} <= names
    assert [sentence.text.strip() for sentence in doc.sents][-2:] == [
        "“Those were not our guns,” it wrote on Twitter.",
        "The talks go on.",
    ]


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
def test_odd_texts_are_read(analyser: Analyser, text: str) -> None:
    check_shape(analyser.parse(text), text)


@settings(deadline=None, max_examples=60)
@given(
    st.text(st.characters(codec="utf-8"), max_size=200)
    | st.lists(
        st.sampled_from(
            ["“", "”", "Ada", "said", ".", "\n\n", "\xa0", "U.S.", "…", "-", "n’t", "\u200b"]
        )
    ).map("".join)
)
def test_any_text_is_read(text: str) -> None:
    check_shape(shared().parse(text), text)


def test_half_a_surrogate_pair_is_refused(analyser: Analyser) -> None:
    with pytest.raises(UnreadableSource, match="character 3 "):
        analyser.parse("abc\ud800")


def test_a_doc_depends_on_its_text_alone(analyser: Analyser) -> None:
    alone = digest(analyser.parse(STORY))
    among = [digest(doc) for doc in analyser.parse_many([*ODD, STORY, "They fled.", STORY])]
    assert among[len(ODD)] == among[-1] == alone


@pytest.mark.parametrize("seed", ["1", "2"])
def test_a_doc_is_the_same_in_another_process(analyser: Analyser, seed: str) -> None:
    code = (
        "from tests.analyse.test_pipeline import STORY, digest\n"
        "from kg.analyse import load\n"
        "print(digest(load().parse(STORY)))"
    )
    threads = {"OMP_NUM_THREADS": seed, "OPENBLAS_NUM_THREADS": seed, "MKL_NUM_THREADS": seed}
    run = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, **threads, "PYTHONHASHSEED": seed},
        cwd=Path(__file__).parents[2],
    )
    assert run.stdout.strip() == digest(analyser.parse(STORY))


def test_a_sentence_is_parsed_alike_alone_and_among_others(analyser: Analyser) -> None:
    doc = analyser.parse(STORY)
    for sentence in doc.sents:
        alone = analyser.parse(sentence.text)
        assert [(w.tag_, w.dep_, w.head.i, w.ent_type_) for w in alone] == [
            (w.tag_, w.dep_, w.head.i - sentence.start, w.ent_type_) for w in sentence
        ]


def test_a_sentence_over_the_limit_becomes_several(analyser: Analyser) -> None:
    text = "The envoy said that " + "the troops left the town, and " * 120 + "the war ended."
    doc = analyser.parse(text)
    check_shape(doc, text)
    lengths = [len(sentence) for sentence in doc.sents]
    assert len(lengths) > 1
    assert max(lengths) < 512
    assert [sentence.text.rstrip()[-1] for sentence in doc.sents] == [","] * (len(lengths) - 1) + [
        "."
    ]


def test_a_name_may_hold_a_blank(analyser: Analyser) -> None:
    doc = analyser.parse("The envoy Ada\xa0Quill left Orla.")
    assert "Ada\xa0Quill" in {name.text for name in doc.ents}


def test_the_model_file_is_the_one_its_version_names() -> None:
    weights = (MODEL_FOLDER / "w8.onnx").read_bytes()
    version = (MODEL_FOLDER / "version.txt").read_text("ascii").strip()
    assert version.endswith("+" + hashlib.sha256(weights).hexdigest()[:8])


def test_the_model_reads_and_gives_what_the_training_script_promises() -> None:
    session = onnxruntime.InferenceSession(
        MODEL_FOLDER / "w8.onnx", providers=["CPUExecutionProvider"]
    )
    assert [node.name for node in session.get_inputs()] == [
        "ids",
        "shp",
        "mask",
        "first",
        "last",
        "wshape",
    ]
    assert [node.name for node in session.get_outputs()] == [
        "upos",
        "xpos",
        "feats",
        "ner",
        "arc",
        "q",
        "rb1",
        "rh",
        "rb2",
    ]
