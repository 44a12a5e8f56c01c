"""``ontology/example.trig``: conforming, generated-equal, and true to its own text."""

from collections import defaultdict

import pyoxigraph as ox
import pytest

from kg.terms import Triple, value
from kg.vocab import term
from tests.ontology.example import FILE, graphs, text
from tests.ontology.validate import conforms

HOW = "write it anew with: python -m tests.ontology.example"


def in_file() -> dict[str, set[Triple]]:
    """The graphs of the file: IRI → triples."""
    found: dict[str, set[Triple]] = defaultdict(set)
    for quad in ox.parse(path=str(FILE), format=ox.RdfFormat.TRIG):
        assert isinstance(quad.graph_name, ox.NamedNode)
        found[quad.graph_name.value].add((str(quad.subject), str(quad.predicate), str(quad.object)))
    return found


def test_the_file_is_what_the_code_writes() -> None:
    assert FILE.read_text("utf-8") == text(), HOW


def test_the_file_holds_what_the_pipeline_makes() -> None:
    assert in_file() == {iri: set(triples) for iri, triples in graphs()}, HOW


@pytest.mark.parametrize("name", ["article", "view"])
def test_the_graphs_conform(name: str) -> None:
    found = [triples for iri, triples in in_file().items() if f"/{name}" in iri]
    assert len(found) == 1
    assert conforms(found[0]) == []


def test_offsets_are_true_to_the_text_of_the_file() -> None:
    for triples in in_file().values():
        facts = {(s, p): value(o) for s, p, o in triples}
        bodies = {s: text for (s, p), text in facts.items() if p == term("schema:articleBody")}
        exact = {s: words for (s, p), words in facts.items() if p == term("oa:exact")}
        assert len(exact) > 30
        for node, words in exact.items():
            body = bodies[f"<{facts[node, term('oa:hasSource')]}>"]
            start, end = (int(facts[node, term(f"oa:{name}")]) for name in ("start", "end"))
            assert body[start:end] == words
            assert node.endswith(f"#char={start},{end}>")
            assert not (body[start - 1] + words[0]).isalnum(), f"{words!r} begins inside a word"
            assert not (words[-1] + body[end]).isalnum(), f"{words!r} ends inside a word"


def test_the_example_shows_what_the_vocabulary_is_for() -> None:
    triples = set().union(*in_file().values())
    used = {verb for _, verb, _ in triples} | {thing for _, _, thing in triples}
    shown = """ck:speaker ck:addressee ck:target ck:about ck:mediator ck:recipient ck:killed
        ck:placePrecision geo:hasGeometry org:hasMembership ck:member ck:canonical ck:report
        ck:Event ck:Group ck:State"""
    assert {term(name) for name in shown.split()} <= used
    statuses = {value(thing) for _, verb, thing in triples if verb == term("ck:status")}
    assert statuses == {"single-source", "disputed"}
