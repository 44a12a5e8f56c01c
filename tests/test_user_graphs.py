"""Graphs of users' own beside ours: nothing that reads articles, view or judgements sees them."""

import pytest

from api.app import create_app
from kg.config import Settings
from kg.export import FORMATS, export
from kg.iri import DEFAULT_BASE
from kg.store import Store
from kg.store.text.updates import Rights, prepare
from kg.verify import verify
from kg.view import is_whole, refresh
from tests.scenes import scene_graphs, scene_store

VIEW = f"{DEFAULT_BASE}graph/view"
FALSE_VIEW = "http://a.example/graph/view"


def disturbed(store: Store) -> Store:
    """The store with graphs of a user's: blank nodes, a copy of the view, of an article, a lie."""
    article = scene_graphs()[0][0]
    lie = "<http://localhost:8000/statement/0> a <https://w3id.org/conflict-kg#Statement>"
    text = f"""
        COPY DEFAULT TO <{FALSE_VIEW}> ; COPY <{article}> TO <http://a.example/article/1> ;
        INSERT DATA {{ GRAPH <{DEFAULT_BASE}graphs/mine> {{ [] <a:b> [] . {lie} }} }} ;
        INSERT DATA {{ GRAPH <{DEFAULT_BASE}articles/mine> {{ {lie} ; <a:b> "é" }} }}
    """
    update = prepare(text, Rights(DEFAULT_BASE), endpoint=f"{DEFAULT_BASE}sparql/update")
    store.update(update.text, aside=True)
    return store


@pytest.fixture
def plain() -> Store:
    store = scene_store()
    refresh(store)
    return store


@pytest.fixture
def mixed() -> Store:
    store = scene_store()
    refresh(store)
    return disturbed(store)


def test_there_is_something_to_disturb(plain: Store, mixed: Store) -> None:
    assert mixed.size() > plain.size()
    assert len(mixed.graphs()) == len(plain.graphs()) + 4
    assert mixed.read(FALSE_VIEW) == mixed.read(VIEW)


def test_every_promise_holds_and_the_view_stays_whole(mixed: Store) -> None:
    assert list(verify(mixed)) == []
    assert is_whole(mixed)


def test_a_view_made_anew_is_the_same(plain: Store, mixed: Store) -> None:
    refresh(mixed)
    assert mixed.read(VIEW) == plain.read(VIEW)
    assert list(verify(mixed)) == []


@pytest.mark.parametrize("name", FORMATS)
def test_exports_are_the_same_bytes(plain: Store, mixed: Store, name: str) -> None:
    assert b"".join(export(mixed, name)) == b"".join(export(plain, name))


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/statements?facets=act",
        "/events",
        "/actors",
        "/articles",
        "/graph",
        "/queries/articles",
    ],
)
def test_answers_are_the_same_bytes(plain: Store, mixed: Store, path: str) -> None:
    settings = Settings(store="memory:")
    answers = [create_app(one, settings).test_client().get(path).data for one in (plain, mixed)]
    assert answers[0] == answers[1]
