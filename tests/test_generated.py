"""The generated news that benchmarks are run on: the same each time, and true to its own text."""

from collections.abc import Iterator

import pytest

from kg.iri import DEFAULT_BASE, graph_iri
from kg.sparql import select
from kg.store import open_store
from kg.store.base import Store
from kg.verify import verify
from scripts.scale.filling import QUADS_AN_ARTICLE, articles, fill
from scripts.scale.queries import twelve

COUNT = 60


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    opened = open_store("memory:", base=DEFAULT_BASE)
    fill(opened, COUNT)
    yield opened
    opened.close()


def test_the_same_seed_tells_the_same_news() -> None:
    assert list(articles(5, seed=3)) == list(articles(5, seed=3))
    assert list(articles(5, seed=3)) != list(articles(5, seed=4))


def test_it_keeps_every_promise(store: Store) -> None:
    assert list(verify(store)) == []


def test_it_has_the_shape_of_what_is_read(store: Store) -> None:
    """The samples: 8.6 statements, 9.1 reports, 1,570 quads an article, 54 % of them the view."""
    quads = store.size()
    view = len(store.read(graph_iri(store.base, "view")))
    assert 0.5 < view / quads < 0.58
    assert 0.7 * QUADS_AN_ARTICLE < quads / COUNT < 1.3 * QUADS_AN_ARTICLE
    kinds = "SELECT ?kind (COUNT(*) AS ?n) { ?s a ?kind } GROUP BY ?kind"
    counts = {row["kind"].rsplit("#")[-1]: int(row["n"]) for row in select(store, kinds)}
    assert 6 < counts["Statement"] / COUNT < 14
    assert 6 < counts["EventReport"] / COUNT < 14
    statuses = select(store, "SELECT DISTINCT ?status { ?e ck:status ?status }")
    assert {"single-source", "corroborated", "disputed"} <= {row["status"] for row in statuses}


def test_there_are_twelve_queries_and_most_find_something(store: Store) -> None:
    asked = twelve(store)
    assert len({one.name for one in asked}) == 12
    assert sum(b"value" in store.query(one.text).body for one in asked) >= 10
