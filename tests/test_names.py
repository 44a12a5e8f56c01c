"""Whom a name means: any case, no accents, whole words; and what is like a name of nobody."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.app import create_app
from kg import query, records
from kg.config import Settings
from kg.filters import Filters, Unknown, find, unknown
from kg.filters.lookup import near
from kg.filters.names import words
from kg.iri import DEFAULT_BASE, graph_iri
from kg.sparql import rows, select
from kg.store import Store, open_store
from kg.view import build
from tests.sheet import Sheet

NAMES = {
    "Zoë Łem": "Person",
    "Petra Łem-Orsova": "Person",
    "Kesh": "State",
    "Kesh Relief Committee": "Organization",
    "Vale Defence Ministry": "Organization",
    "Kern": "Person",
    "Kern Foundation": "Organization",
}


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    sheet = Sheet(f"{', '.join(NAMES)} spoke of Orm Bridge and Orm.")
    also = {"Zoë Łem": ("Łem",)}
    speakers = [sheet.actor(n, kind, aliases=also.get(n, ())) for n, kind in NAMES.items()]
    for name in ("Orm Bridge", "Orm"):
        sheet.place(name, name=name)
    for name, speaker in zip(NAMES, speakers, strict=True):
        sheet.statement(f"{name}", name, name, speaker=speaker)
    held = open_store("memory:", base=DEFAULT_BASE)
    graph = sheet.graph()
    held.replace([graph, (graph_iri(DEFAULT_BASE, "view"), build(DEFAULT_BASE, [graph]))])
    yield held
    held.close()


def labels(store: Store, iris: tuple[str, ...]) -> set[str]:
    found = select(store, "SELECT ?x ?name { ?x rdfs:label ?name }")
    return {row["name"] for row in found if row["x"] in iris}


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("Zoë Łem", {"Zoë Łem"}),
        ("zoe lem", {"Zoë Łem"}),
        ("LEM", {"Zoë Łem", "Petra Łem-Orsova"}),
        ("orsova", {"Petra Łem-Orsova"}),
        ("kesh", {"Kesh"}),
        ("kern", {"Kern"}),
        ("relief", {"Kesh Relief Committee"}),
        ("ministry vale", {"Vale Defence Ministry"}),
        ("Le", set()),
        ("Keshi", set()),
        ("…", set()),
    ],
)
def test_whom_a_name_means(store: Store, name: str, meant: set[str]) -> None:
    assert labels(store, find(store, "actors", name)) == meant


@pytest.mark.parametrize(("name", "meant"), [("orm", {"Orm"}), ("bridge", {"Orm Bridge"})])
def test_which_place_a_name_means(store: Store, name: str, meant: set[str]) -> None:
    assert labels(store, find(store, "places", name)) == meant


@pytest.mark.parametrize("name", ["Gəncə Ram", "Vera Weißenfels", "İlham Şen", "Андрей Ёлкин"])
def test_every_name_means_itself(name: str) -> None:
    sheet = Sheet(f"{name} spoke.")
    sheet.statement(name, name, name, speaker=sheet.actor(name))
    held = open_store("memory:", base=DEFAULT_BASE)
    graph = sheet.graph()
    held.replace([graph, (graph_iri(DEFAULT_BASE, "view"), build(DEFAULT_BASE, [graph]))])
    assert labels(held, find(held, "actors", name)) == {name}
    held.close()


@given(st.text(max_size=12))
def test_any_name_can_be_asked(store: Store, name: str) -> None:
    known = {one for one in NAMES if words(one) == words(name)}
    assert known <= labels(store, find(store, "actors", name))


@pytest.mark.parametrize(
    ("name", "close"),
    [
        ("Orsowa", ["Petra Łem-Orsova"]),
        ("Zoe Lemm", ["Zoë Łem"]),
        ("Kessh", ["Kesh", "Kesh Relief Committee"]),
        ("Lemm", ["Petra Łem-Orsova", "Zoë Łem"]),
        ("Xylophone", []),
    ],
)
def test_what_is_written_like_it(store: Store, name: str, close: list[str]) -> None:
    assert near(store, "actors", name) == close


def test_filters_name_what_they_do_not_know(store: Store) -> None:
    filters = Filters.parse("statements", {"speaker": ["Orsowa", "Kesh"], "place": ["Nowhere"]})
    assert unknown(store, filters) == [
        Unknown("speaker", "Orsowa", ("Petra Łem-Orsova",)),
        Unknown("place", "Nowhere", ()),
    ]
    empty = records.page(store, Filters.parse("statements", {"speaker": ["Orsowa"]}))
    assert empty["unknown"] == [
        {"filter": "speaker", "value": "Orsowa", "near": ["Petra Łem-Orsova"]}
    ]
    full = records.page(store, Filters.parse("statements", {"speaker": ["lem"]}))
    assert full["total"] == 2
    assert "unknown" not in full


def test_a_question_takes_part_of_a_name_and_names_the_unknown(store: Store) -> None:
    said = rows(query.run(store, "what-did-actor-say", {"actor": "lem"}))
    assert {row["who"] for row in said} == {"Zoë Łem", "Petra Łem-Orsova"}
    asked = query.load("what-did-actor-say")
    assert query.unknown(store, asked, {"actor": "lem"}) == []
    (one,) = query.unknown(store, asked, {"actor": "Orsowa"})
    assert str(one) == "actor 'Orsowa' is nobody and nothing here; like it: Petra Łem-Orsova"


def test_pages_ask_whether_another_was_meant(store: Store) -> None:
    client = create_app(store, Settings(store="memory:")).test_client()
    for path in ("/statements?speaker=Orsowa", "/queries/what-did-actor-say?actor=Orsowa"):
        page = client.get(path, headers={"Accept": "text/html"}).get_data(as_text=True)
        assert "Did you mean" in page
        assert "Petra+%C5%81em-Orsova" in page
