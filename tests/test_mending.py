"""A store whose writer was killed between graph, index and log: the next goes on from there."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.errors import StoreError
from kg.index import beside
from kg.iri import DEFAULT_BASE
from kg.keeping import judge, take_down
from kg.log import Entry, opened
from kg.pipeline import ingest
from kg.store import Store, open_store
from kg.verify import verify
from kg.view import stored
from kg.view.journal import FILE
from kg.view.mending import mend
from tests.keeping import files_holding
from tests.scene_review import ACCEPTED
from tests.scenes import HARBOUR, WIRE
from tests.test_pipeline import Scripted


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    held = open_store(f"oxigraph:{tmp_path / 'store'}", base=DEFAULT_BASE)
    ingest(held, [HARBOUR], Scripted())
    yield held
    held.close()


class Killed(BaseException):
    """What a test puts in the place of kill -9."""


def killed(*_: object, **__: object) -> None:
    raise Killed


def entries(home: Path) -> list[Entry]:
    with opened(home) as log:
        return log.entries(0, until=log.last(), limit=10_000)


def changes(home: Path) -> set[tuple[str, str, str]]:
    """The last that is said of each record."""
    last = {(one.kind, one.id): one.change for one in entries(home)}
    return {(*key, change) for key, change in last.items()}


@pytest.mark.parametrize("where", ["follow", "note"])
def test_what_was_cut_off_is_ended(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    whole = open_store(f"oxigraph:{tmp_path / 'whole'}", base=DEFAULT_BASE)
    for article in (HARBOUR, WIRE):
        ingest(whole, [article], Scripted())
    with monkeypatch.context() as patch:
        patch.setattr(stored, where, killed)
        with pytest.raises(Killed):
            ingest(store, [WIRE], Scripted())
    home = tmp_path / "store"
    assert (home / FILE).exists()
    told: list[str] = []
    mend(store, told=told.append)
    assert not told
    assert not (home / FILE).exists()
    index = beside(store)
    assert index is not None
    assert index.knows(store.view_id())
    assert not list(verify(store))
    assert changes(home) == changes(tmp_path / "whole")
    assert len(entries(home)) == len(entries(tmp_path / "whole"))
    before = len(entries(home))
    mend(store)
    assert len(entries(home)) == before
    whole.close()


@pytest.mark.parametrize("lost", ["index.sqlite", "log.sqlite", "seal"])
def test_what_was_lost_is_made_anew(tmp_path: Path, lost: str) -> None:
    home = tmp_path / "store"
    store = open_store(f"oxigraph:{home}", base=DEFAULT_BASE)
    ingest(store, [HARBOUR, WIRE], Scripted())
    stands = changes(home)
    store.close()
    for file in home.glob(f"{lost}*"):
        file.unlink()
    store = open_store(f"oxigraph:{home}", base=DEFAULT_BASE)
    mend(store)
    assert changes(home) == stands
    assert not list(verify(store))
    store.close()


def test_what_a_takedown_leaves_is_in_the_log(store: Store, tmp_path: Path) -> None:
    (iri,) = ingest(store, [WIRE], Scripted()).articles
    take_down(store, iri)
    said = {one.change for one in entries(tmp_path / "store") if one.id == iri}
    assert said == {"created", "withdrawn"}
    gone = [one for one in changes(tmp_path / "store") if one[2] == "withdrawn"]
    assert ("article", iri, "withdrawn") in gone
    assert {kind for kind, *_ in gone} >= {"article", "statement"}


def test_a_takedown_that_was_killed_is_in_the_log(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever keeps a copy hears of it, though what it was noted by went with the index."""
    (iri,) = ingest(store, [WIRE], Scripted()).articles
    home = tmp_path / "store"
    with monkeypatch.context() as patch:
        patch.setattr(stored, "follow", killed)
        with pytest.raises(Killed):
            take_down(store, iri)
    before = len(entries(home))
    store.close()
    again = open_store(f"oxigraph:{home}", base=DEFAULT_BASE)
    mend(again)
    assert iri not in again.graphs()
    assert ("article", iri, "withdrawn") in changes(home)
    assert {one.change for one in entries(home)[before:]} == {"updated", "withdrawn"}
    whole = open_store(f"oxigraph:{tmp_path / 'whole'}", base=DEFAULT_BASE)
    ingest(whole, [HARBOUR], Scripted())
    assert standing(home) == standing(tmp_path / "whole")
    whole.close()
    again.close()


def standing(home: Path) -> set[tuple[str, str]]:
    with opened(home) as log:
        return set(log.standing())


def full(*_: object, **__: object) -> None:
    raise StoreError("no room")


def test_a_takedown_that_failed_after_its_write_is_ended(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (iri,) = ingest(store, [WIRE], Scripted()).articles
    with monkeypatch.context() as patch:
        patch.setattr(stored, "follow", full)
        with pytest.raises(StoreError):
            take_down(store, iri)
    assert iri not in store.graphs()
    judge(store, ACCEPTED)
    words = "Foreign ministers Anto Reva"
    assert {path.parent.name for path in files_holding(tmp_path / "store", words)} == {"quads"}
    assert not list(verify(store))
    store.close()
    open_store(f"oxigraph:{tmp_path / 'store'}", base=DEFAULT_BASE).close()
    assert not files_holding(tmp_path / "store", words)


def test_a_store_in_memory_has_nothing_to_mend() -> None:
    held = open_store("memory:", base=DEFAULT_BASE)
    ingest(held, [HARBOUR], Scripted())
    mend(held)
    held.close()
