"""Stores on disk: what a folder holds, and which folders are refused."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pyoxigraph
import pytest

from kg.errors import StoreBusy, StoreError
from kg.store import Store, open_store
from kg.store.folder import read_seal
from kg.store.oxigraph import MANY
from kg.store.quads import BULK
from kg.store.rewrite import QUADS
from tests.store.conftest import BASE, VIEW

TRIPLE = ("<a:s>", "<a:p>", '"o"')


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """The folder of a store that holds one triple and is closed."""
    place = tmp_path / "deep" / "store"
    store = open_store(f"oxigraph:{place}", base=BASE)
    store.replace([(VIEW, [TRIPLE])])
    store.close()
    return place


def test_a_store_lives_on_in_its_folder(made: Path) -> None:
    assert sorted(item.name for item in made.iterdir()) == ["lock", "meta.json", "quads", "version"]
    assert json.loads((made / "meta.json").read_text()) == {"base": BASE, "format": 1}
    store = open_store(f"oxigraph:{made}", base=BASE)
    assert store.read(VIEW) == [TRIPLE]
    store.close()


def test_a_store_of_another_base_is_refused(made: Path) -> None:
    with pytest.raises(StoreError, match=r"http://x\.example/, not http://y\.example/"):
        open_store(f"oxigraph:{made}", base="http://y.example/")


@pytest.mark.parametrize(
    ("spec", "message"),
    [
        ("/some/path", "oxigraph:PATH .* or memory:"),
        ("", "oxigraph:PATH"),
        ("oxigraph:", "oxigraph:PATH"),
        ("memory", "memory:"),
        ("memory:x", "memory:"),
    ],
)
def test_a_string_that_names_no_store_says_what_does(spec: str, message: str) -> None:
    with pytest.raises(StoreError, match=message):
        open_store(spec, base=BASE)


def test_a_folder_that_is_no_store_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    for read_only in (False, True):
        with pytest.raises(StoreError, match="is not a store"):
            open_store(f"oxigraph:{tmp_path}", base=BASE, read_only=read_only)
    assert os.listdir(tmp_path) == ["thesis.txt"]


@pytest.mark.parametrize(
    ("meta", "message"),
    [("{", "cannot be read"), ("[]", "not a store"), ('{"format": 9}', "format 9")],
)
def test_a_damaged_description_is_told(made: Path, meta: str, message: str) -> None:
    (made / "meta.json").write_text(meta)
    with pytest.raises(StoreError, match=message):
        open_store(f"oxigraph:{made}", base=BASE)


def test_damaged_files_are_told(made: Path) -> None:
    (made / "quads" / "CURRENT").write_text("nonsense\n")
    for read_only in (False, True):
        with pytest.raises(StoreError, match=f"{made} cannot be opened"):
            open_store(f"oxigraph:{made}", base=BASE, read_only=read_only)


def test_a_file_is_no_store(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    for path in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(StoreError, match=r"is a file|cannot be opened"):
            open_store(f"oxigraph:{path}", base=BASE)


def test_one_writer_and_nobody_beside_it(made: Path) -> None:
    writer = open_store(f"oxigraph:{made}", base=BASE)
    for read_only in (False, True):
        with pytest.raises(StoreBusy, match="stop the server"):
            open_store(f"oxigraph:{made}", base=BASE, read_only=read_only)
    assert "StoreBusy" in _open_elsewhere(made)
    writer.close()
    assert _open_elsewhere(made) == ""


def test_many_readers_and_no_writer_beside_them(made: Path) -> None:
    one = open_store(f"oxigraph:{made}", base=BASE, read_only=True)
    two = open_store(f"oxigraph:{made}", base=BASE, read_only=True)
    assert one.read(VIEW) == two.read(VIEW) == [TRIPLE]
    assert one.query("ASK { <a:s> ?p ?o }").body == b'{"head":{},"boolean":true}'
    one.close()
    assert "StoreBusy" in _open_elsewhere(made)
    two.close()
    assert _open_elsewhere(made) == ""


def test_a_reader_writes_nothing(made: Path) -> None:
    store = open_store(f"oxigraph:{made}", base=BASE, read_only=True)
    for write in (
        lambda: store.replace([(VIEW, [])]),
        lambda: store.replace([(BASE, [TRIPLE])]),
        lambda: store.remove(VIEW),
        store.snapshot,
    ):
        with pytest.raises(StoreError, match="read-only"):
            write()
    assert store.read(VIEW) == [TRIPLE]
    store.close()


def test_reading_makes_no_store(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no store at"):
        open_store(f"oxigraph:{tmp_path / 'none'}", base=BASE, read_only=True)
    assert os.listdir(tmp_path) == []


def test_what_a_killed_server_left_goes_when_the_store_is_opened(made: Path) -> None:
    (made / "snapshot-left" / "deep").mkdir(parents=True)
    open_store(f"oxigraph:{made}", base=BASE).close()
    assert not (made / "snapshot-left").exists()


def _open_elsewhere(place: Path) -> str:
    """What another process says that opens the store for writing; nothing if it can."""
    code = f"from kg.store import open_store\nopen_store('oxigraph:{place}', base={BASE!r}).close()"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    return run.stderr


def test_a_version_changes_with_each_write_that_was_seen_and_outlives_the_process(
    made: Path,
) -> None:
    def opened() -> Store:
        return open_store(f"oxigraph:{made}", base=BASE)

    store = opened()
    first = store.version()
    assert store.snapshot().id == store.version() == first
    store.replace([(VIEW, [])])
    store.replace([(VIEW, [TRIPLE])])
    second = store.version()
    snapshot = store.snapshot()
    assert snapshot.id == second != first
    assert snapshot.written > 1_700_000_000
    store.close()
    store = opened()
    assert store.version() == second
    store.remove(VIEW)
    assert store.version() not in (first, second)
    store.close()
    (made / "version").unlink()
    store = opened()
    assert store.version().startswith("0-")
    assert store.version() != "0-0"
    store.close()


def test_a_seal_lasts_and_a_killed_writer_leaves_none(tmp_path: Path) -> None:
    spec = f"oxigraph:{tmp_path / 's'}"
    first = open_store(spec, base=BASE)
    first.seal("whole")
    first.close()
    second = open_store(spec, base=BASE)
    assert second.sealed() == "whole"
    second.replace([(VIEW, [TRIPLE])])
    assert read_seal(tmp_path / "s") is None
    second.close()


def test_a_seal_puts_files_together_once_there_are_many(tmp_path: Path) -> None:
    store = open_store(f"oxigraph:{tmp_path}", base=BASE)
    graphs = [f"{BASE}article/{number}" for number in range(MANY)]
    for graph in graphs:  # each is large enough to be written as finished files of its own
        store.fill(graph, ((f"<a:{row}>", "<a:p>", f'"{row}"') for row in range(BULK)))
    store.seal("whole")
    assert store.size() == MANY * BULK
    assert len(store.read(graphs[-1])) == BULK
    store.close()
    assert read_seal(tmp_path) == "whole"
    assert files_by_hand(tmp_path) == files(tmp_path), "there was more to put together"


def files(folder: Path) -> int:
    """How many files of quads are needed: those that are not go when a store is opened."""
    opened = pyoxigraph.Store(folder / QUADS)
    del opened
    return len(list((folder / QUADS).glob("*.sst")))


def files_by_hand(folder: Path) -> int:
    """The same of a copy that is put together by hand."""
    copy = folder / "copy"
    shutil.copytree(folder / QUADS, copy / QUADS)
    store = pyoxigraph.Store(copy / QUADS)
    store.optimize()
    del store
    return files(copy)
