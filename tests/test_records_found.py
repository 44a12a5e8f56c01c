"""Records found by IRI, key and slug; pages of them, and what they cost."""

import json
from collections.abc import Iterator, Mapping

import pytest

from kg import records
from kg.errors import NotFound
from kg.filters import KINDS, Filters
from kg.iri import DEFAULT_BASE, graph_iri, key_of
from kg.records import Moved
from kg.store import open_store
from kg.store.base import JSON, NTRIPLES, Answer, Dataset, Store
from kg.view import build
from kg.vocab import term
from tests.scene_talks import talks_store
from tests.scenes import scene_graphs
from tests.test_records import items, only, whole


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    opened = talks_store()
    yield opened
    opened.close()


@pytest.mark.parametrize("kind", KINDS)
def test_a_record_is_found_by_iri_key_and_any_slug(store: Store, kind: str) -> None:
    for item in items(store, kind):
        for ident in (
            item["id"],
            item["id"].rsplit("/", 1)[-1],
            key_of(item["id"]),
            f"renamed-{key_of(item['id'])}",
        ):
            assert whole(store, kind, ident)["id"] == item["id"]


def test_a_members_key_leads_to_the_record_of_today(store: Store) -> None:
    tolen = only(store, "actors", q="tolen")["id"]
    members = [
        s[1:-1]
        for s, p, o in store.read(graph_iri(store.base, "view"))
        if p == term("ck:canonical") and o == f"<{tolen}>" and key_of(s[1:-1]) != key_of(tolen)
    ]
    assert members
    for member in members:
        assert records.one(store, "actors", member) == Moved(tolen)
        assert records.one(store, "actors", f"mira-tolen-{key_of(member)}") == Moved(tolen)


@pytest.mark.parametrize(
    ("kind", "ident"),
    [
        ("statements", "0" * 32),
        ("actors", "mira-tolen"),
        ("actors", "http://elsewhere.example/actor/" + "0" * 32),
        ("events", ""),
        ("actors", "<>"),
        ("people", "0" * 32),
    ],
)
def test_what_is_not_there_is_not_found(store: Store, kind: str, ident: str) -> None:
    with pytest.raises(NotFound, match=r"people|none of the|no kind"):
        records.one(store, kind, ident)


def test_a_statement_is_not_found_among_events(store: Store) -> None:
    statement = only(store, "statements", act="deny")["id"]
    with pytest.raises(NotFound, match="none of the events"):
        records.one(store, "events", statement)


def test_an_empty_store_has_empty_pages() -> None:
    empty = open_store("memory:", base=DEFAULT_BASE)
    for kind in KINDS:
        found = records.page(empty, Filters.parse(kind, {}))
        assert found == {"items": [], "total": 0, "next": None}
        with pytest.raises(NotFound):
            records.one(empty, kind, "0" * 32)


@pytest.mark.parametrize("kind", KINDS)
def test_every_gives_what_the_pages_give(store: Store, kind: str) -> None:
    filters = Filters.parse(kind, {"limit": "1000"})
    wanted = records.page(store, filters)["items"]
    assert list(records.every(store, filters, batch=2)) == wanted
    assert json.loads(json.dumps(wanted)) == wanted


def test_a_page_of_one_kind_is_asked_with_its_filters(store: Store) -> None:
    asked = {
        "statements": records.statements,
        "events": records.events,
        "actors": records.actors,
        "places": records.places,
        "articles": records.articles,
    }
    for kind, ask in asked.items():
        filters = Filters.parse(kind, {"facets": "publisher"})
        assert ask(store, filters) == records.page(store, filters)
        assert "facets" in ask(store, filters)
    with pytest.raises(ValueError, match="do not select events"):
        records.events(store, Filters.parse("statements", {}))


class Counting:
    """A store that counts what it is asked."""

    def __init__(self, store: Store) -> None:
        self.base = store.base
        self.store = store
        self.asked = 0

    def query(
        self,
        text: str,
        *,
        bindings: Mapping[str, str] | None = None,
        dataset: Dataset | None = None,
        table: str = JSON,
        graph: str = NTRIPLES,
        all_rows: bool = False,
    ) -> Answer:
        self.asked += 1
        return self.store.query(
            text, bindings=bindings, dataset=dataset, table=table, graph=graph, all_rows=all_rows
        )


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_costs_a_dozen_queries_at_most(store: Store, kind: str) -> None:
    asked = []
    for limit in ("3", "100"):
        counting = Counting(store)
        records.page(counting, Filters.parse(kind, {"limit": limit}))
        asked.append(counting.asked)
    assert 1 < max(asked) <= 12


def test_records_do_not_depend_on_the_order_of_writing() -> None:
    pages = []
    for graphs in (scene_graphs(), scene_graphs()[::-1]):
        store = open_store("memory:", base=DEFAULT_BASE)
        for graph, triples in graphs:
            store.replace([(graph, triples[::-1])])
        view = build(DEFAULT_BASE, graphs)
        store.replace([(graph_iri(DEFAULT_BASE, "view"), view[::-1])])
        pages.append([records.page(store, Filters.parse(kind, {})) for kind in KINDS])
    assert pages[0] == pages[1]
