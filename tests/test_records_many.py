"""Somebody whom very many articles name: the record tells of the first, and how many there are."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from kg import records
from kg.filters import Filters, select_ids
from kg.index.reading import indexed
from kg.iri import DEFAULT_BASE
from kg.model import Membership
from kg.records import entities
from kg.records.entities import ARTICLES, ROLES
from kg.records.parts import Json
from kg.sparql import select
from kg.store import Store, open_store
from kg.store.base import Queryable
from kg.view import refresh
from tests.sheet import Graph, Sheet

MANY = ARTICLES + 5


def told(number: int) -> Graph:
    day = f"2021-{1 + number // 28:02}-{1 + number % 28:02}"
    sheet = Sheet(f"Envoy Ada Lorne met Ben Torv in Vale, note {number}.", published=day)
    ada = sheet.actor("Ada Lorne")
    post = Membership("Envoy", sheet.at("Envoy"))
    sheet.actors[-1] = replace(sheet.actors[-1], memberships=(post,))
    vale = sheet.place("Vale", name="Vale")
    sheet.report("met Ben Torv in Vale", "met", "CONSULT", actors=[ada], place=vale)
    return sheet.graph()


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    held = open_store("memory:", base=DEFAULT_BASE)
    held.replace(told(number) for number in range(MANY))
    refresh(held)
    yield held
    held.close()


def one(queryable: Queryable, kind: str, name: str) -> Json:
    (iri,) = select_ids(queryable, Filters.parse(kind, {"q": [name]})).ids
    found = records.one(queryable, kind, iri)
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize(("kind", "name"), [("actors", "Lorne"), ("places", "Vale")])
def test_a_record_tells_of_the_first_articles(store: Store, kind: str, name: str) -> None:
    found = one(store, kind, name)
    assert found == one(indexed(store), kind, name)
    assert (found["article_total"], found["evidence_total"]) == (MANY, MANY)
    days = [article["published"] for article in found["articles"]]
    assert days == sorted(days)
    assert days[0] == "2021-01-01"
    assert len(days) == ARTICLES
    assert {piece["article"] for piece in found["evidence"]} == {a["id"] for a in found["articles"]}
    listed = Filters.parse("articles", {kind.removesuffix("s"): [found["id"]], "limit": ["1000"]})
    whole = select_ids(store, listed)
    assert whole.total == MANY
    assert [article["id"] for article in found["articles"]] == list(whole.ids[:ARTICLES])


def test_what_is_told_is_in_the_graph(store: Store) -> None:
    found = one(store, "actors", "Lorne")
    rows = select(store, f"SELECT ?e ?x {{ <{found['id']}> ck:evidence ?e . ?e oa:exact ?x }}")
    there = {(row["e"].split("#")[0], row["x"]) for row in rows}
    assert {(piece["article"], piece["exact"]) for piece in found["evidence"]} <= there


def test_posts_are_the_first_told(store: Store) -> None:
    found = one(store, "actors", "Lorne")
    assert (found["role_total"], len(found["roles"])) == (MANY, ROLES)
    assert max(role["article"]["published"] for role in found["roles"]) == "2021-02-22"


@pytest.mark.parametrize("kind", ["actors", "places"])
def test_of_very_many_the_same_is_told(
    store: Store, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = "Lorne" if kind == "actors" else "Vale"
    usual = one(store, kind, name)
    for bound in ("ALL_MENTIONS", "ALL_ROLES"):
        monkeypatch.setattr(entities, bound, MANY - 1)
    assert one(store, kind, name) == usual
    assert one(indexed(store), kind, name) == usual
