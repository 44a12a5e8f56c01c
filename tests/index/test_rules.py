"""Rows are those of the number that the rules have: who changes them has to raise it."""

import pytest

from kg.index.schema import RULES
from kg.terms import literal
from kg.vocab import term
from tests.golden import FOLDER, rows


def test_rows_are_those_of_the_rules() -> None:
    kept = (FOLDER / rows.FILE).read_text("utf-8")
    now = rows.golden(rows.stored())
    rows.check(kept, now)
    assert kept.splitlines() == now.splitlines(), "python -m tests.golden, then git diff"


def test_rows_that_change_under_the_same_number_are_told_of() -> None:
    store = rows.stored()
    before = rows.golden(store)
    (graph,) = (iri for iri in store.graphs() if iri.endswith("/view"))
    label = term("rdfs:label")
    (one, *_) = (triple for triple in store.read(graph) if triple[1] == label)
    store.patch(graph, [one], [(one[0], label, literal("Otherwise"))])
    with pytest.raises(rows.RulesStand, match="raise RULES"):
        rows.check(before, rows.golden(store))
    rows.check(before, rows.golden(store, f"{RULES}1"))
