"""Large graphs over HTTP: whoever asks first is told to come back, and then finds it drawn."""

import shutil
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from api import drawn
from api.app import create_app
from kg.config import Settings
from kg.errors import StoreError
from kg.export import selection
from kg.index.reading import readable
from kg.iri import DEFAULT_BASE
from kg.keeping import take_down
from kg.projection.apart import Order, draw
from kg.projection.before import FOLLOWED
from kg.projection.shelf import FOLDER, Shelf
from kg.store import open_store
from kg.store.base import Snapshot
from kg.store.pool.process import Process
from kg.store.pool.workers import WorkerPool
from kg.view import refresh
from tests.scenes import scene_graphs


class Slow(Shelf):
    """A shelf that draws when it is let."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.let = threading.Event()

    def sheet(self, *asked):  # type: ignore[no-untyped-def]
        self.let.wait(20)
        return super().sheet(*asked)


@pytest.fixture
def slow(tmp_path: Path) -> Slow:
    return Slow(tmp_path / FOLDER)


def test_a_graph_that_takes_long_is_drawn_on_behind(
    slow: Slow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = open_store(f"oxigraph:{tmp_path / 'store'}", base=DEFAULT_BASE)
    store.replace(scene_graphs())
    refresh(store)
    with WorkerPool(store, workers=1) as pool:
        app = create_app(pool, Settings(store="memory:", base=DEFAULT_BASE, query_seconds=0.2))
        app.extensions["conflict-kg"] = replace(app.extensions["conflict-kg"], shelf=slow)
        client = app.test_client()
        first = client.get("/graph")
        assert (first.status_code, first.get_json()["limit"]) == (503, "query_seconds")
        assert "ask again" in first.get_json()["detail"]
        assert client.get("/graph").status_code == 503
        assert client.get("/export/gexf?act=deny").status_code == 503
        monkeypatch.setattr(drawn, "MOST", 2)
        third = client.get("/graph?act=request").get_json()
        assert (third["status"], third["limit"]) == (503, "graphs")
        slow.let.set()
        until = time.monotonic() + 20
        while drawn._DRAWING and time.monotonic() < until:
            time.sleep(0.02)
        assert client.get("/graph").get_json()["nodes"]
        assert client.get("/export/gexf?act=deny").status_code == 200
        assert len(list((tmp_path / FOLDER).glob("*.sqlite"))) == 2
    store.close()


def test_a_large_graph_is_drawn_by_another_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "store"
    store = open_store(f"oxigraph:{home}", base=DEFAULT_BASE)
    store.replace(scene_graphs())
    refresh(store)
    with WorkerPool(store, workers=1) as pool:
        settings = Settings(store=f"oxigraph:{home}", base=DEFAULT_BASE)
        client = create_app(pool, settings, index=readable(home, DEFAULT_BASE)).test_client()
        here = client.get("/graph?act=deny").get_json()
        shutil.rmtree(home / FOLDER)
        monkeypatch.setattr(drawn, "HERE", 0)
        assert client.get("/graph?act=deny").get_json() == here
        assert len(list((home / FOLDER).glob("*.sqlite"))) == 1
    store.close()


@pytest.mark.parametrize("small", [True, False])
def test_what_is_taken_down_while_it_is_drawn_is_kept_nowhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, small: bool
) -> None:
    home = tmp_path / "store"
    store = open_store(f"oxigraph:{home}", base=DEFAULT_BASE)
    store.replace(scene_graphs())
    refresh(store)
    begun, let, kept = threading.Event(), threading.Event(), drawn._kept

    def waiting(*asked: Any) -> None:
        begun.set()
        let.wait(20)
        kept(*asked)

    monkeypatch.setattr(drawn, "_kept", waiting)
    monkeypatch.setattr(drawn, "HERE", 2000 if small else 0)
    with WorkerPool(store, workers=1) as pool, ThreadPoolExecutor(1) as thread:
        settings = Settings(store=f"oxigraph:{home}", base=DEFAULT_BASE)
        client = create_app(pool, settings, index=readable(home, DEFAULT_BASE)).test_client()
        first = thread.submit(client.get, "/graph")
        assert begun.wait(20)
        take_down(store, scene_graphs()[0][0], later=True)
        pool.forget()
        getattr(store, "forget")(cut_off=False)  # noqa: B009
        pool.forget()
        let.set()
        assert first.result().status_code == 503
        assert "Retry-After" in first.result().headers
        assert not list((home / FOLDER).glob("*"))
        assert client.get("/graph").status_code == 200
        assert len(list((home / FOLDER).glob("*"))) == 1
    store.close()


@pytest.mark.parametrize("preset", FOLLOWED)
def test_what_is_around_somebody_waits_for_no_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, preset: str
) -> None:
    home = tmp_path / "store"
    store = open_store(f"oxigraph:{home}", base=DEFAULT_BASE)
    store.replace(scene_graphs())
    refresh(store)
    let, kept = threading.Event(), drawn._kept

    def waiting(*asked: Any) -> None:
        let.wait(600)
        kept(*asked)

    monkeypatch.setattr(drawn, "_kept", waiting)
    monkeypatch.setattr(drawn, "HERE", 0)
    with WorkerPool(store, workers=1) as pool:
        settings = Settings(store=f"oxigraph:{home}", base=DEFAULT_BASE)
        app = create_app(pool, settings, index=readable(home, DEFAULT_BASE))
        client = app.test_client()
        somebody = client.get("/actors?limit=1&q=tolen").get_json()["items"][0]["id"]
        asked = {"projection": preset, "around": somebody}
        soon = client.get("/graph", query_string=asked)
        assert soon.headers["Cache-Control"] == "no-store"
        page = client.get("/graph", query_string=asked, headers={"Accept": "text/html"})
        assert "newest statements" in page.text
        for kind in ("actor", "place", "event", "statement"):
            for odd in (f"{somebody}x", 'x"y', "x y", "<x>"):
                none = asked | {"around": f"{DEFAULT_BASE}{kind}/{odd}"}
                assert client.get("/graph", query_string=none).status_code == 404
        monkeypatch.setattr(drawn, "_PARTS", threading.Semaphore(0))
        app.extensions["conflict-kg"] = replace(
            app.extensions["conflict-kg"], settings=replace(settings, query_seconds=0.05)
        )
        refused = client.get("/graph", query_string=asked)
        assert (refused.status_code, refused.get_json()["limit"]) == (503, "query_seconds")
        app.extensions["conflict-kg"] = replace(app.extensions["conflict-kg"], settings=settings)
        drawing = [one.thread for one in drawn._DRAWING.values()]
        let.set()
        for thread in drawing:
            thread.join()
        tag = {"If-None-Match": soon.headers["ETag"]}
        later = client.get("/graph", query_string=asked, headers=tag)
        part, whole = soon.get_json(), later.get_json()
        assert (part["whole"], whole["whole"]) == (False, True)
        ties = [_ties_of(found, somebody) for found in (part, whole)]
        assert ties[0] == ties[1] != {}
        assert _ids(part) <= _ids(whole)
    store.close()


def _ties_of(graph: dict[str, Any], iri: str) -> dict[str, Any]:
    return {one["id"]: one for one in graph["edges"] if iri in (one["source"], one["target"])}


def _ids(graph: dict[str, Any]) -> set[str]:
    return {one["id"] for one in (*graph["nodes"], *graph["edges"])}


def test_a_sheet_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    store = open_store(f"oxigraph:{tmp_path / 'store'}", base=DEFAULT_BASE)
    store.replace(scene_graphs())
    refresh(store)
    (tmp_path / "file").touch()
    order = Order(
        *(store.snapshot(), DEFAULT_BASE, tmp_path / "store", tmp_path / "file" / FOLDER),
        *(selection({}), "actor-actor"),
    )
    with pytest.raises(StoreError, match="file"):
        draw(order)
    store.close()


def test_who_draws_ends_with_the_one_who_asked() -> None:
    process = Process("kg.projection.apart")
    process._channel.close()
    assert process._process.wait(30) != 0


def test_what_went_wrong_there_is_told_here(tmp_path: Path) -> None:
    gone = Snapshot("1", 0.0, tmp_path / "gone", "view")
    with pytest.raises(StoreError, match="gone"):
        draw(Order(gone, DEFAULT_BASE, tmp_path, tmp_path, selection({}), "actor-actor"))
