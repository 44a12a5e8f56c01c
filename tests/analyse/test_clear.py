"""Installed spaCy pipelines as analysers: CLEAR trees become Universal Dependencies."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from kg.analyse import load
from kg.analyse.clear import LABELS, ONLY_CLEAR, ONLY_UD, Node, to_ud
from kg.analyse.sentences import SENTENCES
from kg.errors import BadInput, UnreadableSource
from tests.analyse.clear_trees import TREES, WRITTEN, Tree, saved


@pytest.fixture(scope="module")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> str:
    return saved(tmp_path_factory.mktemp("spacy") / "clear", SENTENCES, WRITTEN)


@pytest.mark.parametrize("tree", TREES, ids=lambda tree: tree.text[:40])
def test_a_tree_is_hung_anew(tree: Tree, pipeline: str) -> None:
    doc = load(f"spacy:{pipeline}").parse(tree.text)
    found = [f"{word.text} {word.head.i} {word.dep_}" for word in doc]
    wanted = zip(tree.words, tree.columns[7], tree.columns[8], strict=True)
    assert found == [" ".join(row) for row in wanted]


def test_names_become_the_kinds_that_the_rules_know(pipeline: str) -> None:
    doc = load(f"spacy:{pipeline}").parse(" ".join(tree.text for tree in TREES[:2]))
    names = [(name.text, name.label_) for name in doc.ents]
    assert names == [
        *(("Ada Lane", "PERSON"), ("Kesh", "LOC"), ("Lorn", "LOC")),
        ("United Nations", "ORG"),  # without its article; "Twelve" and "Monday" name nobody
    ]


@Language.component("tests_ud_trees")
def ud_trees(doc: Doc) -> Doc:
    """Every token an object of the first."""
    for token in doc:
        token.tag_, token.pos_, token.lemma_ = "NN", "NOUN", token.lower_
        token.head, token.dep_ = doc[0], "obj" if token.i else "root"
    doc.set_ents([])
    return doc


def test_universal_dependencies_pass_as_they_are(tmp_path: Path) -> None:
    doc = load(f"spacy:{saved(tmp_path / 'ud', 'tests_ud_trees')}").parse("A prep B")
    assert [(word.dep_, word.head.i) for word in doc] == [("root", 0), ("obj", 0), ("obj", 0)]


def test_a_pipeline_without_a_parser_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"gives no tags .*, no a tree \(parser\)"):
        load(f"spacy:{saved(tmp_path / 'bare', SENTENCES)}")


def test_a_pipeline_of_another_language_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="reads 'de'; only English"):
        load(f"spacy:{saved(tmp_path / 'german', lang='de')}")


def test_a_pipeline_that_is_not_installed_is_named() -> None:
    with pytest.raises(BadInput, match=r"'xx_nowhere_sm'.*spacy download"):
        load("spacy:xx_nowhere_sm")


def test_a_text_over_the_pipelines_limit_is_refused(pipeline: str) -> None:
    with pytest.raises(UnreadableSource, match="split the text"):
        load(f"spacy:{pipeline}").parse("a " * 500_001)


def test_half_a_surrogate_pair_is_refused(pipeline: str) -> None:
    with pytest.raises(UnreadableSource, match="character 1 "):
        load(f"spacy:{pipeline}").parse("a\ud800")


def test_a_sentence_over_the_limit_becomes_several(pipeline: str) -> None:
    doc = load(f"spacy:{pipeline}").parse("shell " * 1500)
    assert [len(sentence) for sentence in doc.sents] == [512, 512, 476]


def test_the_table_knows_each_relation_once() -> None:
    assert not ONLY_CLEAR & ONLY_UD
    assert set(LABELS.values()) - {"?"} <= {*ONLY_UD, *LABELS} | {
        *("root", "iobj", "discourse", "advmod", "nmod:poss", "compound:prt", "acl:relcl"),
        *("csubj:pass", "cc:preconj", "det:predet"),
    }


@st.composite
def trees(draw: st.DrawFn) -> list[Node]:
    """Any tree over some tokens, with any labels."""
    size = draw(st.integers(1, 12))
    order = draw(st.permutations(range(size)))
    nodes = [
        Node(
            i,
            draw(st.sampled_from(["in", "there", "he", "x"])),
            draw(st.sampled_from(["TO", "VB", "NN"])),
            draw(st.sampled_from(["ADP", "VERB", "AUX", "NOUN", "SCONJ"])),
            draw(st.sampled_from(["be", "x"])),
            draw(st.sampled_from(sorted(LABELS))),
        )
        for i in range(size)
    ]
    for at, i in enumerate(order):
        nodes[i].head = nodes[order[draw(st.integers(0, at - 1))]] if at else nodes[i]
        nodes[i].dep = nodes[i].dep if at else "ROOT"
    return nodes


@settings(deadline=None, derandomize=True, max_examples=400)
@given(nodes=trees())
def test_any_tree_stays_one_tree(nodes: list[Node]) -> None:
    to_ud(nodes, [(0, min(3, len(nodes)))])
    roots = [node for node in nodes if node.head is node]
    assert len(roots) == 1
    for node in nodes:
        above, steps = node, 0
        while above.head is not above:
            above, steps = above.head, steps + 1
            assert steps <= len(nodes), "a circle"
