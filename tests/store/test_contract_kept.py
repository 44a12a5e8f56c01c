"""What every store promises of its snapshots, its seal and its view, tried on each kind."""

import shutil
import tempfile
from pathlib import Path

import pyoxigraph
import pytest

from kg import terms
from kg.errors import StoreError
from kg.store import Store, open_store
from kg.store.remote.sparql import SparqlStore
from tests.store.conftest import BASE, G1, G2, VIEW, P, graph


def test_a_snapshot_stays_as_it_was(three: Store) -> None:
    if isinstance(three, SparqlStore):
        with pytest.raises(StoreError, match="gives no snapshots"):
            three.snapshot()
        return
    place = three.snapshot()
    three.remove(G1)
    copy = pyoxigraph.Store.read_only(str(place.place))
    assert sorted(name.value for name in copy.named_graphs()) == sorted([G1, G2, VIEW])
    shutil.rmtree(place.place)


def test_a_closed_store_says_so(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    store.close()
    store.close()
    for use in (store.graphs, store.size, store.snapshot, lambda: store.query("ASK {}")):
        with pytest.raises(StoreError, match="closed"):
            use()
    assert not list(tmp_path.rglob("snapshot-*"))


def test_a_seal_holds_until_something_is_written(store: Store) -> None:
    assert store.sealed() is None
    for write in (
        lambda: store.replace([(G1, graph("a", "x"))]),
        lambda: store.patch(G1, [], graph("a", "y")),
        lambda: store.fill(G1, graph("a", "z")),
        lambda: store.remove(G1),
    ):
        store.seal("by the rules")
        assert store.sealed() == "by the rules"
        store.replace([])
        assert store.sealed() == "by the rules"
        write()
        assert store.sealed() is None


def test_graphs_change_in_turn_and_the_seal_stands(three: Store) -> None:
    three.seal("rules")
    before = three.view_id()
    one, two = graph("a", "one"), graph("b", "two")
    three.turn({G1: (one, ()), G2: ((), graph("b", "new")), VIEW: ((), one)}, seal="rules")
    assert three.graphs() == [G2, VIEW]
    assert three.read(G2) == sorted([*two, *graph("b", "new")])
    assert three.read(VIEW) == sorted([*graph("v", "view"), *one])
    assert three.sealed() == "rules"
    assert three.view_id() not in ("", before)


def test_what_cannot_be_written_in_turn_changes_nothing(three: Store) -> None:
    blank = [("_:b", P, terms.literal("x"))]
    with pytest.raises(StoreError, match="blank node"):
        three.turn({G1: (graph("a", "one"), ()), G2: ((), blank)}, seal="rules")
    assert three.read(G1) == graph("a", "one")


def test_a_sealed_view_has_a_name_that_changes_when_it_is_written(three: Store) -> None:
    assert three.view_id() == ""
    names = []
    for value in ("one", "two"):
        three.replace([(VIEW, graph("v", value))])
        assert three.view_id() == ""
        three.seal("by the rules")
        names.append(three.view_id())
        three.update(f"INSERT DATA {{ GRAPH <{G2}> {{ <a:s> <a:p> '{value}' }} }}", aside=True)
        three.seal("by the rules")
        assert three.view_id() == names[-1] != ""
    assert len(set(names)) == 2


def test_a_snapshot_knows_the_view_it_holds(tmp_path: Path) -> None:
    where = f"oxigraph:{tmp_path / 'store'}"
    held = open_store(where, base=BASE)
    held.replace([(VIEW, graph("v", "view"))])
    assert held.snapshot().view == ""
    held.seal("by the rules")
    name = held.view_id()
    assert held.snapshot().view == name
    held.close()
    again = open_store(where, base=BASE)
    assert again.view_id() == name
    again.close()
