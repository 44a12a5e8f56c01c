"""The keys by which the view is asked: they say what the slow way round says, and no more."""

from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.filters import find
from kg.filters.lookup import CLASSES
from kg.filters.names import words
from kg.query import bind, load, meant
from kg.sparql import rows, select
from kg.store.base import Store
from kg.view.lookup import touched
from tests.scene_talks import talks_store

DAYS = st.dates(date(1, 1, 1), date(9999, 12, 31))


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    opened = talks_store()
    yield opened
    opened.close()


@pytest.mark.parametrize("kind", ["ck:Statement", "ck:EventReport"])
def test_a_passage_is_the_evidence_that_fills_no_slot_or_else_the_cue(
    store: Store, kind: str
) -> None:
    slow = select(
        store,
        f"""SELECT ?finding ?link {{ ?finding a {kind} ; ck:cueEvidence ?cue .
        OPTIONAL {{
          ?finding ck:evidence ?whole .
          FILTER NOT EXISTS {{ ?finding ?slot ?whole . FILTER(?slot != ck:evidence) }}
        }}
        BIND(COALESCE(?whole, ?cue) AS ?link) }} ORDER BY ?finding""",
    )
    quick = select(
        store,
        f"SELECT ?finding ?link {{ ?finding a {kind} . ?link ck:passageOf ?finding }} "
        "ORDER BY ?finding",
    )
    assert len(quick) > 5
    assert quick == slow


@pytest.mark.parametrize("kind", ["actors", "places"])
def test_whoever_bears_a_name_is_found_by_its_words(store: Store, kind: str) -> None:
    assert kind in ("actors", "places")
    named = select(
        store,
        f"SELECT ?x ?name {{ ?x a {CLASSES[kind]} ; rdfs:label|skos:altLabel|schema:name ?name }}",  # type: ignore[index]
    )
    keys = select(store, f"SELECT ?x ?word {{ ?x a {CLASSES[kind]} ; ck:nameWord ?word }}")  # type: ignore[index]
    assert {(row["x"], row["word"]) for row in keys} == {
        (row["x"], word) for row in named for word in words(row["name"])
    }
    for row in named:
        if words(row["name"]):
            assert row["x"] in find(store, kind, row["name"].upper())  # type: ignore[arg-type]


@given(DAYS, DAYS, DAYS, DAYS)
def test_days_that_touch_a_window_have_a_period_in_it(
    one: date, other: date, first: date, last: date
) -> None:
    start, end = sorted((one, other))
    opens, closes = (day.isoformat() for day in sorted((first, last)))
    found = touched(start, end)
    assert len(set(found)) == len(found) <= 100
    inside = [opens[: len(one)] <= one <= closes[: len(one)] for one in found]
    if start.isoformat() <= closes and opens <= end.isoformat():
        assert any(inside)


def test_who_is_meant_is_where_the_query_begins(store: Store) -> None:
    question = load("what-did-actor-say")
    found = meant(store, question, {"actor": "TOLEN"})
    (who,) = found["actor"]
    text = bind(question, {"actor": "TOLEN"}, found)
    assert f'VALUES ?actor {{ "" }} VALUES ?speaker {{ <{who}> }}' in text
    assert {row["speaker"] for row in rows(store.query(text))} == {who}


def test_a_name_of_nobody_is_answered_without_a_search(store: Store) -> None:
    question = load("events-by-place")
    found = meant(store, question, {"place": "Nowhere"})
    assert found == {"place": ()}
    text = bind(question, {"place": "Nowhere"}, found)
    assert "VALUES ?site {  }" in text
    assert rows(store.query(text)) == []
