"""Slips of the parser that word order settles."""

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

import kg.analyse
from kg.extract.extractor import RuleExtractor
from kg.extract.mending import mend
from kg.extract.tree import Tree
from kg.model import Article

EXTRACTOR = RuleExtractor(kg.analyse.load())


def told(text: str) -> list[tuple[str, str, str]]:
    """(speaker, act, content) of every statement."""
    found = EXTRACTOR.extract(Article(text))
    labels = {actor.key: actor.label for actor in found.actors}
    return [
        (
            labels[one.speaker.ref] if one.speaker else "",
            one.act,
            " … ".join(span.of(text) for span in one.content),
        )
        for one in found.statements
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Three shells struck a market in Lorn on Tuesday, the city's mayor, Ilka Tarn, said.",
            ("Ilka Tarn", "say", "Three shells struck a market in Lorn on Tuesday"),
        ),
        (
            "Six died when shells struck a market in Lorn, the city's mayor, Ilka Tarn, said.",
            ("Ilka Tarn", "say", "Six died when shells struck a market in Lorn"),
        ),
        (
            "Orm refused to sign a joint paper, a diplomat who asked not to be named said.",
            ("diplomat", "say", "Orm refused to sign a joint paper"),
        ),
        (
            "The relief agency, a clinic, says nearly 12,000 people have fled the valley.",
            ("relief agency", "say", "nearly 12,000 people have fled the valley"),
        ),
    ],
)
def test_the_last_words_are_the_speaker(text: str, expected: tuple[str, str, str]) -> None:
    assert expected in told(text)


def test_a_person_is_no_longer_than_the_name() -> None:
    text = "Foreign ministers Anna Koss of Kesh and Joren Vik of Marland met in Geneva on Monday."
    found = EXTRACTOR.extract(Article(text))
    assert {actor.name for actor in found.actors if actor.kind == "Person"} == {
        "Anna Koss",
        "Joren Vik",
    }
    (meeting,) = found.reports
    assert len(meeting.actors) == 2


WORDS = {
    "according": ("VERB", "VBG", "accord"),
    "to": ("ADP", "IN", "to"),
    "the": ("DET", "DT", "the"),
    "mayor": ("NOUN", "NN", "mayor"),
    "raids": ("NOUN", "NNS", "raid"),
    "Holt": ("PROPN", "NNP", "Holt"),
    "said": ("VERB", "VBD", "say"),
    "accused": ("VERB", "VBD", "accuse"),
    "killed": ("VERB", "VBN", "kill"),
    "shelling": ("VERB", "VBG", "shell"),
    "of": ("ADP", "IN", "of"),
    ",": ("PUNCT", ",", ","),
}
DEPS = ["nsubj", "nsubj:pass", "obj", "obl", "nmod", "appos", "ccomp", "advcl", "acl", "conj"]
DEPS += ["case", "mark", "punct", "flat", "compound", "parataxis", "expl", "xcomp", "vocative"]


@settings(max_examples=300, suppress_health_check=list(HealthCheck))
@given(
    st.lists(
        st.tuples(st.sampled_from(sorted(WORDS)), st.sampled_from(DEPS), st.integers(0, 99)),
        min_size=2,
        max_size=14,
    ),
    st.randoms(use_true_random=False),
)
def test_mending_leaves_a_tree(rows: list[tuple[str, str, int]], chance: random.Random) -> None:
    order = list(range(len(rows)))
    chance.shuffle(order)
    heads = list(order)
    deps = [dep for _, dep, _ in rows]
    for place, at in enumerate(order[1:], 1):
        heads[at] = order[rows[at][2] % place]
    heads[order[0]], deps[order[0]] = order[0], "root"
    words = [word for word, _, _ in rows]
    pos, tags, lemmas = zip(*(WORDS[word] for word in words), strict=True)
    doc = Doc(
        Vocab(),
        words=words,
        heads=heads,
        deps=deps,
        pos=list(pos),
        tags=list(tags),
        lemmas=list(lemmas),
        sent_starts=[at == 0 for at in range(len(words))],
    )
    doc.ents = [Span(doc, at, at + 1, "PERSON") for at, word in enumerate(words) if word == "Holt"]
    assert_tree(doc)


def test_a_name_that_heads_its_sentence_hangs_on_nobody() -> None:
    assert_tree(EXTRACTOR.analyser.parse("ACCORDING TO THE BODY'S LAWYER, NED HOLT, MRS."))


def assert_tree(doc: Doc) -> None:
    """Every word leads to a root, however it was mended."""
    tree = Tree(doc, doc.text)
    mend(tree)
    for word in tree.words:
        above, steps = word, 0
        while above.head is not above:
            above, steps = above.head, steps + 1
            assert steps <= len(tree.words)
