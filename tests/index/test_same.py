"""The index and SPARQL answer alike: random stores, random filters, every kind."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import records
from kg.filters import (
    ALLOWED,
    FACETS,
    KINDS,
    SORTS,
    Filters,
    Kind,
    facets,
    find,
    histogram,
    id_batches,
    select_ids,
)
from kg.filters.language import DATED, DAYS, HAS, ROLES, STEPS, TYPES
from kg.index import beside
from kg.index.reading import indexed, reader_of
from kg.iri import DEFAULT_BASE
from kg.sparql import select
from kg.store import Store, open_store
from kg.store.base import Queryable
from kg.view import Edit, refresh, turn
from kg.vocab import codes
from scripts.scale.filling import fill
from tests.golden import rows
from tests.scene_talks import talks_graphs
from tests.sheet import Graph, Sheet

Given = Mapping[str, Sequence[str]]


def generated(seed: int) -> Store:
    store = open_store("memory:", base=DEFAULT_BASE)
    fill(store, 12, seed)
    return store


def talks() -> Store:
    store = open_store("memory:", base=DEFAULT_BASE)
    store.replace(talks_graphs())
    refresh(store)
    return store


def naming(text: str, *people: str) -> Graph:
    sheet = Sheet(text, publisher="The Post")
    vale = sheet.place("Vale", name="Vale") if len(people) > 1 else None
    sheet.report("met in Vale", "met", "CONSULT", actors=[*map(sheet.actor, people)], place=vale)
    return sheet.graph()


def reread() -> Store:
    """Talks, and an article that named more when it was read first."""
    text = "Ada Lorne and Ben Torv met in Vale."
    store = open_store("memory:", base=DEFAULT_BASE)
    store.replace([*talks_graphs(), naming(text, "Ada Lorne", "Ben Torv")])
    store.replace([naming(f"Again {text}", "Ada Lorne", "Ben Torv")])
    refresh(store)
    graph, triples = naming(text, "Ada Lorne")
    turn(store, {graph: Edit(store.read(graph), triples)})
    return store


STORES: Mapping[str, Callable[[], Store]] = {
    "talks": talks,
    "reread": reread,
    "reviewed": rows.stored,
    "generated": lambda: generated(1),
    "more": lambda: generated(2),
}


@cache
def stored(name: str) -> Store:
    return STORES[name]()


@cache
def index_of(name: str) -> Queryable:
    found = indexed(stored(name))
    assert getattr(found, "index", None) is not None
    return found


@cache
def values(name: str) -> Mapping[str, Sequence[str]]:
    """Values that mean something in a store."""

    def column(text: str) -> list[str]:
        return sorted({row["x"] for row in select(stored(name), text)})

    actors = column("SELECT ?x { ?a a ck:Actor ; rdfs:label|skos:altLabel ?x }")
    return {
        "actor": [*actors, *column("SELECT ?x { ?x a ck:Actor }")[:5], "Nobody"],
        "place": column("SELECT ?x { ?a a ck:Place ; rdfs:label ?x }"),
        "article": column("SELECT ?x { ?x a ck:Article }"),
        "about": column("SELECT DISTINCT ?x { ?s ck:about ?x }"),
        "publisher": column("SELECT DISTINCT ?x { ?a schema:publisher ?x }"),
        "words": sorted(
            {
                word
                for text in column("SELECT ?x { ?a oa:exact ?x }")
                for word in text.split()
                if any(map(str.isalnum, word))
            }
        ),
    }


ACTORS = ("speaker", "target", "addressee", "hearer", "agent", "recipient", "mediator")
CODES = {
    "act": "act",
    "event_type": "event-type",
    "factuality": "factuality",
    "status": "status",
    "context": "context",
    "sector": "sector",
    "precision": "place-precision",
    "review": "review",
}


@st.composite
def words(draw: st.DrawFn, name: str) -> str:
    some = st.sampled_from(values(name)["words"])
    one, two = draw(some), draw(some)
    return draw(
        st.sampled_from([one, one.upper(), f"{one} {two}", f"{one[:3]}*", f'"{one} {two}"'])
    )


def box() -> st.SearchStrategy[str]:
    degrees = st.integers(-80, 80)
    return st.tuples(degrees, degrees, degrees, degrees).map(
        lambda b: f"{b[0]},{min(b[1], b[3])},{b[2]},{max(b[1], b[3])}"
    )


def value(kind: Kind, name: str, store: str) -> st.SearchStrategy[str]:
    known = values(store)
    if name == "q":
        return words(store).filter(lambda text: any(map(str.isalnum, text)))
    if name in CODES:
        return st.sampled_from(codes(CODES[name]))
    if name == "mode":
        return st.sampled_from(sorted({one.split("/")[1] for one in codes("mode")}))
    if name in chain(*DAYS):
        return st.sampled_from(["2014", "2015", "2015-03", "2021-05-05", "2021"])
    plain: Mapping[str, Sequence[str]] = {
        "type": TYPES,
        "country": ("CH", "XA", "XB"),
        "role": ROLES.get(kind, ()),
        "has": HAS[kind],
    }
    if name == "bbox":
        return box()
    if name in plain:
        return st.sampled_from(plain[name])
    return st.sampled_from(known["actor" if name in ACTORS else name])


@st.composite
def asked(draw: st.DrawFn, kind: Kind, store: str) -> Given:
    names = draw(st.lists(st.sampled_from(ALLOWED[kind]), max_size=3, unique=True))
    found: dict[str, Sequence[str]] = {}
    for name in [*names, *(["actor"] if "role" in names and "actor" not in names else [])]:
        most = 1 if name == "bbox" or name in chain(*DAYS) else 2
        found[name] = draw(st.lists(value(kind, name, store), min_size=1, max_size=most))
    for pair in DAYS:
        if found.keys() >= {*pair}:
            del found[pair[1]]
    orders = [f"{sign}{one}" for one in SORTS[kind] for sign in ("", "-")]
    found["sort"] = [draw(st.sampled_from(orders))]
    found["limit"] = [str(draw(st.sampled_from([1, 3, 50])))]
    found["facets"] = [",".join(FACETS[kind])]
    if kind in DATED:
        found["histogram"] = [draw(st.sampled_from(STEPS))]
    return found


@pytest.mark.parametrize("store", STORES)
@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=20, deadline=None)
@given(data=st.data())
def test_both_answer_alike(store: str, kind: Kind, data: st.DataObject) -> None:
    filters = Filters.parse(kind, data.draw(asked(kind, store)))
    plain, index = stored(store), index_of(store)
    chosen = select_ids(plain, filters)
    assert select_ids(index, filters) == chosen
    assert facets(index, filters) == facets(plain, filters)
    if kind in DATED:
        assert histogram(index, filters) == histogram(plain, filters)
    if chosen.next:
        after = Filters.parse(
            kind, {**dict(filters.where), "cursor": [chosen.next], "sort": [filters.sort]}
        )
        assert select_ids(index, after) == select_ids(plain, after)


@pytest.mark.parametrize(
    ("kind", "given", "total"),
    [
        ("statements", {"has": "contested"}, 1),
        ("statements", {"published_to": "2021-05-03"}, 0),
        ("statements", {"published_from": "2021-05-05"}, 3),
        ("events", {"review": ["accepted", "corrected"]}, 2),
        ("events", {"review": "machine"}, 1),
        ("events", {"published_from": "2021-05", "published_to": "2021-05-04"}, 2),
    ],
)
def test_what_people_judged_and_when_it_was_told(kind: Kind, given: Given, total: int) -> None:
    filters = Filters.parse(kind, given)
    assert select_ids(stored("reviewed"), filters).total == total
    assert select_ids(index_of("reviewed"), filters).total == total


@pytest.mark.parametrize("kind", ["actors", "places"])
def test_an_article_names_whom_it_names_now(kind: Kind) -> None:
    for article in values("reread")["article"]:
        filters = Filters.parse(kind, {"article": article, "facets": "article"})
        plain, index = stored("reread"), index_of("reread")
        assert select_ids(index, filters) == select_ids(plain, filters)
        assert facets(index, filters) == facets(plain, filters)


@pytest.mark.parametrize("store", STORES)
@pytest.mark.parametrize("kind", KINDS)
def test_records_and_batches_are_the_same(store: str, kind: Kind) -> None:
    plain, index = stored(store), index_of(store)
    filters = Filters.parse(kind, {"limit": "7"})
    assert list(id_batches(index, filters)) == list(id_batches(plain, filters))
    page = replace(filters, limit=1000)
    assert records.page(index, page) == records.page(plain, page)
    words = {"q": "the*", "limit": "1000"}
    asked = Filters.parse(kind, words)
    assert records.page(index, asked) == records.page(plain, asked)


@pytest.mark.parametrize("store", STORES)
def test_search_finds_the_same(store: str) -> None:
    found, plain = (
        records.search(one, "the* said", 1000) for one in (index_of(store), stored(store))
    )
    for here, there in zip(found["kinds"], plain["kinds"], strict=True):
        assert sorted(here.pop("items"), key=str) == sorted(there.pop("items"), key=str)
        assert here == there


@pytest.mark.parametrize("store", STORES)
@pytest.mark.parametrize("kind", ["actors", "places"])
def test_names_mean_the_same(store: str, kind: Kind) -> None:
    for name in values(store)["actor" if kind == "actors" else "place"]:
        for form in (name, name.upper(), name.split()[-1]):
            assert find(index_of(store), kind, form) == find(stored(store), kind, form), form


def test_an_index_of_another_view_does_not_answer() -> None:
    store = generated(3)
    held = beside(store)
    assert held is not None
    reader = reader_of(held)
    assert reader.at(store.view_id(), store) is not None
    assert reader.at("", store) is None
    assert reader.at("12-ab", store) is None


def walk(queryable: Queryable, kind: Kind, given: Given) -> Iterator[str]:
    mark: list[str] = []
    while True:
        chosen = select_ids(queryable, Filters.parse(kind, {**given, "cursor": mark}))
        yield from chosen.ids
        if chosen.next is None:
            return
        mark = [chosen.next]


@pytest.mark.parametrize("kind", KINDS)
def test_ranked_pages_join_to_the_whole(kind: Kind) -> None:
    index = index_of("generated")
    given = {"q": ["the*"], "sort": ["rank"], "limit": ["4"]}
    whole = list(walk(index, kind, given))
    assert len(set(whole)) == len(whole) == select_ids(index, Filters.parse(kind, given)).total
    assert set(whole) == set(walk(stored("generated"), kind, {**given, "sort": [SORTS[kind][0]]}))
