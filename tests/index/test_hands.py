"""Rows that processes derive out of a snapshot are those that this one derives."""

from collections.abc import Iterator
from itertools import chain

import pytest

from kg.commands.reindex import told
from kg.errors import StoreError
from kg.filters import KINDS, Kind
from kg.index import Held
from kg.index.deriving import Job, jobs
from kg.index.hands import MANY, MOST, hands
from kg.index.touched import everything
from kg.iri import DEFAULT_BASE
from kg.store import Store, open_store
from kg.store.folder import SNAPSHOT
from scripts.scale.filling import fill


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    held = open_store(f"oxigraph:{tmp_path_factory.mktemp('store')}", base=DEFAULT_BASE)
    fill(held, 6)
    yield held
    held.close()


def everything_of(store: Store) -> list[Job]:
    return [job for kind in KINDS for job in jobs(kind, everything(store, kind))]


def test_many_hands_derive_what_one_does(store: Store) -> None:
    with hands(store, 1) as work:
        alone = list(work(everything_of(store)))
    with hands(store, MANY) as work:
        together = list(work(everything_of(store)))
    assert together == alone
    kinds = {kind for kind, rows in chain.from_iterable(alone) if rows}
    assert kinds == set(KINDS)
    assert store.home
    assert not list(store.home.glob(f"{SNAPSHOT}*"))


def test_who_sees_no_bar_is_told_how_far_it_is(
    store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    index = Held(None, store.base)
    index.remake(store, told(0.0))
    last = capsys.readouterr().err.splitlines()[-1]
    whole = len(list(everything(store, "articles")))
    assert last.startswith("in the index: ")
    assert f"{whole} of {whole} articles" in last


def test_articles_come_with_what_they_tell_once(store: Store) -> None:
    with hands(store, 1) as work:
        rows = list(chain.from_iterable(work(jobs("articles", everything(store, "articles")))))
    for kind in ("articles", "events", "statements"):
        found = [row.id for of, some in rows for row in some if of == kind]
        assert sorted(found) == list(everything(store, kind))


def test_a_lost_hand_is_told_of(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    unknown: Kind = "actors"
    with hands(store, MANY) as work, pytest.raises(StoreError, match="run kg reindex"):
        list(work([(unknown, ("no IRI at all",))]))


def test_no_more_processes_than_cores_and_than_are_of_use(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[str] = []

    class Counted:
        def __init__(self, role: str, *given: object) -> None:
            if len(begun) == most:
                raise StoreError("no more")
            begun.append(role)

        def kill(self) -> None:
            begun.pop()

    monkeypatch.setattr("kg.index.hands.Process", Counted)
    for here, most in ((3, 9), (64, 9), (64, 4)):
        monkeypatch.setattr("kg.index.hands.cores", lambda here=here: here)
        if most < MOST:
            with pytest.raises(StoreError, match="no more"), hands(store, MANY):
                pass
        else:
            with hands(store, MANY):
                assert len(begun) == min(here, MOST)
        assert not begun
    assert store.home
    assert not list(store.home.glob(f"{SNAPSHOT}*"))
