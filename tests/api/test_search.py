"""``/search``: words in records of every kind, with the index and without it."""

from collections.abc import Iterator

import pytest

from api.app import create_app
from kg.config import Settings
from kg.index import beside
from kg.index.reading import Reader
from kg.iri import DEFAULT_BASE
from kg.store import open_store
from kg.view import refresh
from tests.api.serving import fetch, serving
from tests.api.test_openapi import check
from tests.scene_talks import talks_graphs


@pytest.fixture(scope="module", params=["index", "sparql"])
def site(request: pytest.FixtureRequest) -> Iterator[str]:
    store = open_store("memory:", base=DEFAULT_BASE)
    store.replace(talks_graphs())
    refresh(store)
    held = beside(store)
    assert held is not None
    index = Reader(held) if request.param == "index" else None
    with serving(create_app(store, Settings(store="memory:"), index=index)) as found:
        yield found
    store.close()


def test_every_kind_says_what_fits_and_where(site: str) -> None:
    found = fetch(f"{site}/search?q=SHELL*&limit=2").json()
    check(found, "SearchAnswer")
    totals = {one["kind"]: one["total"] for one in found["kinds"]}
    assert totals["statements"] > 2
    assert totals["articles"] == 2
    for kind in found["kinds"]:
        assert len(kind["items"]) == min(kind["total"], 2)
        for item in kind["items"]:
            marked = [item["match"]["text"][start:end] for start, end in item["match"]["marks"]]
            assert marked
            assert all(words.lower().startswith("shell") for words in marked)


def test_a_list_asked_with_words_says_where_they_stand(site: str) -> None:
    found = fetch(f"{site}/statements?q=%22market+of+this+town%22&sort=rank").json()
    assert found["total"] == 2
    for item in found["items"]:
        (mark,) = item["match"]["marks"]
        assert item["match"]["text"][slice(*mark)] == "market of this town"


@pytest.mark.parametrize("query", ["", "q=%E2%80%94", "q=war&limit=0", "q=war&act=say"])
def test_what_is_no_search_is_refused(site: str, query: str) -> None:
    assert fetch(f"{site}/search?{query}").status == 400
