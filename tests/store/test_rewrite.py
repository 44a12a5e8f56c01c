"""What is taken out to leave no bytes behind leaves none, whenever the process is killed."""

import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg import terms
from kg.errors import StoreError
from kg.store import Store, open_store, rewrite
from kg.terms import Triple
from tests.keeping import files_holding
from tests.store.conftest import BASE

SECRET = "the zinc-blue bridge of Vardania"
GONE, STAYS = f"{BASE}article/gone", f"{BASE}article/stays"


def graph(*texts: str) -> list[Triple]:
    return [(f"<{BASE}a>", f"<{BASE}p>", terms.literal(text)) for text in texts]


def filled(place: Path) -> Store:
    store = open_store(f"oxigraph:{place}", base=BASE)
    many = [f"a sentence that stays, number {n}" for n in range(2000)]
    store.replace([(GONE, graph(SECRET)), (STAYS, graph(*many))])
    return store


def holding(home: Path) -> list[Path]:
    return files_holding(home, SECRET)


def test_removing_alone_leaves_the_bytes(tmp_path: Path) -> None:
    """Should this fail one day, the engine collects its texts and no copy is wanted."""
    store = filled(tmp_path / "s")
    store.remove(GONE)
    store.close()
    assert holding(tmp_path / "s")


def test_what_is_forgotten_leaves_none_and_the_rest_stays(tmp_path: Path) -> None:
    store = filled(tmp_path / "s")
    kept = store.read(STAYS)
    store.seal("rules")
    (tmp_path / "s" / "drawn").mkdir()
    (tmp_path / "s" / "drawn" / "1-2.sqlite").write_text(SECRET)
    with store.forgetting():
        store.turn({GONE: (graph(SECRET), ())}, seal="rules")
    assert (store.graphs(), store.read(STAYS)) == ([STAYS], kept)
    assert not holding(tmp_path / "s")
    store.replace([(GONE, graph("another text"))])
    store.close()
    again = open_store(f"oxigraph:{tmp_path / 's'}", base=BASE, read_only=True)
    assert again.graphs() == [GONE, STAYS]
    again.close()


def fail(store: Store) -> None:
    """Take the graph out, and fail afterwards."""
    store.remove(GONE)
    raise StoreError("no room for what follows")


def test_what_failed_once_it_was_taken_out_is_forgotten_when_opened(tmp_path: Path) -> None:
    store = filled(tmp_path / "s")
    with pytest.raises(StoreError), store.forgetting():
        fail(store)
    store.close()
    assert holding(tmp_path / "s")
    open_store(f"oxigraph:{tmp_path / 's'}", base=BASE).close()
    assert not holding(tmp_path / "s")


def test_blank_nodes_stay_one_however_much_is_written_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rewrite, "_PIECE", 500)
    store = filled(tmp_path / "s")
    some = ", ".join(map(str, range(100)))
    store.update(f"INSERT DATA {{ GRAPH <{BASE}mine> {{ _:one <{BASE}p> {some} }} }}")
    with store.forgetting():
        store.remove(GONE)
    mine = f"GRAPH <{BASE}mine> {{ ?s ?p ?o }}"
    count = f"SELECT (COUNT(DISTINCT ?s) AS ?n) (COUNT(*) AS ?m) {{ {mine} }}"
    assert store.query(count, table="text/csv").body.split() == [b"n,m", b"1,100"]
    assert len(store.read(STAYS)) == 2000
    store.close()


def test_what_is_cut_off_before_it_is_taken_out_stays_and_nobody_asks_again(tmp_path: Path) -> None:
    store = filled(tmp_path / "s")
    with pytest.raises(KeyboardInterrupt), store.forgetting():
        raise KeyboardInterrupt
    store.close()
    assert (tmp_path / "s" / "forgetting").exists()
    store = open_store(f"oxigraph:{tmp_path / 's'}", base=BASE)
    assert store.graphs() == [GONE, STAYS]
    store.close()
    assert not (tmp_path / "s" / "forgetting").exists()


def take_out(place: str) -> None:
    """Take the graph out, and say when that began and ended."""
    store = open_store(f"oxigraph:{place}", base=BASE)
    print("go", flush=True)
    with store.forgetting():
        store.remove(GONE)
    print("done", flush=True)
    time.sleep(60)


@pytest.mark.slow
def test_a_killed_takedown_is_ended_at_the_next_opening(tmp_path: Path) -> None:
    filled(tmp_path / "whole").close()
    for number in range(12):
        home = tmp_path / f"s{number}"
        shutil.copytree(tmp_path / "whole", home)
        code = f"from tests.store.test_rewrite import take_out\ntake_out({str(home)!r})"
        command = [sys.executable, "-c", code]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as run:
            assert run.stdout is not None
            run.stdout.readline()
            time.sleep(0.02 * number)
            run.kill()
        store = open_store(f"oxigraph:{home}", base=BASE)
        gone = GONE not in store.graphs()
        assert len(store.read(STAYS)) == 2000
        store.close()
        assert bool(holding(home)) != gone
        left = {path.name for path in home.iterdir()} & {"quads.new", "quads.old", "quads.all"}
        assert not left


@pytest.mark.parametrize("there", [("quads.all",), ("quads", "quads.all"), ("quads", "quads.new")])
def test_a_copy_that_was_cut_off_is_settled(tmp_path: Path, there: tuple[str, ...]) -> None:
    filled(tmp_path / "s").close()
    home = tmp_path / "s"
    (home / "quads").rename(home / "kept")
    for name in there:
        shutil.copytree(home / "kept", home / name)
    if there == ("quads.all",):
        with pytest.raises(StoreError, match="kg link"):
            open_store(f"oxigraph:{home}", base=BASE, read_only=True)
    store = open_store(f"oxigraph:{home}", base=BASE)
    assert store.graphs() == [GONE, STAYS]
    store.close()
    assert sorted(path.name for path in home.glob("quads*")) == ["quads"]
