"""The view in a store: patched where articles changed, it is what building it anew gives."""

from collections.abc import Mapping
from errno import ENOSPC
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import StoreError
from kg.iri import DEFAULT_BASE, graph_iri
from kg.store import Store, open_store
from kg.terms import Triple
from kg.view import Edit, build, is_whole, refresh, stored, update
from tests.sheet import Graph, Sheet, on
from tests.test_view import CORPUS

VIEW = graph_iri(DEFAULT_BASE, "view")
Versions = Mapping[str, list[Triple]]


def shelling(published: str, publisher: str, country: str | None, killed: str) -> Graph:
    """One text, read otherwise: who leads a cluster, what its events say and who links change."""
    text = "Ada Lorne and the ULF met in Vale. Ada Lorne denied that the ULF hit Vale on May 2."
    sheet = Sheet(text, published=published, publisher=publisher)
    ada = sheet.actor("Ada Lorne", country=country)
    front = sheet.actor("ULF", "Organization", aliases=(killed,))
    both = sheet.actor("Ada Lorne and the ULF", "Group", named=False, members=(ada, front))
    vale = sheet.place("Vale", name="Vale", country="NO")
    sheet.report("met in Vale", "met", "CONSULT", actors=(both,), place=vale)
    hit = sheet.report(
        "hit Vale on May 2", "hit", actors=(front,), place=vale, date=on("2021-05-02")
    )
    sheet.statement("Ada Lorne denied that the ULF hit Vale", "denied", "hit Vale", about=(hit,))
    return sheet.graph()


CHANGING = [
    shelling("2021-05-04", "Post", "NO", "Front"),
    shelling("2021-05-01", "Post", "NO", "Front"),
    shelling("2021-05-04", "Courier", "SE", "Union of Lakes Front"),
    shelling("2021-05-04", "Courier", None, "Lakes Front"),
]
POOL: dict[str, list[list[Triple]]] = {graph: [triples, []] for graph, triples in CORPUS}
POOL[CHANGING[0][0]] = [*(triples for _, triples in CHANGING), []]

rounds = st.lists(
    st.dictionaries(
        st.sampled_from(sorted(POOL)), st.integers(0, len(CHANGING)), min_size=1, max_size=4
    ),
    min_size=1,
    max_size=6,
)


def put(store: Store, wanted: Versions) -> dict[str, Edit]:
    """Write article graphs; what changed."""
    edits = {graph: Edit(store.read(graph), new) for graph, new in wanted.items()}
    store.replace(wanted.items())
    return edits


def expected(store: Store) -> list[Triple]:
    graphs = [(iri, store.read(iri)) for iri in store.graphs() if iri != VIEW]
    return build(DEFAULT_BASE, graphs)


@given(rounds)
def test_a_patched_view_is_the_view_made_anew(steps: list[dict[str, int]]) -> None:
    store = open_store("memory:", base=DEFAULT_BASE)
    refresh(store)
    for step in steps:
        wanted = {graph: POOL[graph][at % len(POOL[graph])] for graph, at in step.items()}
        update(store, put(store, wanted))
        assert store.read(VIEW) == expected(store)
        assert is_whole(store)
    store.close()


def test_a_view_too_large_for_one_go_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    store = open_store("memory:", base=DEFAULT_BASE)
    put(store, dict(CORPUS))
    monkeypatch.setattr(stored, "AT_ONCE", 100)
    refresh(store)
    refresh(store)
    assert store.read(VIEW) == expected(store)
    store.close()


def test_any_writing_breaks_the_promise_that_the_view_is_whole() -> None:
    store = open_store("memory:", base=DEFAULT_BASE)
    assert not is_whole(store)
    refresh(store)
    assert is_whole(store)
    put(store, dict(CORPUS[:1]))
    assert not is_whole(store)
    store.close()


def test_without_articles_there_is_no_view() -> None:
    store = open_store("memory:", base=DEFAULT_BASE)
    update(store, put(store, dict(CORPUS)))
    update(store, put(store, {graph: [] for graph, _ in CORPUS}))
    assert store.graphs() == []
    store.close()


def test_no_room_for_what_is_put_aside_is_an_error_of_the_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(**_: object) -> None:
        raise OSError(ENOSPC, "No space left on device")

    store = open_store(f"oxigraph:{tmp_path / 'store'}", base=DEFAULT_BASE)
    put(store, dict(CORPUS))
    with monkeypatch.context() as patch:
        patch.setattr("kg.view.packed.tempfile.TemporaryFile", full)
        with pytest.raises(StoreError, match="No space left"):
            refresh(store)
    assert not is_whole(store)
    refresh(store)
    assert store.read(VIEW) == expected(store)
    store.close()
