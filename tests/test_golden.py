"""The graphs of the scene, byte for byte; ``python -m tests.golden`` writes them anew."""

from pathlib import Path

import pyoxigraph
import pytest

from kg import terms
from kg.iri import DEFAULT_BASE
from kg.keeping import judge
from kg.store import open_store
from tests.golden import FOLDER, golden, write
from tests.scene_review import JUDGEMENTS, article_store
from tests.scenes import scene_store

GOLDEN = golden()
SCENE = {name: GOLDEN[name] for name in ("harbour.nq", "wire.nq", "view.nq")}


@pytest.mark.parametrize("name", GOLDEN)
def test_the_graph_is_the_golden_one(name: str) -> None:
    kept = (FOLDER / name).read_bytes().decode()
    assert GOLDEN[name].split("\n") == kept.split("\n"), "python -m tests.golden, then git diff"
    assert GOLDEN[name] == kept


def test_no_file_is_left_over() -> None:
    assert {path.name for path in FOLDER.glob("*.nq")} == set(GOLDEN)


def test_a_store_gives_back_the_golden_bytes() -> None:
    store = scene_store()
    found = {terms.lines(store.read(iri), f"<{iri}>") for iri in store.graphs()}
    assert found == set(SCENE.values())


def test_a_store_on_disk_gives_back_the_golden_bytes(tmp_path: Path) -> None:
    scene = scene_store()
    store = open_store(f"oxigraph:{tmp_path}", base=DEFAULT_BASE)
    store.replace((iri, scene.read(iri)) for iri in scene.graphs())
    found = {terms.lines(store.read(iri), f"<{iri}>") for iri in store.graphs()}
    store.close()
    assert found == set(SCENE.values())


def test_judging_in_a_store_gives_the_golden_bytes() -> None:
    store = article_store()
    for one in JUDGEMENTS:
        judge(store, one)
    found = {terms.lines(store.read(iri), f"<{iri}>") for iri in store.graphs()}
    assert found == {text for name, text in GOLDEN.items() if name != "view.nq"}


@pytest.mark.parametrize("name", GOLDEN)
def test_another_parser_reads_the_same_quads(name: str) -> None:
    quads = pyoxigraph.parse(GOLDEN[name].encode(), format=pyoxigraph.RdfFormat.N_QUADS)
    assert sorted(f"{quad} ." for quad in quads) == GOLDEN[name].splitlines()


def test_writing_them_anew_changes_nothing(tmp_path: Path) -> None:
    write(tmp_path)
    for path in FOLDER.glob("*.nq"):
        assert (tmp_path / path.name).read_bytes() == path.read_bytes()
