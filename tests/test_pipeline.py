"""The whole path over real stores: any order, any number of times, the same store."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from itertools import permutations
from pathlib import Path

import pytest

from kg.errors import NotFound
from kg.iri import DEFAULT_BASE, article_iri, graph_iri
from kg.keeping import articles, take_down
from kg.model import Article, DateRange, Extraction, Skipped
from kg.pipeline import ingest
from kg.store import Store, open_store
from kg.view import refresh
from tests.scenes import HARBOUR, WIRE, harbour, scene_store, wire

PLAIN = Article("Nothing is said here.")


class Scripted:
    """An extractor that reads the scene's articles as a careful reader does."""

    name = "hand"
    version = "1"

    def extract(self, article: Article) -> Extraction:
        known = {HARBOUR.text: harbour, WIRE.text: wire}
        read = known.get(article.text)
        return read() if read else Extraction(self.name, self.version)

    def extract_many(self, articles: Iterable[Article]) -> Iterator[Extraction]:
        for article in articles:
            yield self.extract(article)


@pytest.fixture
def store() -> Iterator[Store]:
    held = open_store("memory:", base=DEFAULT_BASE)
    yield held
    held.close()


def content(store: Store) -> dict[str, list[tuple[str, str, str]]]:
    return {graph: store.read(graph) for graph in store.graphs()}


def test_the_store_holds_the_articles_and_what_they_say_together(store: Store) -> None:
    outcome = ingest(store, [HARBOUR, WIRE], Scripted())
    assert (outcome.new, outcome.statements, outcome.reports) == (2, 6, 5)
    expected = scene_store()
    assert content(store) == content(expected)
    assert sorted([*outcome.articles, graph_iri(DEFAULT_BASE, "view")]) == store.graphs()


@pytest.mark.parametrize("order", [*permutations([HARBOUR, WIRE, PLAIN])])
def test_any_order_one_by_one_and_twice_is_the_same_store(order: tuple[Article, ...]) -> None:
    once = open_store("memory:", base=DEFAULT_BASE)
    ingest(once, [HARBOUR, WIRE, PLAIN], Scripted())
    slowly = open_store("memory:", base=DEFAULT_BASE)
    for article in order:
        ingest(slowly, [article], Scripted())
    again = ingest(slowly, [*order, *order], Scripted())
    assert (again.new, again.replaced, again.unchanged) == (0, 0, 6)
    assert content(slowly) == content(once)


def test_a_changed_reading_replaces_the_graph(store: Store) -> None:
    undated = replace(WIRE, published=None)
    ingest(store, [HARBOUR, undated], Scripted())
    outcome = ingest(store, [WIRE], Scripted())
    assert (outcome.new, outcome.replaced, outcome.unchanged) == (0, 1, 0)
    assert content(store) == content(scene_store())


def test_a_changed_text_is_a_new_article(store: Store) -> None:
    ingest(store, [HARBOUR], Scripted())
    outcome = ingest(store, [replace(HARBOUR, text=HARBOUR.text + " ")], Scripted())
    assert outcome.new == 1
    assert len(store.graphs()) == 3


def test_what_is_skipped_is_listed_and_the_rest_is_kept(store: Store) -> None:
    bad = Skipped("a.txt", "empty")
    done: list[int] = []
    outcome = ingest(store, [bad, HARBOUR, bad], Scripted(), progress=done.append)
    assert outcome.skipped == (bad, bad)
    assert outcome.read == 1
    assert sum(done) == 3


def test_the_same_text_with_other_details_is_named_not_lost(store: Store) -> None:
    other = replace(WIRE, publisher="Southern Wire")
    outcome = ingest(store, [WIRE, other, WIRE], Scripted())
    assert (outcome.new, outcome.unchanged) == (1, 1)
    (clash,) = outcome.skipped
    assert clash.where == WIRE.url
    assert "publisher" in clash.reason


def test_more_than_one_batch_is_written(store: Store) -> None:
    day = date(2021, 5, 1)
    published = DateRange(day.isoformat(), day, day, day.isoformat())
    many = [Article(f"Text number {n}.", published=published) for n in range(70)]
    done: list[int] = []
    outcome = ingest(store, many, Scripted(), progress=done.append)
    assert (outcome.new, len(store.graphs()), sum(done)) == (70, 71, 70)


def test_many_changes_to_a_whole_view_make_it_anew(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    ingest(store, [PLAIN, replace(WIRE, published=None)], Scripted())
    monkeypatch.setattr(articles, "MANY", 1)
    many = [HARBOUR, WIRE, *(Article(f"Text number {n}.") for n in range(3))]
    outcome = ingest(store, many, Scripted())
    assert (outcome.new, outcome.replaced) == (4, 1)
    made = content(store)
    refresh(store)
    assert content(store) == made


def test_a_removed_article_leaves_no_trace(store: Store) -> None:
    ingest(store, [HARBOUR], Scripted())
    before = content(store)
    ingest(store, [WIRE], Scripted())
    take_down(store, article_iri(DEFAULT_BASE, WIRE.url, WIRE.text))
    assert content(store) == before
    take_down(store, article_iri(DEFAULT_BASE, HARBOUR.url, HARBOUR.text))
    assert store.size() == 0


@pytest.mark.parametrize(
    "iri", ["http://x/", f"{DEFAULT_BASE}article/none", f"{DEFAULT_BASE}graph/view"]
)
def test_only_articles_can_be_removed(store: Store, iri: str) -> None:
    ingest(store, [HARBOUR], Scripted())
    with pytest.raises(NotFound, match="no article"):
        take_down(store, iri)
    assert len(store.graphs()) == 2


def test_a_lost_view_is_made_anew(store: Store) -> None:
    ingest(store, [HARBOUR, WIRE], Scripted())
    before = content(store)
    store.remove(graph_iri(DEFAULT_BASE, "view"))
    refresh(store)
    assert content(store) == before


def test_a_store_on_disk_keeps_what_was_ingested(tmp_path: Path) -> None:
    spec = f"oxigraph:{tmp_path / 'store'}"
    first = open_store(spec, base=DEFAULT_BASE)
    ingest(first, [HARBOUR, WIRE], Scripted())
    first.close()
    second = open_store(spec, base=DEFAULT_BASE)
    assert ingest(second, [WIRE], Scripted()).unchanged == 1
    assert content(second) == content(scene_store())
    second.close()
