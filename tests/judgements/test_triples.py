"""Judgements as RDF: what is written is read back, and nothing else is taken for one."""

import pytest

from kg.iri import DEFAULT_BASE
from kg.judgements import Judgement, read, written
from kg.judgements.triples import strange
from kg.terms import Triple, literal
from kg.vocab import term
from tests.ontology.validate import conforms
from tests.scene_review import ACCEPTED, JUDGEMENTS


def triples(*judgements: Judgement) -> list[Triple]:
    return sorted({triple for one in judgements for triple in written(DEFAULT_BASE, one)})


@pytest.mark.parametrize("one", JUDGEMENTS, ids=lambda one: f"{one.verdict} {one.slot or ''}")
def test_a_judgement_is_read_back_as_it_was(one: Judgement) -> None:
    assert read(DEFAULT_BASE, written(DEFAULT_BASE, one)) == [one]


def test_all_are_read_back_in_the_order_of_their_time() -> None:
    assert read(DEFAULT_BASE, triples(*JUDGEMENTS)) == list(JUDGEMENTS)


def test_they_meet_the_shapes() -> None:
    assert conforms(triples(*JUDGEMENTS)) == []


@pytest.mark.parametrize("name", ["ck:reason", "prov:generatedAtTime", "rdf:subject", "rdfs:label"])
def test_one_that_is_not_whole_does_not_count(name: str) -> None:
    left = [triple for triple in triples(ACCEPTED) if triple[1] != term(name)]
    assert read(DEFAULT_BASE, left) == []
    assert strange(DEFAULT_BASE, left) == [ACCEPTED.id]


def test_one_that_was_changed_does_not_count() -> None:
    verdict = term("ck:judgement")
    changed = [(s, p, literal("reject") if p == verdict else o) for s, p, o in triples(ACCEPTED)]
    assert read(DEFAULT_BASE, changed) == []
    assert strange(DEFAULT_BASE, changed) == [ACCEPTED.id]
