"""Who reads an index for long is answered what the view says, whatever became of its file."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kg import records
from kg.errors import Swept
from kg.filters import KINDS, Filters, Kind, Selection, facets, select_ids
from kg.filters.words import Term
from kg.index import words
from kg.index.reading import Reader, indexed, readable
from kg.index.schema import Database
from kg.index.words import Words
from kg.iri import DEFAULT_BASE
from kg.keeping import take_down
from kg.store import Store, open_store, rewrite
from kg.terms import Triple
from kg.view import Edit, refresh, turn
from tests.scene_talks import talks_graphs
from tests.sheet import Graph, Sheet


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "store"


@pytest.fixture
def store(home: Path) -> Store:
    found = open_store(f"oxigraph:{home}", base=DEFAULT_BASE)
    found.replace(talks_graphs())
    refresh(found)
    return found


def withdraw(store: Store, graph: str) -> None:
    turn(store, {graph: Edit(store.read(graph), ())})


def everything(store: Store) -> dict[Kind, Selection]:
    return {kind: select_ids(store, Filters.parse(kind, {})) for kind in KINDS}


def answered(reader: Reader, view: str, store: Store) -> dict[Kind, Selection] | None:
    index = reader.at(view, store)
    return {kind: index.select(Filters.parse(kind, {})) for kind in KINDS} if index else None


def test_what_ended_and_was_taken_out_unseen_is_not_answered(store: Store, home: Path) -> None:
    reader = readable(home, DEFAULT_BASE)
    first, graphs = store.view_id(), [graph for graph, _ in talks_graphs()]
    assert answered(reader, first, store) == everything(store)
    withdraw(store, graphs[-1])
    second, between = store.view_id(), everything(store)
    with readable(home, DEFAULT_BASE).held.database.writing() as held:
        held.execute("UPDATE view SET time = 0")
    withdraw(store, graphs[0])
    assert answered(reader, store.view_id(), store) == everything(store)
    assert answered(reader, second, store) == between
    assert answered(reader, first, store) is None


def test_what_is_taken_out_while_it_is_asked_is_told(store: Store, home: Path) -> None:
    reader = readable(home, DEFAULT_BASE)
    index = reader.at(store.view_id(), store)
    assert index is not None
    page, batched = (Filters.parse("statements", {"limit": [most]}) for most in ("1", "2"))
    assert index.select(page).next
    batches = index.batches(batched)
    assert len(next(batches)) == 2
    take_down(store, [graph for graph, _ in talks_graphs()][-1])
    with pytest.raises(Swept, match="ask again"):
        index.select(page)
    with pytest.raises(Swept, match="ask again"):
        next(batches)
    assert answered(reader, store.view_id(), store) == everything(store)


def test_another_file_in_the_place_of_the_index_is_read_anew(store: Store, home: Path) -> None:
    reader = readable(home, DEFAULT_BASE)
    assert answered(reader, store.view_id(), store) is not None
    rewrite.drop_derived(home)
    assert answered(reader, store.view_id(), store) is None
    withdraw(store, talks_graphs()[-1][0])
    with ThreadPoolExecutor(1) as pool:
        elsewhere = pool.submit(answered, reader, store.view_id(), store).result()
    assert elsewhere == answered(reader, store.view_id(), store) == everything(store)


def test_what_the_index_has_no_more_comes_from_the_graph(store: Store, home: Path) -> None:
    with readable(home, DEFAULT_BASE).held.database.writing() as held:
        held.execute("DELETE FROM body WHERE row % 2 = 0")
        held.execute("DELETE FROM term WHERE text = 'Valley Courier'")
    found, plain = (records.search(one, "the*", 1000) for one in (indexed(store), store))
    for here, there in zip(found["kinds"], plain["kinds"], strict=True):
        assert sorted(here["items"], key=str) == sorted(there["items"], key=str)
    (counted,) = facets(indexed(store), Filters.parse("articles", {"facets": "publisher"})).values()
    assert counted
    assert "Valley Courier" not in {one["value"] for one in counted}


def test_answers_that_are_kept_take_no_more_than_they_may(monkeypatch: pytest.MonkeyPatch) -> None:
    count = words.MANY + 1
    monkeypatch.setattr(words, "KEPT_BYTES", 2 * 8 * count)
    database = Database(None)
    with database.writing() as held:
        text = "INSERT INTO words_actors(names, texts) VALUES ('', 'one two three four')"
        for _ in range(count):
            held.execute(text)
    searched = Words(database)
    for _ in range(2):
        for word in ("one", "two", "three", "four"):
            assert len(searched.rows("actors", [Term((word,))])) == count
            assert searched.kept_bytes <= words.KEPT_BYTES


def article(text: str, published: str = "2021-05-04") -> Graph:
    return Sheet(text, published=published).graph()


def written(graphs: Sequence[Graph]) -> dict[str, Edit]:
    none: Sequence[Triple] = ()
    return {graph: Edit(none, triples) for graph, triples in graphs}


def test_what_comes_later_changes_no_order_of_a_view(tmp_path: Path) -> None:
    store = open_store(f"oxigraph:{tmp_path / 'store'}", base=DEFAULT_BASE)
    store.replace(
        [
            article("Lake, lake, lake and river.", "2021-05-01"),
            article("River, river, river and lake.", "2021-05-02"),
            *(article(f"River number {n}.") for n in range(3)),
            *(article(f"Hill number {n}.") for n in range(9)),
        ]
    )
    refresh(store)
    reader, view = readable(tmp_path / "store", DEFAULT_BASE), store.view_id()
    asked = Filters.parse("articles", {"q": "lake river", "sort": "rank"})
    index = reader.at(view, store)
    assert index is not None
    before = index.select(asked).ids
    assert len(before) == 2
    turn(store, written([article(f"Lake number {n}.") for n in range(30)]))
    index = reader.at(view, store)
    assert index is not None
    assert index.select(asked).ids == before


def test_what_has_the_words_more_often_comes_first(tmp_path: Path) -> None:
    store = open_store("memory:", base=DEFAULT_BASE)
    texts = ["A lake and much more that is none.", "A lake.", "Lake and lake.", "A river."]
    graphs = [article(text, f"2021-05-0{9 - n}") for n, text in enumerate(texts)]
    store.replace(graphs)
    refresh(store)
    asked = Filters.parse("articles", {"q": "lake", "sort": "rank"})
    ids = [graph for graph, _ in graphs]
    assert select_ids(indexed(store), asked).ids == (ids[2], ids[1], ids[0])


def test_a_list_by_rank_whose_index_went_away_is_to_be_asked_again(tmp_path: Path) -> None:
    store = open_store(f"oxigraph:{tmp_path / 'store'}", base=DEFAULT_BASE)
    store.replace([article("A lake."), article("Lake and lake.")])
    refresh(store)
    asked = {"q": "lake", "sort": "rank", "limit": "1"}
    more = select_ids(indexed(store), Filters.parse("articles", asked)).next
    assert more
    with pytest.raises(Swept, match="ask again"):
        select_ids(store, Filters.parse("articles", {**asked, "cursor": more}))
    store.close()
