"""A store copied while it is served and while it stands still, and put back: the same store."""

import json
import tarfile
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest

from kg.errors import BadInput, StoreError
from kg.iri import DEFAULT_BASE, article_iri
from kg.keeping import take_down
from kg.keeping.backup import collect, packed, restore
from kg.keeping.distant import Distant
from kg.log import opened
from kg.pipeline import ingest
from kg.query.saved import shelf
from kg.reading import Desk
from kg.store import Store, open_store
from kg.verify import verify
from kg.view.mending import mend
from tests.api.serving import fetch
from tests.cli import run
from tests.keeping import RIGHT, TOKEN, files_holding, keeping
from tests.scenes import HARBOUR, WIRE
from tests.test_pipeline import Scripted, content


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    held = open_store(f"oxigraph:{tmp_path / 'store'}", base=DEFAULT_BASE)
    iris = ingest(held, [HARBOUR, WIRE], Scripted()).articles
    take_down(held, iris[1])
    ingest(held, [WIRE], Scripted())
    shelf(f"oxigraph:{tmp_path / 'store'}")["mine"] = "# mine\nASK {}"
    yield held
    held.close()


def backed_up(store: Store, file: Path) -> Path:
    file.write_bytes(b"".join(packed(collect(store))))
    return file


def back(file: Path, home: Path) -> Store:
    with file.open("rb") as source:
        restore(source, home)
    return open_store(f"oxigraph:{home}", base=DEFAULT_BASE)


def test_what_comes_back_is_what_was_there(store: Store, tmp_path: Path) -> None:
    file = backed_up(store, tmp_path / "b.tar")
    assert not [*(tmp_path / "store").glob("snapshot-*"), *(tmp_path / "store").glob("backup-*")]
    again = back(file, tmp_path / "again")
    assert content(again) == content(store)
    assert (again.sealed(), again.view_id()) == (store.sealed(), store.view_id())
    told: list[str] = []
    mend(again, told=told.append)
    assert not told
    assert not list(verify(again))
    with opened(tmp_path / "store") as one, opened(tmp_path / "again") as other:
        assert one.entries(0, until=one.last(), limit=9999) == other.entries(
            0, until=other.last(), limit=9999
        )
    assert dict(shelf(f"oxigraph:{tmp_path / 'again'}")) == {"mine": "# mine\nASK {}"}
    again.close()


def test_a_backup_without_an_index_is_a_store_too(store: Store, tmp_path: Path) -> None:
    (tmp_path / "store" / "index.sqlite").unlink()
    again = back(backed_up(store, tmp_path / "b.tar"), tmp_path / "again")
    mend(again)
    assert not list(verify(again))
    again.close()


def test_a_backup_in_the_midst_of_a_takedown_is_rid_of_it_when_opened(
    store: Store, tmp_path: Path
) -> None:
    words = "Foreign ministers Anto Reva"
    take_down(store, article_iri(DEFAULT_BASE, WIRE.url, WIRE.text), later=True)
    back(backed_up(store, tmp_path / "b.tar"), tmp_path / "again").close()
    assert files_holding(tmp_path / "store", words)
    assert not files_holding(tmp_path / "again", words)


def test_a_backup_that_is_not_made_or_fetched_leaves_nothing(store: Store, tmp_path: Path) -> None:
    home = tmp_path / "store"
    assert collect(store).exists()
    store.close()
    open_store(f"oxigraph:{home}", base=DEFAULT_BASE).close()
    assert not list(home.glob("backup-*"))
    with pytest.raises(StoreError, match="closed"):
        collect(store)
    assert not list(home.glob("backup-*"))


class Redirects(BaseHTTPRequestHandler):
    """A server that sends to ``/elsewhere`` whoever asks, and remembers their tokens."""

    tokens: ClassVar[list[tuple[str, str | None]]] = []

    def do_GET(self) -> None:
        self.tokens.append((self.path, self.headers["Authorization"]))
        self.send_response(302 if self.path == "/backup" else 200)
        self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def test_a_token_goes_only_where_the_user_sends_it() -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Redirects)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    with Distant(f"http://127.0.0.1:{server.server_port}", "secret") as distant:
        list(distant.backup())
    server.shutdown()
    thread.join()
    server.server_close()
    assert Redirects.tokens == [("/backup", "Bearer secret"), ("/elsewhere", None)]


def test_what_is_no_whole_backup_is_refused(store: Store, tmp_path: Path) -> None:
    whole = backed_up(store, tmp_path / "b.tar").read_bytes()
    cut = tmp_path / "cut.tar"
    for size in (0, 100, len(whole) // 2, len(whole) - 2048):
        cut.write_bytes(whole[:size])
        with pytest.raises(BadInput, match="cut off"):
            back(cut, tmp_path / "again")
    with tarfile.open(cut, "w") as tar:
        info = tarfile.TarInfo("../out")
        tar.addfile(info)
    with pytest.raises(BadInput, match="no place"):
        back(cut, tmp_path / "again")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.tar", "cut.tar", "store"]
    with pytest.raises(StoreError, match="there already"):
        back(tmp_path / "b.tar", tmp_path / "store")


def test_a_store_that_is_in_no_folder_says_what_to_do() -> None:
    held = open_store("memory:", base=DEFAULT_BASE)
    with pytest.raises(StoreError, match="kg export"):
        collect(held)
    held.close()


@pytest.mark.slow
def test_a_served_store_is_copied_and_the_command_line_puts_it_back(tmp_path: Path) -> None:
    home, file = tmp_path / "store", tmp_path / "b.tar"
    store = open_store(f"oxigraph:{home}", base=DEFAULT_BASE)
    ingest(store, [HARBOUR, WIRE], Scripted())
    expected = content(store)
    store.close()
    with Desk(DEFAULT_BASE) as desk, keeping(home, desk) as kept:
        assert fetch(f"{kept.site}/backup").status == 401
        run("backup", str(file), "--server", kept.site, KG_TOKEN=TOKEN)
        assert fetch(kept.at(next(iter(expected))), method="DELETE", headers=RIGHT).status == 204
        assert not list(home.glob("backup-*"))
    again = f"oxigraph:{tmp_path / 'again'}"
    assert "restored" in run("restore", str(file), "--store", again).stdout
    found = open_store(again, base=DEFAULT_BASE)
    assert content(found) == expected
    found.close()
    run("backup", str(tmp_path / "c.tar"), "--store", again)
    assert json.loads(run("stats", "--store", again, "--json").stdout)["articles"] == 2
    assert "there already" in run("restore", str(file), "--store", again, status=2).stderr
