"""SPARQL updates of a store, and of the pool of workers over it."""

import pytest

from kg.errors import BadQuery
from kg.store import open_store
from kg.store.pool.workers import WorkerPool

BASE = "http://localhost:8000/"
ASK = "ASK { GRAPH <http://x/g> { <http://x/a> ?p ?o } }"
INSERT = "INSERT DATA { GRAPH <http://x/g> { <http://x/a> <http://x/p> 1 } }"


def test_an_update_is_seen_by_the_next_query_of_the_pool() -> None:
    store = open_store("memory:", base=BASE)
    with WorkerPool(store, workers=1) as pool:
        assert b"false" in pool.query(ASK).body
        pool.update(INSERT)
        assert b"true" in pool.query(ASK).body


def test_an_update_that_does_not_parse_says_where() -> None:
    store = open_store("memory:", base=BASE)
    with pytest.raises(BadQuery) as told:
        store.update("INSERT DATA { GRAPH <http://x/g> { <http://x/a> 1 1 } }")
    assert told.value.line == 1


def test_an_update_breaks_the_seal() -> None:
    store = open_store("memory:", base=BASE)
    store.seal("whole")
    store.update(INSERT)
    assert store.sealed() is None


def test_an_update_aside_leaves_the_seal() -> None:
    store = open_store("memory:", base=BASE)
    store.seal("whole")
    store.update(INSERT, aside=True)
    assert store.sealed() == "whole"
